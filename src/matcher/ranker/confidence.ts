import { fitLogistic, type Logistic, probability } from './logistic.ts';
import { type Example, type RankerOptions, type Ranking, trainRanker } from './ranker.ts';
import type { Readings } from './vectoriser.ts';

/** Turns a ranking into probabilities. */
export type Calibration = {
  /** That the first candidate is right. */
  top: Logistic;
  /** That the right label is among the candidates at all; what is left is out of scope. */
  inScope: Logistic;
};

/** A ranking whose truth is known; `label: null` = out of scope. */
export type Judged = {
  ranking: Ranking;
  label: string | null;
  /** Set for a fragment of a text: it counts less, and no threshold is chosen on it. */
  importance?: number;
};

/** A calibrated view of a ranking. */
export type Confidence = {
  /** Probability that the first candidate is right. */
  top: number;
  /** Probability that the right label is among the candidates. */
  inScope: number;
  /** Probability of each candidate, in their order; they add up to at most `inScope`. */
  candidates: number[];
};

const FOLDS = 5;
const ALWAYS_TRAINED = -1;
/** A handful of numbers is fitted: further folds would cost training time and change nothing. */
const ENOUGH_JUDGED = 6000;
/** People also type a word or two where a phrase is a whole question. */
const FRAGMENT_IMPORTANCE = 0.3;
const FRAGMENT_WORDS = 2;
const LONG_ENOUGH_TO_CUT = 5;

/**
 * Learns without any labelled out-of-scope text: each fold trains without some labels altogether (their phrases
 * become out of scope) and without some phrases of the others (their phrases show how often the top is right).
 */
export function judgeByCrossValidation(examples: readonly Example[], options: RankerOptions = {}): Judged[] {
  const labels = [...new Set(examples.flatMap(example => example.labels))];
  const labelFold = new Map(labels.map((label, i) => [label, i % FOLDS]));
  const phraseFolds = foldsWithinLabels(examples);
  const judged: Judged[] = [];
  for (let fold = 0; fold < FOLDS && judged.length < ENOUGH_JUDGED; fold += 1) {
    const isHeldOutLabel = ({ labels: own }: Example) =>
      own.some(label => label !== options.background && labelFold.get(label) === fold);
    const training = examples.filter((example, i) => !isHeldOutLabel(example) && phraseFolds[i] !== fold);
    if (training.length === 0) continue;
    const trained = new Set(training.flatMap(example => example.labels));
    const ranker = trainRanker(training, options);
    examples.forEach((example, i) => {
      if (phraseFolds[i] !== fold || example.isSupport) return;
      const label = example.labels.find(name => trained.has(name)) ?? null;
      judged.push({ ranking: ranker.rank(example.readings), label });
      const fragment = fragmentOf(example.readings, i);
      if (fragment) judged.push({ ranking: ranker.rank(fragment), label, importance: FRAGMENT_IMPORTANCE });
    });
  }
  return judged;
}

export function fitCalibration(judged: readonly Judged[]): Calibration {
  const rows = judged.map(({ ranking }) => evidence(ranking));
  const importance = judged.map(judgement => judgement.importance ?? 1);
  const isTopRight = judged.map(
    ({ ranking, label }) => label !== null && ranking.candidates[0]?.label === label,
  );
  const isInScope = judged.map(
    ({ ranking, label }) => label !== null && ranking.candidates.some(candidate => candidate.label === label),
  );
  return {
    top: fitLogistic(rows, isTopRight, importance),
    inScope: fitLogistic(rows, isInScope, importance),
  };
}

export function confidenceOf(ranking: Ranking, calibration: Calibration): Confidence {
  const row = evidence(ranking);
  const top = ranking.candidates.length > 0 ? probability(calibration.top, row) : 0;
  const inScope = Math.max(top, probability(calibration.inScope, row));
  const shares = ranking.candidates.slice(1).map(({ score }) => Math.exp(SHARPNESS * score));
  const total = shares.reduce((sum, share) => sum + share, 0) || 1;
  const others = shares.map(share => Math.min(top, ((inScope - top) * share) / total));
  return { top, inScope, candidates: ranking.candidates.length > 0 ? [top, ...others] : [] };
}

/** How sharply the probability that the top leaves over goes to the next ones. */
const SHARPNESS = 4;

/** What speaks for the top candidate: its score, its lead, its nearest phrase, and what nothing explains. */
function evidence({ candidates, unknownWeight, wordCount }: Ranking): number[] {
  const [first, second] = candidates;
  if (!first) return [0, 0, 0, 0, 0, 1, 0, 0];
  const lead = first.score - (second?.score ?? -1);
  const bestCosine = Math.max(...candidates.map(candidate => candidate.cosine));
  return [
    first.score,
    lead,
    first.margin,
    first.cosine,
    bestCosine - first.cosine,
    unknownWeight,
    first.coverage,
    Math.log(1 + wordCount),
  ];
}

/** Two words out of a longer text, from another place each time; null for a short one. */
function fragmentOf(readings: Readings, seed: number): Readings | null {
  const [words = []] = readings;
  if (words.length < LONG_ENOUGH_TO_CUT) return null;
  const start = seed % (words.length - FRAGMENT_WORDS + 1);
  return [words.slice(start, start + FRAGMENT_WORDS)];
}

/** Spreads each label's phrases over the folds in their order. */
function foldsWithinLabels(examples: readonly Example[]): number[] {
  const seen = new Map<string, number>();
  return examples.map(({ labels, isSupport }, i) => {
    if (isSupport) return ALWAYS_TRAINED;
    const label = labels[0] ?? '';
    const count = seen.get(label) ?? i % FOLDS;
    seen.set(label, count + 1);
    return count % FOLDS;
  });
}
