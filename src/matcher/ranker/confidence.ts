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
  /** That the right label is among the untrained ones that were found; null likewise. */
  lookalikeInScope: Logistic | null;
};

/** A ranking whose truth is known; `label: null` = out of scope. */
export type Judged = {
  ranking: Ranking;
  label: string | null;
  /** Set where the label is found by likeness alone. */
  isUntrained?: boolean;
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
/** The scores of untrained labels lie closer together. */
const LOOKALIKE_SHARPNESS = 20;

/**
 * Learns without any labelled out-of-scope text: each fold trains without some labels altogether (their phrases
 * become out of scope) and without some phrases of the others (their phrases show how often the top is right).
 * Where the knowledge has untrained labels, two thirds of the labels that a fold leaves out stay as such, by their
 * names: their phrases show how far likeness can be trusted.
 */
export function judgeByCrossValidation(
  space: FeatureSpace,
  examples: readonly PreparedExample[],
  options: RankerOptions = {},
): Judged[] {
  const labels = [...new Set(examples.filter(({ isUntrained }) => !isUntrained).map(({ label }) => label))];
  const labelFold = new Map(labels.map((label, i) => [label, i % FOLDS]));
  const hasUntrained = examples.some(({ isUntrained }) => isUntrained);
  const stays = new Set(hasUntrained ? labels.filter((_, i) => staysByName(i)) : []);
  const phraseFolds = foldsWithinLabels(examples);
  const judged: Judged[] = [];
  for (let fold = 0; fold < FOLDS && judged.length < ENOUGH_JUDGED; fold += 1) {
    const isHeldOut = ({ label }: PreparedExample) =>
      label !== options.background && labelFold.get(label) === fold;
    const training = examples.flatMap((example, i): PreparedExample[] => {
      if (!isHeldOut(example)) return phraseFolds[i] === fold ? [] : [example];
      const isKept = stays.has(example.label) && example.isName;
      return isKept ? [{ ...example, isUntrained: true }] : [];
    });
    if (!training.some(({ isUntrained }) => !isUntrained)) continue;
    const known = new Set(training.map(({ label }) => label));
    const ranker = openRanker(trainRanker(space, training, options));
    const strangers = examples.filter(example => !example.isSupport && !known.has(example.label));
    examples.forEach((example, i) => {
      if (phraseFolds[i] !== fold || example.isSupport) return;
      const label = known.has(example.label) ? example.label : null;
      const isUntrained = label !== null && isHeldOut(example);
      judged.push({ ranking: ranker.rank(example.features), label, isUntrained });
      const fragment = fragmentOf(example.readings, i);
      if (!fragment) return;
      const judgeText = (text: Token[], truth: string | null) => {
        const ranking = ranker.rank(space.featuresOf([text]));
        const importance = FRAGMENT_IMPORTANCE;
        judged.push({ ranking, label: truth, isUntrained: isUntrained && truth !== null, importance });
      };
      judgeText(fragment, label);
      const stranger = strangers[(i * 31) % strangers.length];
      if (label !== null && stranger) judgeText(insertInto(stranger.readings, fragment), null);
    });
  }
  return judged;
}

/** How much of the questions (0–1) is taken for being about nothing known, and about an untrained label. */
export type Shares = { outOfScope: number; untrained: number };

/** @param shares the judged texts are weighed so that they hold just as much; null takes them as they are */
export function fitCalibration(judged: readonly Judged[], shares: Shares | null): Calibration {
  const importance = weighByScope(judged, shares);
  const rows = judged.map(({ ranking }) => evidence(ranking));
  const top = fitLogistic(
    rows,
    judged.map(({ ranking, label }) => isAt(ranking.candidates, label)),
    importance,
  );
  const inScope = fitLogistic(
    rows,
    judged.map(({ ranking, label }) => isAmong(ranking.candidates, label)),
    importance,
  );
  const hasLookalikes = judged.some(({ ranking }) => ranking.lookalikes.length > 0);
  if (!hasLookalikes) return { top, inScope, lookalike: null, lookalikeInScope: null };
  // Two words out of a phrase are no everyday name, and would teach that short names are no evidence.
  const whole = judged.filter(text => text.importance === undefined);
  const alike = whole.map(({ ranking }) => likeness(ranking, probability(top, evidence(ranking))));
  const fitLookalike = (isRight: (list: readonly Candidate[], label: string | null) => boolean) =>
    fitLogistic(
      alike,
      whole.map(({ ranking, label }) => isRight(ranking.lookalikes, label)),
      weighByScope(whole, shares),
    );
  return { top, inScope, lookalike: fitLookalike(isAt), lookalikeInScope: fitLookalike(isAmong) };
}

function isAt(list: readonly Candidate[], label: string | null): boolean {
  return label !== null && list[0]?.label === label;
}

function isAmong(list: readonly Candidate[], label: string | null): boolean {
  return label !== null && list.some(candidate => candidate.label === label);
}

export function confidenceOf(ranking: Ranking, calibration: Calibration): Confidence {
  const row = evidence(ranking);
  const trained = shareOut(ranking.candidates, {
    top: probability(calibration.top, row),
    all: probability(calibration.inScope, row),
    sharpness: SHARPNESS,
  });
  const { lookalike, lookalikeInScope } = calibration;
  if (!lookalike || !lookalikeInScope || ranking.lookalikes.length === 0)
    return { top: trained[0]?.confidence ?? 0, labels: trained };
  const alike = likeness(ranking, trained[0]?.confidence ?? 0);
  const untrained = shareOut(ranking.lookalikes, {
    top: probability(lookalike, alike),
    all: probability(lookalikeInScope, alike),
    sharpness: LOOKALIKE_SHARPNESS,
  });
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
  'an untrained topic explains more by',
  'an untrained topic’s names are liker by',
] as const;

/** What speaks for the top candidate: its score, its lead, its nearest phrase, and what nothing explains. */
export function evidence(ranking: Ranking): number[] {
  const { candidates, lookalikes, coverage, unknownWeight, wordCount, explained, candidateLikeness } =
    ranking;
  const [first, second] = candidates;
  if (!first) return [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0];
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
    lookalikes[0] ? explained.lookalike - explained.candidate : 0,
    lookalikes[0] ? lookalikes[0].score - candidateLikeness : 0,
  ];
}

/** What speaks for the first untrained label: few numbers, because those alike would only balance one another. */
function likeness(
  { lookalikes, explained, unknownWeight, wordCount, candidateLikeness }: Ranking,
  trained: number,
): number[] {
  const [first, second] = lookalikes;
  if (!first) return [0, 0, 0, 0, 0, 1, 0];
  return [
    Math.max(first.cosine, first.score),
    first.score - (second?.score ?? 0),
    explained.lookalike,
    first.score - candidateLikeness,
    trained,
    unknownWeight,
    Math.log(1 + wordCount),
  ];
}

/** The first candidate has its own probability; the others share what is left of all, by their scores. */
function shareOut(
  candidates: readonly Candidate[],
  { top, all, sharpness }: { top: number; all: number; sharpness: number },
): Likely[] {
  const [first, ...others] = candidates;
  if (!first) return [];
  const shares = others.map(({ score }) => Math.exp(sharpness * score));
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

function weighByScope(judged: readonly Judged[], shares: Shares | null): number[] {
  const own = judged.map(({ importance }) => importance ?? 1);
  if (shares === null) return own;
  const kinds = judged.map(kindOf);
  const sums = { trained: 0, untrained: 0, outOfScope: 0 };
  own.forEach((weight, i) => {
    sums[kinds[i] as Kind] += weight;
  });
  // Without untrained labels their share goes to the trained ones.
  const untrained = sums.untrained > 0 ? shares.untrained : 0;
  const wanted = { trained: 1 - shares.outOfScope - untrained, untrained, outOfScope: shares.outOfScope };
  const total = sums.trained + sums.untrained + sums.outOfScope;
  const factor = (kind: Kind) => (sums[kind] > 0 ? (wanted[kind] * total) / sums[kind] : 0);
  return own.map((weight, i) => weight * factor(kinds[i] as Kind));
}

type Kind = 'trained' | 'untrained' | 'outOfScope';

function kindOf({ label, isUntrained }: Judged): Kind {
  if (label === null) return 'outOfScope';
  return isUntrained ? 'untrained' : 'trained';
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

/** Of the labels that a fold leaves out a third is gone, the others are known by their names. */
function staysByName(labelNumber: number): boolean {
  return Math.floor(labelNumber / FOLDS) % 3 !== 2;
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
