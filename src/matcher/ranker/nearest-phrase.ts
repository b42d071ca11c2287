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
  const dense = new Float32Array(featureCount);

  const nearest = (query: SparseVector, classes: readonly number[]) => {
    scatter(query, dense);
    const cosines = classes.map(label =>
      Math.max(0, ...(byClass[label] ?? []).map(phrase => dot(phrase, dense))),
    );
    for (const id of query.ids) dense[id] = 0;
    return cosines;
  };
  return { nearest };
}

function scatter({ ids, values }: SparseVector, dense: Float32Array): void {
  for (let i = 0; i < ids.length; i += 1) dense[ids[i] as number] = values[i] as number;
}

function dot({ ids, values }: SparseVector, dense: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < ids.length; i += 1) sum += (values[i] as number) * (dense[ids[i] as number] as number);
  return sum;
}
