import type { Token } from '../vietnamese/tokens.ts';
import { FEATURE_FAMILIES, type FeatureFamily, visitFeatures } from './features.ts';

/** A sparse vector of length 1: feature ids (each once, in no order) with their values. */
export type SparseVector = { ids: Int32Array; values: Float32Array };

/** A text in one or more readings (as typed; with standard names); a vector holds the features of all. */
export type Readings = readonly (readonly Token[])[];

/** Turns texts into idf-weighted vectors over the features that the training texts have. */
export type Vectoriser = {
  /** Number of features. */
  readonly size: number;
  vectorise(readings: Readings): { vector: SparseVector; words: WordWeights };
};

/** The words of a text with their idf weight. */
export type WordWeights = {
  /** Feature ids of the words that some training text has: of the accented form where that is known. */
  known: { id: number; weight: number }[];
  /** Weight of the words that none has. */
  unknown: number;
  total: number;
  count: number;
};

export function buildVectoriser(texts: readonly Readings[]): Vectoriser {
  const ids = new Map<string, number>();
  const lastSeenIn: number[] = [];
  const documentCounts: number[] = [];
  const families: number[] = [];
  texts.forEach((readings, textNumber) => {
    const count = (name: string, family: FeatureFamily) => {
      let id = ids.get(name);
      if (id === undefined) {
        id = ids.size;
        ids.set(name, id);
        documentCounts.push(0);
        lastSeenIn.push(-1);
        families.push(FEATURE_FAMILIES[family]);
      }
      if (lastSeenIn[id] === textNumber) return;
      lastSeenIn[id] = textNumber;
      documentCounts[id] = (documentCounts[id] ?? 0) + 1;
    };
    for (const tokens of readings) visitFeatures(tokens, count);
  });
  const idf = (count: number) => Math.log((1 + texts.length) / (1 + count)) + 1;
  const weights = Float32Array.from(documentCounts, (count, id) => idf(count) * (families[id] as number));
  return vectoriserOf(ids, weights, idf(0));
}

function vectoriserOf(
  ids: ReadonlyMap<string, number>,
  weights: Float32Array,
  unknownIdf: number,
): Vectoriser {
  // Reused between calls: the matcher is synchronous, so that no two calls overlap.
  const lastSeenIn = new Int32Array(weights.length);
  const touched: number[] = [];
  let callNumber = 0;

  const vectorise = (readings: Readings) => {
    callNumber += 1;
    touched.length = 0;
    const words: WordWeights = { known: [], unknown: 0, total: 0, count: 0 };
    const touch = (name: string, family: FeatureFamily) => {
      const id = ids.get(name);
      if (family === 'word') countWord(words, id, id === undefined ? unknownIdf : (weights[id] as number));
      if (family === 'accented' && id !== undefined) accentLastWord(words, id);
      if (id === undefined || lastSeenIn[id] === callNumber) return;
      lastSeenIn[id] = callNumber;
      touched.push(id);
    };
    for (const tokens of readings) visitFeatures(tokens, touch);
    return { vector: unitVector(touched, weights), words };
  };
  return { size: weights.length, vectorise };
}

function countWord(words: WordWeights, id: number | undefined, weight: number): void {
  words.total += weight;
  words.count += 1;
  if (id === undefined) words.unknown += weight;
  else words.known.push({ id, weight });
}

/** "vàng" is explained by texts that say "vàng", not by those that say "vắng"; its accented form follows it. */
function accentLastWord({ known }: WordWeights, id: number): void {
  const last = known.at(-1);
  if (last) last.id = id;
}

function unitVector(ids: readonly number[], weights: Float32Array): SparseVector {
  let squares = 0;
  for (const id of ids) squares += (weights[id] as number) ** 2;
  const length = Math.sqrt(squares) || 1;
  return {
    ids: Int32Array.from(ids),
    values: Float32Array.from(ids, id => (weights[id] as number) / length),
  };
}
