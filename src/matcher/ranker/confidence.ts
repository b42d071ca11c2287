import type { Token } from '../vietnamese/tokens.ts';
import type { FeatureSpace, Readings } from './feature-space.ts';
import { fitLogistic, type Logistic, probability } from './logistic.ts';
import {
  type Candidate,
  openRanker,
  type PreparedExample,
  type RankerOptions,
  type Ranking,
  trainRanker,
} from './ranker.ts';

/** Turns a ranking into probabilities. */
export type Calibration = {
  /** That the first candidate is right. */
  top: Logistic;
  /** That the right label is among the candidates at all. */
  inScope: Logistic;
  /** That the first of the untrained labels is right; null where the knowledge has none. */
  lookalike: Logistic | null;
};

/** A ranking whose truth is known; `label: null` = out of scope. */
export type Judged = {
  ranking: Ranking;
  label: string | null;
  /** Set for a fragment of a text: it counts less, and no threshold is chosen on it. */
  importance?: number;
};

/** A label with its probability (0–1). */
type Likely = { candidate: Candidate; confidence: number };

/** A calibrated view of a ranking. */
export type Confidence = {
  /** Probability that the first of `labels` is right. */
  top: number;
  /** All candidates, trained and untrained, the likeliest first. */
  labels: Likely[];
};

const FOLDS = 5;
const ALWAYS_TRAINED = -1;
/** A handful of numbers is fitted: further folds would cost training time and change nothing. */
const ENOUGH_JUDGED = 4500;
/**
 * People also type a word or two where a phrase is a whole question; and a word or two of a topic in a sentence
 * about something else is no question about it.
 */
const FRAGMENT_IMPORTANCE = 0.3;
const FRAGMENT_WORDS = 2;
const LONG_ENOUGH_TO_CUT = 5;
/** How sharply the probability that the top leaves over goes to the next ones. */
const SHARPNESS = 4;

/**
 * Learns without any labelled out-of-scope text: each fold trains without some labels altogether (their phrases
 * become out of scope) and without some phrases of the others (their phrases show how often the top is right).
 * Where the knowledge has untrained labels, two thirds of the labels that a fold leaves out stay as such, by their
 * names or by all their texts: their phrases show how far likeness can be trusted.
 */
export function judgeByCrossValidation(
  space: FeatureSpace,
  examples: readonly PreparedExample[],
  options: RankerOptions = {},
): Judged[] {
  const labels = [...new Set(examples.filter(({ isUntrained }) => !isUntrained).map(({ label }) => label))];
  const labelFold = new Map(labels.map((label, i) => [label, i % FOLDS]));
  const hasUntrained = examples.some(({ isUntrained }) => isUntrained);
  const stays = new Map(hasUntrained ? labels.map((label, i) => [label, stayOf(i)]) : []);
  const phraseFolds = foldsWithinLabels(examples);
  const judged: Judged[] = [];
  for (let fold = 0; fold < FOLDS && judged.length < ENOUGH_JUDGED; fold += 1) {
    const isHeldOut = ({ label }: PreparedExample) =>
      label !== options.background && labelFold.get(label) === fold;
    const training = examples.flatMap((example, i): PreparedExample[] => {
      if (!isHeldOut(example)) return phraseFolds[i] === fold ? [] : [example];
      const stay = stays.get(example.label);
      const isKept = stay === 'names' ? example.isSupport : stay === 'texts' && phraseFolds[i] !== fold;
      return isKept ? [{ ...example, isUntrained: true }] : [];
    });
    if (!training.some(({ isUntrained }) => !isUntrained)) continue;
    const known = new Set(training.map(({ label }) => label));
    const ranker = openRanker(trainRanker(space, training, options));
    const strangers = examples.filter(example => !example.isSupport && !known.has(example.label));
    examples.forEach((example, i) => {
      if (phraseFolds[i] !== fold || example.isSupport) return;
      const label = known.has(example.label) ? example.label : null;
      judged.push({ ranking: ranker.rank(example.features), label });
      const fragment = fragmentOf(example.readings, i);
      if (!fragment) return;
      const judgeText = (text: Token[], truth: string | null) => {
        const ranking = ranker.rank(space.featuresOf([text]));
        judged.push({ ranking, label: truth, importance: FRAGMENT_IMPORTANCE });
      };
      judgeText(fragment, label);
      const stranger = strangers[(i * 31) % strangers.length];
      if (label !== null && stranger) judgeText(insertInto(stranger.readings, fragment), null);
    });
  }
  return judged;
}

/**
 * @param outOfScopeShare how much of the questions is to be taken for out of scope (0–1): the judged ones are weighed
 * so that they hold just as much; null takes them as they are
 */
export function fitCalibration(judged: readonly Judged[], outOfScopeShare: number | null): Calibration {
  const importance = weighByScope(judged, outOfScopeShare);
  const rows = judged.map(({ ranking }) => evidence(ranking));
  const isAt = (list: readonly Candidate[], label: string | null) =>
    label !== null && list[0]?.label === label;
  const top = fitLogistic(
    rows,
    judged.map(({ ranking, label }) => isAt(ranking.candidates, label)),
    importance,
  );
  const inScope = fitLogistic(
    rows,
    judged.map(
      ({ ranking, label }) =>
        label !== null && ranking.candidates.some(candidate => candidate.label === label),
    ),
    importance,
  );
  const hasLookalikes = judged.some(({ ranking }) => ranking.lookalikes.length > 0);
  if (!hasLookalikes) return { top, inScope, lookalike: null };
  const lookalike = fitLogistic(
    judged.map(({ ranking }) => likeness(ranking, probability(top, evidence(ranking)))),
    judged.map(({ ranking, label }) => isAt(ranking.lookalikes, label)),
    importance,
  );
  return { top, inScope, lookalike };
}

export function confidenceOf(ranking: Ranking, calibration: Calibration): Confidence {
  const row = evidence(ranking);
  const trained = shareOut(ranking.candidates, {
    top: probability(calibration.top, row),
    all: probability(calibration.inScope, row),
  });
  const { lookalike } = calibration;
  if (!lookalike || ranking.lookalikes.length === 0)
    return { top: trained[0]?.confidence ?? 0, labels: trained };
  const alike = probability(lookalike, likeness(ranking, trained[0]?.confidence ?? 0));
  const untrained = shareOut(ranking.lookalikes, { top: alike, all: alike });
  const labels = scaleToOne([...trained, ...untrained]).sort((a, b) => b.confidence - a.confidence);
  return { top: labels[0]?.confidence ?? 0, labels };
}

/** The names of the evidence, in its order: what `explain` shows. */
export const EVIDENCE = [
  'score',
  'lead over the next',
  'margin of the classifier',
  'cosine of the nearest phrase',
  'another topic’s phrase is nearer by',
  'share of unknown words',
  'share of the words that the topic explains',
  'log(1 + number of words)',
  'an untrained topic is nearer by',
] as const;

/** What speaks for the top candidate: its score, its lead, its nearest phrase, and what nothing explains. */
export function evidence({ candidates, lookalikes, coverage, unknownWeight, wordCount }: Ranking): number[] {
  const [first, second] = candidates;
  if (!first) return [0, 0, 0, 0, 0, 1, 0, 0, 0];
  let bestCosine = 0;
  for (const { cosine } of candidates) bestCosine = Math.max(bestCosine, cosine);
  return [
    first.score,
    first.score - (second?.score ?? -1),
    first.margin,
    first.cosine,
    bestCosine - first.cosine,
    unknownWeight,
    coverage,
    Math.log(1 + wordCount),
    Math.max(0, (lookalikes[0]?.cosine ?? 0) - first.cosine),
  ];
}

/** What speaks for the first untrained label. */
function likeness(
  { candidates, lookalikes, lookalikeCoverage, unknownWeight, wordCount }: Ranking,
  trained: number,
): number[] {
  const [first, second] = lookalikes;
  if (!first) return [0, 0, 0, 0, 0, 0, 1, 0];
  return [
    first.score,
    first.score - (second?.score ?? 0),
    first.cosine,
    lookalikeCoverage,
    first.cosine - (candidates[0]?.cosine ?? 0),
    trained,
    unknownWeight,
    Math.log(1 + wordCount),
  ];
}

/** The first candidate has its own probability; the others share what is left of all, by their scores. */
function shareOut(candidates: readonly Candidate[], { top, all }: { top: number; all: number }): Likely[] {
  const [first, ...others] = candidates;
  if (!first) return [];
  const shares = others.map(({ score }) => Math.exp(SHARPNESS * score));
  const total = shares.reduce((sum, share) => sum + share, 0) || 1;
  const left = Math.max(0, all - top);
  return [
    { candidate: first, confidence: top },
    ...others.map((candidate, i) => ({
      candidate,
      confidence: Math.min(top, (left * (shares[i] as number)) / total),
    })),
  ];
}

function scaleToOne(labels: readonly Likely[]): Likely[] {
  const total = labels.reduce((sum, { confidence }) => sum + confidence, 0);
  if (total <= 1) return [...labels];
  return labels.map(({ candidate, confidence }) => ({ candidate, confidence: confidence / total }));
}

function weighByScope(judged: readonly Judged[], outOfScopeShare: number | null): number[] {
  const own = judged.map(({ importance }) => importance ?? 1);
  if (outOfScopeShare === null) return own;
  const isOut = judged.map(({ label }) => label === null);
  const sum = (out: boolean) =>
    own.reduce((total, weight, i) => (isOut[i] === out ? total + weight : total), 0);
  const [inside, outside] = [sum(false), sum(true)];
  if (inside === 0 || outside === 0) return own;
  const factor = (outOfScopeShare / (1 - outOfScopeShare)) * (inside / outside);
  return own.map((weight, i) => (isOut[i] ? weight * factor : weight));
}

/** Two words out of a longer text, from another place each time; null for a short one. */
function fragmentOf([words = []]: Readings, seed: number): Token[] | null {
  if (words.length < LONG_ENOUGH_TO_CUT) return null;
  const start = seed % (words.length - FRAGMENT_WORDS + 1);
  return words.slice(start, start + FRAGMENT_WORDS);
}

/** A text about something else that happens to have a label's words. */
function insertInto([words = []]: Readings, fragment: readonly Token[]): Token[] {
  const middle = Math.floor(words.length / 2);
  return [...words.slice(0, middle), ...fragment, ...words.slice(middle)];
}

/** Of the labels that a fold leaves out a third is gone, the others are untrained: by names alone, or by all texts. */
function stayOf(labelNumber: number): 'names' | 'texts' | null {
  return (['names', 'texts', null] as const)[Math.floor(labelNumber / FOLDS) % 3] ?? null;
}

/** Spreads each label's phrases over the folds in their order. */
function foldsWithinLabels(examples: readonly PreparedExample[]): number[] {
  const seen = new Map<string, number>();
  return examples.map(({ label, isSupport, isUntrained }, i) => {
    if (isSupport || isUntrained) return ALWAYS_TRAINED;
    const count = seen.get(label) ?? i % FOLDS;
    seen.set(label, count + 1);
    return count % FOLDS;
  });
}
