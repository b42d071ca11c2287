import type { TextFeatures } from './feature-space.ts';
import { classHasFeature, type PhraseIndex } from './phrase-index.ts';
import type { FeatureWeights } from './sparse-vector.ts';

/** The words of a text with their weight. */
export type WordWeights = { spellings: Int32Array; weights: Float32Array; unknown: number; total: number };

/** A word counts with the weight of its unaccented form: accents that nobody else typed make it no rarer. */
export function weighWords(
  { words, spellings }: TextFeatures,
  { known, unknownWord }: FeatureWeights,
): WordWeights {
  const weights = new Float32Array(words.length);
  let unknown = 0;
  let total = 0;
  words.forEach((id, i) => {
    const weight = id < 0 ? 0 : (known[id] as number);
    weights[i] = weight;
    if (weight === 0) unknown += unknownWord;
    total += weight || unknownWord;
  });
  return { spellings, weights, unknown, total };
}

/** Share (0–1) of the words' weight that the class explains: "vàng" is explained by texts that say "vàng", not by those that say "vắng". */
export function coverageOf(
  { spellings, weights, total }: WordWeights,
  phrases: PhraseIndex,
  label: number,
): number {
  if (total === 0) return 0;
  let explained = 0;
  for (let i = 0; i < spellings.length; i += 1) {
    const weight = weights[i] as number;
    if (weight > 0 && classHasFeature(phrases, label, spellings[i] as number)) explained += weight;
  }
  return explained / total;
}
