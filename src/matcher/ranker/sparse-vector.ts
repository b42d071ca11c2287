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
export function weighFeatures(
  texts: readonly { features: TextFeatures }[],
  familyWeights: Float32Array,
): FeatureWeights {
  const counts = countTexts(texts, familyWeights.length);
  const rarity = (count: number) => Math.sqrt(Math.log((1 + texts.length) / (1 + count)) + 1);
  const known = familyWeights.map((weight, id) => {
    const count = counts[id] as number;
    return count === 0 ? 0 : weight * rarity(count);
  });
  return { known, unknownWord: rarity(0) };
}

/** By feature: in how many of the texts it occurs. */
export function countTexts(texts: readonly { features: TextFeatures }[], size: number): Int32Array {
  const counts = new Int32Array(size);
  for (const { features } of texts) {
    for (const id of features.ids) counts[id] = (counts[id] as number) + 1;
  }
  return counts;
}

/** The unit vector of a text; features without weight, and those from `below` on, are left out. */
export function vectorOf(
  features: Int32Array,
  { known }: FeatureWeights,
  below = Number.POSITIVE_INFINITY,
): SparseVector {
  const ids = new Int32Array(features.length);
  const values = new Float32Array(features.length);
  let size = 0;
  let squares = 0;
  for (let i = 0; i < features.length; i += 1) {
    const id = features[i] as number;
    const weight = id < below ? (known[id] as number) : 0;
    if (weight === 0) continue;
    ids[size] = id;
    values[size] = weight;
    squares += weight * weight;
    size += 1;
  }
  const scale = 1 / (Math.sqrt(squares) || 1);
  for (let i = 0; i < size; i += 1) values[i] = (values[i] as number) * scale;
  return { ids: ids.subarray(0, size), values: values.subarray(0, size) };
}
