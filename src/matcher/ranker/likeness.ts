import type { FeatureSpace, TextFeatures } from './feature-space.ts';
import { highest } from './highest.ts';
import { buildPhraseIndex, openPhraseSearch, type PhraseIndex } from './phrase-index.ts';
import type { Candidate, PreparedExample } from './ranker.ts';
import { countTexts, type FeatureWeights, vectorOf } from './sparse-vector.ts';
import { coverageOf, type WordWeights } from './words.ts';

/** Labels that are found by likeness to their texts alone: thousands of them cost no training. */
export type LikenessIndex = {
  /** The untrained labels, then the trained ones, by their names: to be compared with on the same footing. */
  labels: string[];
  untrainedCount: number;
  weights: FeatureWeights;
  phrases: PhraseIndex;
};

export type Likeness = {
  /** The likest labels, best first, at most `RANKED`; scores and cosines are alike. */
  rank(
    features: TextFeatures,
    trained: string | undefined,
  ): {
    lookalikes: Candidate[];
    /** The same score (0–1) of the trained label asked for, by its names. */
    likenessOfTrained: number;
    /** Share (0–1) of the words' weight that the texts of the first label explain. */
    coverage: (words: WordWeights) => number;
  };
};

/** So many labels are compared, those that could be the likest. */
const COMPARED = 20;
const RANKED = 10;
/** How much all texts of a label together count beside the likest one; for a single text both are the same. */
const TOGETHER = 0.8;
/**
 * Half of a text's length counts, half the mean length (pivoted normalisation; Singhal et al., SIGIR 1996): an
 * official title that names every case is as good an answer as a short one.
 */
const PIVOT = 0.5;

/**
 * @param untrained the texts of the untrained labels
 * @param names those of the trained ones
 * @param background texts that name no label: what they are made of says little
 */
export function buildLikeness(
  space: FeatureSpace,
  { untrained, names, background }: Record<'untrained' | 'names' | 'background', readonly PreparedExample[]>,
): LikenessIndex {
  const untrainedLabels = new Set(untrained.map(({ label }) => label));
  const labels = [...untrainedLabels, ...new Set(names.map(({ label }) => label))];
  const numbers = new Map(labels.map((label, i) => [label, i]));
  const weights = weighLikeness(space, [...untrained, ...names], background);
  const phrases = buildPhraseIndex(
    [...untrained, ...names].map(({ label, features }) => ({
      label: numbers.get(label) as number,
      ids: features.ids,
    })),
    { classCount: labels.length, weights, featureCount: space.wholeWords, pivot: PIVOT },
  );
  return { labels, untrainedCount: untrainedLabels.size, weights, phrases };
}

export function openLikeness({ labels, untrainedCount, weights, phrases }: LikenessIndex): Likeness {
  const search = openPhraseSearch(phrases);
  const together = new Float32Array(labels.length);
  const untrained = together.subarray(0, untrainedCount);
  const numbers = new Map(labels.map((label, i) => [label, i]));
  const rank = (features: TextFeatures, trained: string | undefined) => {
    const vector = vectorOf(features.ids, weights, search.featureCount);
    search.compareClasses(vector, together);
    const rival = trained === undefined ? undefined : numbers.get(trained);
    const compared = [...highest(untrained, COMPARED), ...(rival === undefined ? [] : [rival])];
    const nearest = search.nearest(vector, weights, compared);
    const alike = compared
      .map((number, i): Candidate => {
        const { cosine, phrase } = nearest[i] as { cosine: number; phrase: number };
        const score = (1 - TOGETHER) * cosine + TOGETHER * (together[number] as number);
        return { label: labels[number] as string, number, score, margin: 0, cosine, nearest: phrase };
      })
      .sort((a, b) => b.score - a.score);
    const lookalikes = alike.filter(({ number }) => number !== rival).slice(0, RANKED);
    const likenessOfTrained = alike.find(({ number }) => number === rival)?.score ?? 0;
    const [first] = lookalikes;
    const coverage = (words: WordWeights) => (first ? coverageOf(words, phrases, first.number) : 0);
    return { lookalikes, likenessOfTrained, coverage };
  };
  return { rank };
}

/**
 * Weighs words by how few labels have them, trained and untrained alike: the many phrases of one label count once.
 */
export function weighByLabels(
  space: FeatureSpace,
  examples: readonly PreparedExample[],
  background: string | undefined,
): FeatureWeights {
  const ids = new Map<string, Set<number>>();
  for (const { label, features } of examples) {
    if (label === background) continue;
    const known = ids.get(label) ?? new Set();
    ids.set(label, known);
    for (const id of features.words) if (id >= 0) known.add(id);
  }
  const counts = new Int32Array(space.size);
  for (const known of ids.values()) for (const id of known) counts[id] = (counts[id] as number) + 1;
  const rarity = (count: number) => Math.log((1 + ids.size) / (1 + count)) + 0.01;
  return {
    known: Float32Array.from(counts, count => (count === 0 ? 0 : rarity(count))),
    unknownWord: rarity(0),
  };
}

/** Steeper than where a classifier learns what tells labels apart: here rarity is all there is. */
function weighLikeness(
  space: FeatureSpace,
  examples: readonly PreparedExample[],
  background: readonly PreparedExample[],
): FeatureWeights {
  const counts = countTexts(examples, space.size);
  const asides = countTexts(background, space.size);
  const rarity = (count: number) => Math.log((1 + examples.length) / (1 + count)) + 0.01;
  // What ways of asking for a facet have as often as titles do is set back: 1 = titles alone have it.
  const ownShare = (own: number, aside: number) => {
    const often = own / examples.length;
    return (often / (often + aside / Math.max(1, background.length))) ** 2;
  };
  const known = space.familyWeights.map((family, id) => {
    const count = counts[id] as number;
    return count === 0 ? 0 : family * rarity(count) * ownShare(count, asides[id] as number);
  });
  return { known, unknownWord: rarity(0) };
}
