import { confidenceOf, fitCalibration, type Judged, judgeByCrossValidation } from '../ranker/confidence.ts';
import { chooseThreshold, type Objective } from './choose-threshold.ts';
import { type LabelledText, OUT_OF_SCOPE, type TrainedOnTexts, trainOnTexts } from './train-on-texts.ts';

export type EvaluationSets = {
  train: readonly LabelledText[];
  test: readonly LabelledText[];
  /** Chooses the threshold; without it the training set does, by cross-validation and held-out intents. */
  tune?: readonly LabelledText[];
};

/** Shares are 0–1, null where the set has no such text. */
export type EvaluationFigures = {
  n: number;
  /** Right and not rejected, of the in-scope texts. */
  inScopeAccuracy: number | null;
  accuracyWithoutThreshold: number | null;
  /** The right intent is among the first three. */
  top3: number | null;
  /** Rejected, of the out-of-scope texts. */
  oosRecall: number | null;
  /** Out of scope, of the rejected texts. */
  oosPrecision: number | null;
  trainMs: number;
  p50Micros: number;
  p99Micros: number;
};

/**
 * Questions out of scope are as many as those in scope when the confidence is fitted: a test set's own share is not
 * known, and few examples of what to reject would be drowned by the others.
 */
const SHARES = { outOfScope: 0.5, untrained: 0 };

/**
 * Trains the product's own matcher on a labelled set once and measures it on another, at the threshold of each
 * objective in turn. The clock (milliseconds) is the caller's.
 */
export function evaluateIntents(
  sets: EvaluationSets,
  objectives: readonly Objective[],
  clock: () => number,
): EvaluationFigures[] {
  const started = clock();
  const trained = trainOnTexts(sets.train);
  const judged =
    judge(sets.tune, trained) ??
    judgeByCrossValidation(trained.space, trained.examples, { background: OUT_OF_SCOPE });
  const calibration = fitCalibration(judged, SHARES);
  const thresholds = objectives.map(objective => thresholdFor(judged, calibration, objective));
  const trainMs = Math.round(clock() - started);

  const micros: number[] = [];
  const results = sets.test.map(({ text, intent }) => {
    const from = clock();
    const { top, labels } = confidenceOf(trained.rank(text), calibration);
    micros.push((clock() - from) * 1000);
    return { intent, confidence: top, labels: labels.map(({ candidate }) => candidate.label) };
  });
  micros.sort((a, b) => a - b);
  const percentile = (share: number) => Math.round(micros[Math.floor(micros.length * share)] ?? 0);
  const speed = { trainMs, p50Micros: percentile(0.5), p99Micros: percentile(0.99) };
  return thresholds.map(threshold => ({ ...measure(results, threshold), ...speed }));
}

type Result = { intent: string | null; confidence: number; labels: string[] };

function measure(results: readonly Result[], threshold: number) {
  const inScope = results.filter(({ intent }) => intent !== null);
  const isTop = ({ intent, labels }: Result) => labels[0] === intent;
  const isRejected = ({ confidence }: Result) => confidence < threshold;
  return {
    n: results.length,
    inScopeAccuracy: share(inScope, result => isTop(result) && !isRejected(result)),
    accuracyWithoutThreshold: share(inScope, isTop),
    top3: share(inScope, ({ intent, labels }) => labels.slice(0, 3).includes(intent as string)),
    oosRecall: share(
      results.filter(({ intent }) => intent === null),
      isRejected,
    ),
    oosPrecision: share(results.filter(isRejected), ({ intent }) => intent === null),
  };
}

/** 0, which rejects nothing, where the judged texts cannot show what a right answer looks like. */
function thresholdFor(
  judged: readonly Judged[],
  calibration: ReturnType<typeof fitCalibration>,
  objective: Objective,
): number {
  const whole = judged.filter(({ importance }) => importance === undefined);
  if (!whole.some(({ label }) => label !== null)) return 0;
  const scored = whole.map(({ ranking, label }) => {
    const { top, labels } = confidenceOf(ranking, calibration);
    const isRight = label !== null && labels[0]?.candidate.label === label;
    return { confidence: top, isInScope: label !== null, isRight };
  });
  return chooseThreshold(scored, objective);
}

/** A tuning set that holds out-of-scope texts also calibrates; one without cannot say what to reject. */
function judge(tune: EvaluationSets['tune'], { rank }: TrainedOnTexts): Judged[] | null {
  if (!tune?.some(({ intent }) => intent === null)) return null;
  return tune.map(({ text, intent }) => ({ ranking: rank(text), label: intent }));
}

function share<T>(items: readonly T[], test: (item: T) => boolean): number | null {
  return items.length === 0 ? null : items.filter(test).length / items.length;
}
