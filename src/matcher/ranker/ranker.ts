import type { FeatureSpace, Readings, TextFeatures } from './feature-space.ts';
import { highest } from './highest.ts';
import { buildLikeness, type LikenessIndex, openLikeness, weighByLabels } from './likeness.ts';
import { type LinearModel, scoreClasses, trainLinearSvm, weightOf } from './linear-svm.ts';
import { buildPhraseIndex, openPhraseSearch, type PhraseIndex } from './phrase-index.ts';
import { type FeatureWeights, vectorOf, weighFeatures } from './sparse-vector.ts';
import { coverageOf, weighWords } from './words.ts';

/** A training text with its label. */
export type Example = {
  text: string;
  readings: Readings;
  label: string;
  /** True for names and composed texts: they train, but no figure or probability is measured on them. */
  isSupport?: boolean;
  /** True for what the label is called. */
  isName?: boolean;
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
  /** Cosine (0–1) of the nearest training text of the label, and that text's number among the examples; 0 and -1 where they were not compared. */
  cosine: number;
  nearest: number;
};

export type Ranking = {
  /** Trained labels, best first; at most `CANDIDATES`. */
  candidates: Candidate[];
  /** Untrained labels, best first; their score is the cosine of the nearest text. */
  lookalikes: Candidate[];
  /** Share (0–1) of the words' weight that the training texts of the first candidate explain … */
  coverage: number;
  /**
   * Shares (0–1) of the question that the first candidate and the first untrained label explain, words weighed by how
   * few labels of both kinds have them: what the two are compared by. Zero without untrained labels.
   */
  explained: { candidate: number; lookalike: number };
  /** How like the question the names of the first candidate are, as the lookalikes are measured. */
  candidateLikeness: number;
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
  /** True trains a second classifier for texts typed without accents. */
  forUnaccented?: boolean;
};

/** A trained ranker as plain data: it can be saved, or sent to another thread. */
export type RankerData = {
  /** The trained labels. */
  labels: string[];
  /** Number of the background label; -1 for none. */
  background: number;
  weights: FeatureWeights;
  linear: LinearModel;
  /** The same learnt from the texts without their accents, for questions typed so; null where it was not asked for. */
  unaccented: LinearModel | null;
  phrases: PhraseIndex | null;
  untrained: LikenessIndex | null;
  /** By word: how few labels, trained and untrained, have it; null without untrained labels. */
  rarity: FeatureWeights | null;
};

/** Ranks labels for a text: one trained classifier for topics, another for facets. */
export type Ranker = {
  rank(features: TextFeatures): Ranking;
  /** What each feature of the text adds to a label's margin, the heaviest first. */
  contributions(features: TextFeatures, label: string): { feature: number; weight: number }[];
};

/** So many of the classifier's best are candidates … */
const CANDIDATES = 10;
/** … and so many of these are compared phrase by phrase: more cost time and moved no validation split. */
const COMPARED = 6;
/** How much the nearest phrase counts beside the classifier; chosen on validation splits. */
const COSINE_WEIGHT = 0.8;

export function prepareExamples(space: FeatureSpace, examples: readonly Example[]): PreparedExample[] {
  return examples.map(example => ({ ...example, features: space.featuresOf(example.readings) }));
}

export function trainRanker(
  space: FeatureSpace,
  examples: readonly PreparedExample[],
  { background, comparePhrases = true, forUnaccented = false }: RankerOptions = {},
): RankerData {
  const trained = examples.filter(({ isUntrained }) => !isUntrained);
  const untrained = examples.filter(({ isUntrained }) => isUntrained);
  const labels = [...new Set(trained.map(({ label }) => label))];
  const numbers = new Map(labels.map((label, i) => [label, i]));
  const numberOf = ({ label }: Example) => numbers.get(label) as number;
  const weights = weighFeatures(trained, space.familyWeights);
  const trainLinear = (own: FeatureWeights) =>
    trainLinearSvm(
      trained.map(({ features }) => vectorOf(features.ids, own)),
      trained.map(example => [numberOf(example)]),
      labels.length,
      space.size,
    );
  const withoutAccents = () => weights.known.map((weight, id) => (space.isAccented(id) ? 0 : weight));
  const phrases = comparePhrases
    ? buildPhraseIndex(
        trained.map(example => ({ label: numberOf(example), ids: example.features.ids })),
        { classCount: labels.length, weights, featureCount: space.wholeWords },
      )
    : null;
  const asides = trained.filter(({ label }) => label === background);
  return {
    labels,
    background: background === undefined ? -1 : (numbers.get(background) ?? -1),
    weights,
    linear: trainLinear(weights),
    unaccented: forUnaccented ? trainLinear({ ...weights, known: withoutAccents() }) : null,
    phrases,
    untrained:
      untrained.length > 0
        ? buildLikeness(space, {
            untrained,
            names: trained.filter(({ isName }) => isName),
            background: asides,
          })
        : null,
    rarity: untrained.length > 0 ? weighByLabels(space, examples, background) : null,
  };
}

export function openRanker(data: RankerData): Ranker {
  const { labels, background, weights, phrases, rarity } = data;
  const modelFor = ({ isAccented }: TextFeatures) =>
    isAccented ? data.linear : (data.unaccented ?? data.linear);
  const search = phrases && openPhraseSearch(phrases);
  const likeness = data.untrained && openLikeness(data.untrained);
  const margins = new Float32Array(labels.length);

  const rank = (features: TextFeatures): Ranking => {
    const words = weighWords(features, weights);
    scoreClasses(modelFor(features), vectorOf(features.ids, weights), margins);
    const best = highest(margins, CANDIDATES + 1);
    const nearest = search?.nearest(
      vectorOf(features.ids, weights, search.featureCount),
      weights,
      best.slice(0, COMPARED),
    );
    const covered = (candidate: Candidate | undefined) =>
      candidate && phrases ? coverageOf(words, phrases, candidate.number) : 0;
    const scored = best
      .map((number, i): Candidate => {
        const { cosine, phrase } = nearest?.[i] ?? { cosine: 0, phrase: -1 };
        const margin = margins[number] as number;
        const score = margin + COSINE_WEIGHT * cosine;
        return { label: labels[number] as string, number, score, margin, cosine, nearest: phrase };
      })
      .sort(byScore);
    const behind = scored.find(({ number }) => number === background);
    const candidates = scored.filter(candidate => candidate !== behind).slice(0, CANDIDATES);
    const alike = likeness?.rank(features, candidates[0]?.label);
    const rare = rarity && weighWords(features, rarity);
    return {
      candidates,
      lookalikes: alike?.lookalikes ?? [],
      coverage: covered(candidates[0]),
      explained: {
        candidate: candidates[0] && rare && phrases ? coverageOf(rare, phrases, candidates[0].number) : 0,
        lookalike: alike?.lookalikes[0] && rare ? alike.coverage(rare) : 0,
      },
      candidateLikeness: alike?.likenessOfTrained ?? 0,
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

  const contributions = (features: TextFeatures, label: string) => {
    const number = labels.indexOf(label);
    if (number < 0) return [];
    const { ids, values } = vectorOf(features.ids, weights);
    return Array.from(ids, (feature, i) => ({
      feature,
      weight: (values[i] as number) * weightOf(modelFor(features), feature, number),
    })).sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  };
  return { rank, contributions };
}

function byScore(a: Candidate, b: Candidate): number {
  return b.score - a.score;
}
