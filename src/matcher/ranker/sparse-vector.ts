import type { TextFeatures } from './feature-space.ts';

/** A sparse vector of length 1: feature ids (each once, in no order) with their values. */
export type SparseVector = { ids: Int32Array; values: Float32Array };

/** How much each feature counts, learnt from a set of training texts. */
export type FeatureWeights = {
  /** By feature id; 0 where none of the training texts has the feature. */
  known: Float32Array;
  /** Of a word that none of them has. */
  unknownWord: number;
};

/**
 * Weighs features by how few of the texts have them. The square root of the usual inverse document frequency: the
 * classifier learns what else tells classes apart, and a steeper weight hurt it on every validation split.
 */
export function weighFeatures(texts: readonly TextFeatures[], familyWeights: Float32Array): FeatureWeights {
  const counts = new Int32Array(familyWeights.length);
  for (const { ids } of texts) for (const id of ids) counts[id] = (counts[id] as number) + 1;
  const rarity = (count: number) => Math.sqrt(Math.log((1 + texts.length) / (1 + count)) + 1);
  const known = familyWeights.map((weight, id) => {
    const count = counts[id] as number;
    return count === 0 ? 0 : weight * rarity(count);
  });
  return { known, unknownWord: rarity(0) };
}

/** The unit vector of a text; features without weight are left out. */
export function vectorOf(features: Int32Array, { known }: FeatureWeights): SparseVector {
  const ids = features.filter(id => known[id] !== 0);
  let squares = 0;
  for (const id of ids) squares += (known[id] as number) ** 2;
  const length = Math.sqrt(squares) || 1;
  const values = new Float32Array(ids.length);
  for (let i = 0; i < ids.length; i += 1) values[i] = (known[ids[i] as number] as number) / length;
  return { ids, values };
}
