import type { FeatureWeights, SparseVector } from './sparse-vector.ts';

/**
 * The training phrases by feature and, within a feature, by class: an inverted index on two levels. One pass over a
 * text's features compares it with every class as a whole, a second one with the phrases of the few classes asked for;
 * neither looks at a phrase that shares nothing with the text.
 */
export type PhraseIndex = {
  classCount: number;
  /** The entries of feature `f` are those from `starts[f]` to before `starts[f + 1]`, each for one class. */
  starts: Int32Array;
  classes: Uint16Array;
  /** The value (0–1) of the feature in all phrases of the class together. */
  together: Float32Array;
  /** The phrases of entry `e` are those from `phraseStarts[e]` to before `phraseStarts[e + 1]`. */
  phraseStarts: Int32Array;
  phrases: Int32Array;
  /** By phrase: its class, and 1 / (pivoted) length of its weighted features. */
  classOfPhrase: Uint16Array;
  scales: Float32Array;
};

export type PhraseIndexOptions = {
  classCount: number;
  weights: FeatureWeights;
  featureCount: number;
  /** How much (0–1) of a phrase's own length counts beside the mean length; 1 gives cosines. */
  pivot?: number;
};

export type PhraseToIndex = { label: number; ids: Int32Array };

/**
 * `phrases[i]` gets the number `i`. Features without weight, and those from `featureCount` on, are left out: letters
 * are the classifier's, phrases are compared by whole words, which is as right and three times as fast.
 */
export function buildPhraseIndex(
  phrases: readonly PhraseToIndex[],
  { classCount, weights, featureCount, pivot = 1 }: PhraseIndexOptions,
): PhraseIndex {
  const known = weights.known.subarray(0, featureCount);
  const byClass = phrases.map((_, i) => i).sort((a, b) => labelOf(phrases, a) - labelOf(phrases, b) || a - b);
  const scales = scalesOf(phrases, known, pivot);
  const posted = countPostings(phrases, known);
  const postings = new Int32Array(posted[featureCount] as number);
  const ends = posted.slice();
  // Phrases come in the order of their classes, so that those of one class lie together in every feature.
  for (const phrase of byClass) {
    for (const id of (phrases[phrase] as PhraseToIndex).ids) {
      if (id >= featureCount || known[id] === 0) continue;
      const at = ends[id] as number;
      postings[at] = phrase;
      ends[id] = at + 1;
    }
  }
  const starts = new Int32Array(featureCount + 1);
  const [classes, phraseStarts]: [number[], number[]] = [[], []];
  for (let id = 0; id < featureCount; id += 1) {
    let current = -1;
    for (let at = posted[id] as number; at < (posted[id + 1] as number); at += 1) {
      const phrase = postings[at] as number;
      const label = labelOf(phrases, phrase);
      if (label !== current) {
        current = label;
        classes.push(label);
        phraseStarts.push(at);
      }
    }
    starts[id + 1] = classes.length;
  }
  phraseStarts.push(postings.length);
  const together = addUp({ starts, classes, phraseStarts }, { classCount, known, pivot });
  return {
    classCount,
    starts,
    classes: Uint16Array.from(classes),
    together,
    phraseStarts: Int32Array.from(phraseStarts),
    phrases: postings,
    classOfPhrase: Uint16Array.from(phrases, ({ label }) => label),
    scales,
  };
}

/** What a phrase index finds for one text; valid until the next search. */
export type PhraseSearch = {
  /** Texts are compared by the features below this number. */
  readonly featureCount: number;
  /** Fills `likeness` (one per class): the cosine between the text and all phrases of the class together. */
  compareClasses(text: SparseVector, likeness: Float32Array): void;
  /** The nearest phrase of each class asked for, in their order. */
  nearest(text: SparseVector, weights: FeatureWeights, classes: readonly number[]): NearestPhrase[];
};

type NearestPhrase = {
  /** The phrase's number; -1 where none shares a feature with the text. */
  phrase: number;
  /** Cosine 0–1. */
  cosine: number;
};

export function openPhraseSearch(index: PhraseIndex): PhraseSearch {
  const { starts, classes, together, phraseStarts, phrases, scales, classOfPhrase } = index;
  // Reused between calls: the matcher is synchronous, so that no two calls overlap.
  const dots = new Float32Array(scales.length);
  const place = new Int16Array(index.classCount).fill(-1);
  const touched: number[] = [];

  const compareClasses = ({ ids, values }: SparseVector, likeness: Float32Array) => {
    likeness.fill(0);
    for (let i = 0; i < ids.length; i += 1) {
      const id = ids[i] as number;
      const value = values[i] as number;
      const end = starts[id + 1] as number;
      for (let entry = starts[id] as number; entry < end; entry += 1) {
        const label = classes[entry] as number;
        likeness[label] = (likeness[label] as number) + value * (together[entry] as number);
      }
    }
  };

  const nearest = ({ ids, values }: SparseVector, { known }: FeatureWeights, wanted: readonly number[]) => {
    for (let i = 0; i < wanted.length; i += 1) place[wanted[i] as number] = i;
    touched.length = 0;
    for (let i = 0; i < ids.length; i += 1) {
      const id = ids[i] as number;
      const product = (values[i] as number) * (known[id] as number);
      const end = starts[id + 1] as number;
      for (let entry = starts[id] as number; entry < end; entry += 1) {
        if ((place[classes[entry] as number] as number) < 0) continue;
        const last = phraseStarts[entry + 1] as number;
        for (let at = phraseStarts[entry] as number; at < last; at += 1) {
          const phrase = phrases[at] as number;
          if (dots[phrase] === 0) touched.push(phrase);
          dots[phrase] = (dots[phrase] as number) + product;
        }
      }
    }
    const found: NearestPhrase[] = wanted.map(() => ({ phrase: -1, cosine: 0 }));
    for (const phrase of touched) {
      const cosine = (dots[phrase] as number) * (scales[phrase] as number);
      const best = found[place[classOfPhrase[phrase] as number] as number] as NearestPhrase;
      if (cosine > best.cosine) {
        best.cosine = cosine;
        best.phrase = phrase;
      }
      dots[phrase] = 0;
    }
    for (const label of wanted) place[label] = -1;
    return found;
  };
  return { featureCount: starts.length - 1, compareClasses, nearest };
}

/** Whether any phrase of the class has the feature. */
export function classHasFeature({ starts, classes }: PhraseIndex, label: number, id: number): boolean {
  let low = starts[id] as number;
  let high = (starts[id + 1] as number) - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = classes[middle] as number;
    if (found === label) return true;
    if (found < label) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

function labelOf(phrases: readonly PhraseToIndex[], i: number): number {
  return (phrases[i] as PhraseToIndex).label;
}

type Entries = { starts: Int32Array; classes: readonly number[]; phraseStarts: readonly number[] };

/** Every class as one text: a feature of several phrases counts more, by the logarithm of their number. */
function addUp(
  { starts, classes, phraseStarts }: Entries,
  { classCount, known, pivot }: { classCount: number; known: Float32Array; pivot: number },
): Float32Array {
  const values = new Float32Array(classes.length);
  const squares = new Float64Array(classCount);
  for (let id = 0; id < known.length; id += 1) {
    for (let entry = starts[id] as number; entry < (starts[id + 1] as number); entry += 1) {
      const count = (phraseStarts[entry + 1] as number) - (phraseStarts[entry] as number);
      const value = (known[id] as number) * (1 + Math.log(count));
      values[entry] = value;
      squares[classes[entry] as number] = (squares[classes[entry] as number] as number) + value * value;
    }
  }
  const scales = pivotedScales(Array.from(squares, Math.sqrt), pivot);
  return values.map((value, entry) => value * (scales[classes[entry] as number] as number));
}

function scalesOf(phrases: readonly PhraseToIndex[], known: Float32Array, pivot: number): Float32Array {
  return pivotedScales(
    phrases.map(({ ids }) => lengthOf(ids, known)),
    pivot,
  );
}

function pivotedScales(lengths: readonly number[], pivot: number): Float32Array {
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  return Float32Array.from(lengths, length => 1 / (pivot * length + (1 - pivot) * mean || 1));
}

function lengthOf(ids: Int32Array, known: Float32Array): number {
  let squares = 0;
  for (const id of ids) if (id < known.length) squares += (known[id] as number) ** 2;
  return Math.sqrt(squares);
}

/** Where each feature's postings start; the last number is how many there are in all. */
function countPostings(phrases: readonly PhraseToIndex[], known: Float32Array): Int32Array {
  const starts = new Int32Array(known.length + 1);
  for (const { ids } of phrases) {
    for (const id of ids) if (known[id]) starts[id + 1] = (starts[id + 1] as number) + 1;
  }
  for (let id = 0; id < known.length; id += 1)
    starts[id + 1] = (starts[id + 1] as number) + (starts[id] as number);
  return starts;
}
