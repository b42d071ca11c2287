import type { FeatureSpace, Readings, TextFeatures } from './feature-space.ts';
import { type LinearModel, scoreClasses, trainLinearSvm, weightOf } from './linear-svm.ts';
import { buildPhraseIndex, classHasFeature, openPhraseSearch, type PhraseIndex } from './phrase-index.ts';
import { type FeatureWeights, type SparseVector, vectorOf, weighFeatures } from './sparse-vector.ts';

/** A training text with its label. */
export type Example = {
  text: string;
  readings: Readings;
  label: string;
  /** True for names and composed texts: they train, but no figure or probability is measured on them. */
  isSupport?: boolean;
  /** True for a label that is found by likeness to its texts alone and costs no training. */
  isUntrained?: boolean;
};

/** An example taken apart once, however many rankers train on it. */
export type PreparedExample = Example & { features: TextFeatures };

export type Candidate = {
  label: string;
  /** The label's number in the ranker. */
  number: number;
  /** Ranking number: the classifier's score plus the weighted cosine of the nearest phrase. */
  score: number;
  /** The linear classifier's score; above 0 the text lies on the class's side. */
  margin: number;
  /** Cosine (0–1) of the nearest training text of the label, and that text's number among the examples. */
  cosine: number;
  nearest: number;
};

export type Ranking = {
  /** Trained labels, best first; at most `RERANKED`. */
  candidates: Candidate[];
  /** Untrained labels, best first; their score is the cosine of the nearest text. */
  lookalikes: Candidate[];
  /** Share (0–1) of the words' weight that the training texts of the first candidate explain … */
  coverage: number;
  /** … and those of the first untrained label. */
  lookalikeCoverage: number;
  /** Share (0–1) of the words' weight that the training texts do not know. */
  unknownWeight: number;
  /** Number of words read. */
  wordCount: number;
  /** The background label, where it is among the best, and how far it leads the candidates. */
  background: { lead: number; cosine: number; coverage: number } | null;
};

export type RankerOptions = {
  /** A label that competes in training but is no candidate: the texts that belong to no label. */
  background?: string;
  /** False ranks by the classifier alone: enough where every label has many texts. */
  comparePhrases?: boolean;
};

/** A trained ranker as plain data: it can be saved, or sent to another thread. */
export type RankerData = {
  /** Trained labels first. */
  labels: string[];
  trainedCount: number;
  /** Number of the background label; -1 for none. */
  background: number;
  weights: FeatureWeights;
  linear: LinearModel;
  phrases: PhraseIndex | null;
};

/** Ranks labels for a text: one trained classifier for topics, another for facets. */
export type Ranker = {
  rank(features: TextFeatures): Ranking;
  /** What each feature of the text adds to a label's margin, the heaviest first. */
  contributions(features: TextFeatures, label: string): { feature: number; weight: number }[];
};

/** The classifier's best are compared phrase by phrase. */
export const RERANKED = 10;
/** So many untrained labels are compared, those that could be the nearest. */
const COMPARED = 40;
/** How much the nearest phrase counts beside the classifier; chosen on validation splits. */
const COSINE_WEIGHT = 0.8;

export function prepareExamples(space: FeatureSpace, examples: readonly Example[]): PreparedExample[] {
  return examples.map(example => ({ ...example, features: space.featuresOf(example.readings) }));
}

export function trainRanker(
  space: FeatureSpace,
  examples: readonly PreparedExample[],
  { background, comparePhrases = true }: RankerOptions = {},
): RankerData {
  const trained = examples.filter(({ isUntrained }) => !isUntrained);
  const labels = [...new Set([...trained, ...examples].map(({ label }) => label))];
  const numbers = new Map(labels.map((label, i) => [label, i]));
  const numberOf = ({ label }: Example) => numbers.get(label) as number;
  const trainedCount = new Set(trained.map(({ label }) => label)).size;
  const weights = weighFeatures(
    examples.map(({ features }) => features),
    space.familyWeights,
  );
  const vectors = trained.map(({ features }) => vectorOf(features.ids, weights));
  const linear = trainLinearSvm(
    vectors,
    trained.map(example => [numberOf(example)]),
    trainedCount,
    space.size,
  );
  const phrases = comparePhrases
    ? buildPhraseIndex(
        examples.map(example => ({ label: numberOf(example), ids: example.features.ids })),
        labels.length,
        weights,
        space.wholeWords,
      )
    : null;
  return {
    labels,
    trainedCount,
    background: background === undefined ? -1 : (numbers.get(background) ?? -1),
    weights,
    linear,
    phrases,
  };
}

export function openRanker(data: RankerData): Ranker {
  const { labels, trainedCount, background, weights, linear, phrases } = data;
  const search = phrases && openPhraseSearch(phrases);
  const margins = new Float32Array(trainedCount);
  const bounds = new Float32Array(labels.length);

  const rank = (features: TextFeatures): Ranking => {
    const vector = vectorOf(features.ids, weights);
    const words = weighWords(features, weights);
    scoreClasses(linear, vector, margins);
    const best = highest(margins, 0, trainedCount, RERANKED + 1);
    const whole = phrases ? vectorOf(features.ids, weights, phrases.starts.length - 1) : vector;
    const similar = untrainedToCompare(whole);
    const nearest = search?.nearest(whole, weights, [...best, ...similar]);
    const toCandidate = (number: number, i: number): Candidate => {
      const { cosine, phrase } = nearest?.[i] ?? { cosine: 0, phrase: -1 };
      const margin = number < trainedCount ? (margins[number] as number) : 0;
      const score = number < trainedCount ? margin + COSINE_WEIGHT * cosine : cosine;
      return { label: labels[number] as string, number, score, margin, cosine, nearest: phrase };
    };
    const covered = (candidate: Candidate | undefined) =>
      candidate && phrases ? coverageOf(words, phrases, candidate.number) : 0;
    const scored = best.map(toCandidate).sort(byScore);
    const behind = scored.find(({ number }) => number === background);
    const candidates = scored.filter(candidate => candidate !== behind).slice(0, RERANKED);
    const lookalikes = similar.map((number, i) => toCandidate(number, best.length + i)).sort(byScore);
    return {
      candidates,
      lookalikes: lookalikes.slice(0, RERANKED),
      coverage: covered(candidates[0]),
      lookalikeCoverage: covered(lookalikes[0]),
      unknownWeight: words.total > 0 ? words.unknown / words.total : 1,
      wordCount: features.words.length,
      background: behind
        ? {
            lead: behind.score - (candidates[0]?.score ?? 0),
            cosine: behind.cosine,
            coverage: covered(behind),
          }
        : null,
    };
  };

  function untrainedToCompare(vector: SparseVector): number[] {
    if (!search || trainedCount === labels.length) return [];
    search.boundClasses(vector, bounds);
    return highest(bounds, trainedCount, labels.length, COMPARED);
  }

  const contributions = (features: TextFeatures, label: string) => {
    const number = labels.indexOf(label);
    if (number < 0 || number >= trainedCount) return [];
    const { ids, values } = vectorOf(features.ids, weights);
    return Array.from(ids, (feature, i) => ({
      feature,
      weight: (values[i] as number) * weightOf(linear, feature, number),
    })).sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  };
  return { rank, contributions };
}

/** The words of a text with their weight. */
type WordWeights = { spellings: Int32Array; weights: Float32Array; unknown: number; total: number };

/** A word counts with the weight of its unaccented form: accents that nobody else typed make it no rarer. */
function weighWords({ words, spellings }: TextFeatures, { known, unknownWord }: FeatureWeights): WordWeights {
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

/** "vàng" is explained by texts that say "vàng", not by those that say "vắng". */
function coverageOf({ spellings, weights, total }: WordWeights, phrases: PhraseIndex, label: number): number {
  if (total === 0) return 0;
  let explained = 0;
  for (let i = 0; i < spellings.length; i += 1) {
    const weight = weights[i] as number;
    if (weight > 0 && classHasFeature(phrases, label, spellings[i] as number)) explained += weight;
  }
  return explained / total;
}

function byScore(a: Candidate, b: Candidate): number {
  return b.score - a.score;
}

/** Positions from `from` to before `to` of the highest values, highest first. */
function highest(values: Float32Array, from: number, to: number, count: number): number[] {
  const best: number[] = [];
  for (let i = from; i < to; i += 1) {
    const value = values[i] as number;
    if (best.length === count && value <= (values[best[count - 1] as number] as number)) continue;
    let at = best.length === count ? count - 1 : best.length;
    while (at > 0 && value > (values[best[at - 1] as number] as number)) {
      best[at] = best[at - 1] as number;
      at -= 1;
    }
    best[at] = i;
  }
  return best;
}
