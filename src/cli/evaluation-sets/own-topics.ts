import { writeFile } from 'node:fs/promises';
import { loadIntents } from '../../knowledge/load-intents.ts';
import { calibrationError } from '../../matcher/evaluation/calibration-error.ts';
import {
  crossValidateTopics,
  type HeldOutAnswer,
  type Writing,
} from '../../matcher/evaluation/cross-validate-topics.ts';
import { addTypingNoise, withoutAccents } from '../../matcher/evaluation/typing-noise.ts';
import { fraction, percent, type Report, type Row } from './report.ts';

const FOLDS = 10;
const SEED = 1;
/** As in life, some questions are about nothing that the knowledge holds: as many as the calibration assumes. */
const UNKNOWN_EVERY = 5;
const WRITINGS: readonly Writing[] = [
  { name: 'as written', write: phrase => phrase },
  { name: 'without accents', write: phrase => withoutAccents(phrase) },
  { name: 'typing noise', write: (phrase, seed) => addTypingNoise(phrase, { seed, every: 3 }) },
];

const SCOPE = {
  folds: FOLDS,
  seed: SEED,
  writings: WRITINGS.slice(0, 1),
  withoutEvery: UNKNOWN_EVERY,
};

export type OwnTopicsOptions = {
  /** Folder of the knowledge files. */
  intents: string;
  /** Runs only the first so many of the ten folds. */
  folds?: number;
  /** Where to write the misses, JSON lines. */
  errors?: string;
  /** Told after each fold, since all ten take minutes. */
  progress: (line: string) => void;
};

/** The project's own topics, ten-fold over their training phrases, near-duplicates kept in one fold. */
export async function evaluateOwnTopics(options: OwnTopicsOptions): Promise<Report> {
  const { topics, facets, lexicon } = await loadIntents(options.intents);
  const knowledge = { topics, facets, lexicon };
  const wanted = options.folds ?? FOLDS;
  const all = { folds: FOLDS, seed: SEED, writings: WRITINGS };
  const answers = await collect(crossValidateTopics(knowledge, all), wanted, options.progress);
  const scope = calibration(await collect(crossValidateTopics(knowledge, SCOPE), wanted, options.progress));
  if (options.errors) await writeFile(options.errors, answers.filter(isMiss).map(toErrorLine).join(''));
  return toReport(answers, scope, wanted);
}

async function collect(
  folds: Generator<HeldOutAnswer[]>,
  wanted: number,
  progress: (line: string) => void,
): Promise<HeldOutAnswer[]> {
  const answers: HeldOutAnswer[] = [];
  for (let fold = 1; fold <= wanted; fold += 1) {
    const next = folds.next();
    if (next.done) break;
    answers.push(...next.value);
    progress(`fold ${fold} of ${wanted}: top-1 ${percent(topShare(next.value.filter(isAsWritten), 1))} %`);
  }
  return answers;
}

function toReport(
  answers: readonly HeldOutAnswer[],
  scope: ReturnType<typeof calibration>,
  folds: number,
): Report {
  const writings = WRITINGS.map(({ name }) =>
    measure(
      name,
      answers.filter(({ writing }) => writing === name),
    ),
  );
  const { bins } = scope;
  return {
    figures: {
      set: 'own',
      folds,
      writings,
      calibrationError: scope.error,
      reliability: bins,
      published: {},
    },
    tables: [
      {
        title: `Own topics, ${folds} of ${FOLDS} folds over the training phrases, %`,
        columns: ['n', 'top 1', 'top 3', 'calibration error', 'top 1 away from names', 'n away'],
        rows: writings.map(
          (w): Row => [
            `Motcua, ${w.name}`,
            String(w.n),
            percent(w.top1),
            percent(w.top3),
            fraction(w.calibrationError),
            percent(w.top1AwayFromNames),
            String(w.nAwayFromNames),
          ],
        ),
      },
      {
        title: `Reliability of the confidence, a fifth of the topics unknown: calibration error ${fraction(scope.error)}`,
        columns: ['n', 'mean confidence', 'right'],
        rows: bins.map(
          (bin): Row => [
            `${fraction(bin.from, 1)}–${fraction(bin.to, 1)}`,
            String(bin.n),
            fraction(bin.meanConfidence),
            fraction(bin.accuracy),
          ],
        ),
      },
    ],
    notes: [
      'The calibration error of the first table is of questions that all have a topic, while the confidence allows for a fifth that have none; that of the second table is of both.',
      'No threshold: the first and the first three topics count. Near-duplicates share a fold; each fold trains and calibrates on the nine others.',
      'Names and aliases stay in the training; "away from names" leaves out the phrases that say nearly the same as one of them.',
      'No published figures exist for this set.',
    ],
  };
}

function measure(name: string, answers: readonly HeldOutAnswer[]) {
  const away = answers.filter(({ isNearName }) => !isNearName);
  return {
    name,
    n: answers.length,
    top1: topShare(answers, 1),
    top3: topShare(answers, 3),
    calibrationError: calibration(answers).error,
    nAwayFromNames: away.length,
    top1AwayFromNames: topShare(away, 1),
  };
}

function calibration(answers: readonly HeldOutAnswer[]) {
  return calibrationError(
    answers.map(answer => ({ confidence: answer.confidence, isRight: !isMiss(answer) })),
  );
}

function topShare(answers: readonly HeldOutAnswer[], depth: number): number | null {
  const known = answers.filter(({ expected }) => expected !== null);
  const hits = known.filter(({ topics, expected }) => topics.slice(0, depth).includes(expected as string));
  return known.length > 0 ? hits.length / known.length : null;
}

function isMiss({ topics, expected }: HeldOutAnswer): boolean {
  return topics[0] !== expected;
}

function isAsWritten({ writing }: HeldOutAnswer): boolean {
  return writing === WRITINGS[0]?.name;
}

function toErrorLine({ writing, phrase, expected, topics, confidence }: HeldOutAnswer): string {
  return `${JSON.stringify({ writing, phrase, expected, got: topics[0] ?? null, confidence, next: topics.slice(1, 3) })}\n`;
}
