import type { SparseVector } from './vectoriser.ts';

/** The training phrases by class, for the cosine between a question and a class's nearest phrase. */
export type PhraseIndex = {
  /** Cosines (0–1) of the nearest phrase of each class asked for, in their order. */
  nearest(query: SparseVector, classes: readonly number[]): number[];
};

export function buildPhraseIndex(
  vectors: readonly SparseVector[],
  labels: readonly (readonly number[])[],
  classCount: number,
  featureCount: number,
): PhraseIndex {
  const byClass: SparseVector[][] = Array.from({ length: classCount }, () => []);
  vectors.forEach((vector, i) => {
    for (const label of labels[i] ?? []) byClass[label]?.push(vector);
  });
  const blocks = byClass.map(packPhrases);
  const dense = new Float32Array(featureCount);

  const nearest = ({ ids, values }: SparseVector, classes: readonly number[]) => {
    for (let i = 0; i < ids.length; i += 1) dense[ids[i] as number] = values[i] as number;
    const cosines = classes.map(label => highestCosine(blocks[label] as Block, dense));
    for (let i = 0; i < ids.length; i += 1) dense[ids[i] as number] = 0;
    return cosines;
  };
  return { nearest };
}

/** The phrases of one class end to end, so that comparing them walks memory in order. */
type Block = { ends: Int32Array; ids: Int32Array; values: Float32Array };

function packPhrases(phrases: readonly SparseVector[]): Block {
  const length = phrases.reduce((sum, phrase) => sum + phrase.ids.length, 0);
  const block = {
    ends: new Int32Array(phrases.length),
    ids: new Int32Array(length),
    values: new Float32Array(length),
  };
  let end = 0;
  phrases.forEach((phrase, i) => {
    block.ids.set(phrase.ids, end);
    block.values.set(phrase.values, end);
    end += phrase.ids.length;
    block.ends[i] = end;
  });
  return block;
}

function highestCosine({ ends, ids, values }: Block, dense: Float32Array): number {
  let highest = 0;
  let at = 0;
  for (let phrase = 0; phrase < ends.length; phrase += 1) {
    const end = ends[phrase] as number;
    let sum = 0;
    for (; at < end; at += 1) sum += (values[at] as number) * (dense[ids[at] as number] as number);
    if (sum > highest) highest = sum;
  }
  return highest;
}
