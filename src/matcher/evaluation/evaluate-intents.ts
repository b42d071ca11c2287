import { confidenceOf, fitCalibration, type Judged, judgeByCrossValidation } from '../ranker/confidence.ts';
import { type Example, type Ranker, trainRanker } from '../ranker/ranker.ts';
import type { Readings } from '../ranker/vectoriser.ts';
import { EMPTY_LEXICON } from '../vietnamese/lexicon.ts';
import { readText } from '../vietnamese/reader.ts';
import { buildVocabulary, countWords } from '../vietnamese/vocabulary.ts';
import { chooseThreshold, type Objective } from './choose-threshold.ts';

/** One line of a labelled set; `intent: null` = out of scope. */
export type LabelledText = { text: string; intent: string | null };

export type EvaluationSets = {
  train: readonly LabelledText[];
  test: readonly LabelledText[];
  /** Chooses the threshold; without it the training set does, by cross-validation and held-out intents. */
  tune?: readonly LabelledText[];
  objective: Objective;
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

export type RankFigures = {
  n: number;
  recallAt1: number;
  recallAt3: number;
  recallAt5: number;
  recallAt10: number;
  mrr: number;
};

const BACKGROUND = '(out of scope)';

/** Trains the product's own matcher on a labelled set and measures it on another. The clock is the caller's. */
export function evaluateIntents(sets: EvaluationSets, clock: () => number): EvaluationFigures {
  const started = clock();
  const { ranker, examples, read } = train(sets.train);
  const judged =
    judge(sets.tune, ranker, read) ?? judgeByCrossValidation(examples, { background: BACKGROUND });
  // With one phrase per intent nothing shows what a right answer looks like.
  const whole = judged.filter(({ importance }) => importance === undefined);
  const canReject = whole.some(({ label }) => label !== null);
  const calibration = fitCalibration(judged);
  const confidence = (ranking: Judged['ranking']) => confidenceOf(ranking, calibration).top;
  const threshold = canReject
    ? chooseThreshold(
        whole.map(({ ranking, label }) => ({
          confidence: confidence(ranking),
          isInScope: label !== null,
          isRight: label !== null && ranking.candidates[0]?.label === label,
        })),
        sets.objective,
      )
    : 0;
  const trainMs = Math.round(clock() - started);

  const micros: number[] = [];
  const results = sets.test.map(({ text, intent }) => {
    const from = clock();
    const ranking = ranker.rank(read(text));
    const isRejected = canReject && confidence(ranking) < threshold;
    micros.push((clock() - from) * 1000);
    return { intent, isRejected, labels: ranking.candidates.map(({ label }) => label) };
  });
  const inScope = results.filter(({ intent }) => intent !== null);
  const outOfScope = results.filter(({ intent }) => intent === null);
  const isTop = ({ intent, labels }: (typeof results)[number]) => labels[0] === intent;
  micros.sort((a, b) => a - b);
  return {
    n: results.length,
    inScopeAccuracy: share(inScope, result => isTop(result) && !result.isRejected),
    accuracyWithoutThreshold: share(inScope, isTop),
    top3: share(inScope, ({ intent, labels }) => labels.slice(0, 3).includes(intent as string)),
    oosRecall: share(outOfScope, result => result.isRejected),
    oosPrecision: share(
      results.filter(result => result.isRejected),
      ({ intent }) => intent === null,
    ),
    trainMs,
    p50Micros: Math.round(micros[Math.floor(micros.length * 0.5)] ?? 0),
    p99Micros: Math.round(micros[Math.floor(micros.length * 0.99)] ?? 0),
  };
}

/** The threshold ignored: at which rank the right intent stands. */
export function evaluateRanks({ train: trainSet, test }: EvaluationSets): RankFigures {
  const { ranker, read } = train(trainSet);
  const ranks = test
    .filter(({ intent }) => intent !== null)
    .map(
      ({ text, intent }) => ranker.rank(read(text)).candidates.findIndex(({ label }) => label === intent) + 1,
    );
  const recall = (depth: number) => share(ranks, rank => rank > 0 && rank <= depth) ?? 0;
  const mrr = ranks.reduce((sum, rank) => sum + (rank > 0 ? 1 / rank : 0), 0) / (ranks.length || 1);
  return {
    n: ranks.length,
    recallAt1: recall(1),
    recallAt3: recall(3),
    recallAt5: recall(5),
    recallAt10: recall(10),
    mrr,
  };
}

type Trained = { ranker: Ranker; examples: Example[]; read: (text: string) => Readings };

/** As the product reads: repairs fire only where the raw word is unknown and the repair known. */
function train(set: readonly LabelledText[]): Trained {
  const tokens = set.map(({ text }) => readText(text, EMPTY_LEXICON, null).tokens);
  const vocabulary = buildVocabulary(countWords(tokens));
  const examples = set.map(({ intent }, i) => ({
    readings: [tokens[i] ?? []],
    labels: [intent ?? BACKGROUND],
    isSupport: intent === null,
  }));
  const ranker = trainRanker(examples, { background: BACKGROUND });
  return { ranker, examples, read: text => [readText(text, EMPTY_LEXICON, vocabulary).tokens] };
}

/** A tuning set that holds out-of-scope texts also calibrates; one without cannot say what to reject. */
function judge(tune: EvaluationSets['tune'], ranker: Ranker, read: Trained['read']): Judged[] | null {
  if (!tune?.some(({ intent }) => intent === null)) return null;
  return tune.map(({ text, intent }) => ({ ranking: ranker.rank(read(text)), label: intent }));
}

function share<T>(items: readonly T[], test: (item: T) => boolean): number | null {
  return items.length === 0 ? null : items.filter(test).length / items.length;
}
