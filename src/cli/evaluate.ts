import { readFile } from 'node:fs/promises';
import { cac } from 'cac';
import { z } from 'zod';
import { parseObjective } from '../matcher/evaluation/choose-threshold.ts';
import { evaluateIntents } from '../matcher/evaluation/evaluate-intents.ts';
import { evaluateIntentRanks } from '../matcher/evaluation/evaluate-ranks.ts';
import type { LabelledText } from '../matcher/evaluation/train-on-texts.ts';
import { evaluateBanking77 } from './evaluation-sets/banking77.ts';
import { evaluateBraun } from './evaluation-sets/braun.ts';
import { evaluateCatalogue } from './evaluation-sets/catalogue.ts';
import { evaluateClinc150 } from './evaluation-sets/clinc150.ts';
import { evaluateHint3 } from './evaluation-sets/hint3.ts';
import { evaluateOwnTopics } from './evaluation-sets/own-topics.ts';
import { formatReport, type Report } from './evaluation-sets/report.ts';
import { runCommand, usageError } from './run-command.ts';

/**
 * `npm run evaluate -- --train a.jsonl --test b.jsonl`: how well the matcher does on any labelled set;
 * `npm run evaluate -- --set clinc150 --data DIR`: on a public one, beside the published figures.
 */
type Options = {
  train?: string;
  test?: string;
  tune?: string;
  objective?: string;
  rank?: number;
  json?: boolean;
  set?: string;
  data?: string;
  labels: string;
  intents: string;
  folds?: number;
  errors?: string;
};

const SETS: Record<string, (options: Options) => Promise<Report>> = {
  clinc150: ({ data }) => evaluateClinc150(data),
  hint3: ({ data }) => evaluateHint3(data),
  braun: ({ data }) => evaluateBraun(data),
  banking77: ({ data }) => evaluateBanking77(data),
  catalogue: ({ data, labels, intents }) => evaluateCatalogue(data, { labels, intents }),
  own: ({ intents, folds, errors }) =>
    evaluateOwnTopics({ intents, folds, errors, progress: line => console.error(line) }),
};

const lineSchema = z.object({ text: z.string(), intent: z.string().nullable() });

await runCommand(async () => {
  const cli = cac('evaluate');
  cli
    .option('--train <file>', 'JSON lines {"text","intent"} to train on; intent null = out of scope')
    .option('--test <file>', 'The same, to measure on')
    .option('--tune <file>', 'The same, to choose the threshold on (default: the training set alone)')
    .option('--objective <name>', 'What the threshold maximises: balanced (default) | overall | recall:0.7')
    .option('--rank <n>', 'Print recall at 1, 3, 5, 10 and the mean reciprocal rank instead')
    .option('--set <name>', `Instead of files: ${Object.keys(SETS).join(' | ')}`)
    .option('--data <dir>', 'Folder of the public sets (--set, but own)')
    .option('--labels <file>', 'Which titles answer the portal questions (--set catalogue)', {
      default: 'test/golden/portal-titles.csv',
    })
    .option('--intents <dir>', 'Folder of the knowledge files (--set own, catalogue)', { default: 'intents' })
    .option('--folds <n>', 'Only the first n of the ten folds (--set own)')
    .option('--errors <file>', 'Write the misses as JSON lines (--set own)')
    .option('--json', 'Print JSON');
  cli.help();
  const { options } = cli.parse();
  if (options.help) return;
  const bare = Object.keys(options).find(name => options[name] === true && name !== 'json');
  if (bare) throw usageError(`--${bare} needs a value`);
  await (options.set === undefined ? evaluateFiles(options as Options) : evaluateSet(options as Options));
});

async function evaluateSet(options: Options): Promise<void> {
  const run = Object.hasOwn(SETS, options.set ?? '') ? SETS[options.set ?? ''] : undefined;
  if (!run) throw usageError(`--set takes ${Object.keys(SETS).join(', ')}`);
  const { train, test, tune, objective, rank, folds } = options;
  if ([train, test, tune, objective, rank].some(option => option !== undefined))
    throw usageError(
      '--set brings its own files and objective: leave --train, --test, --tune, --objective, --rank out',
    );
  if (folds !== undefined && !(Number.isInteger(folds) && folds >= 1 && folds <= 10))
    throw usageError('--folds takes a number from 1 to 10');
  const report = await run(options);
  console.log(options.json ? JSON.stringify(report.figures) : formatReport(report));
}

async function evaluateFiles(options: Options): Promise<void> {
  if (!options.train || !options.test)
    throw usageError(
      `Give --train FILE and --test FILE (JSON lines {"text","intent"}), or --set ${Object.keys(SETS).join(' | ')}`,
    );
  const objective = parseObjective(options.objective ?? 'balanced');
  if (!objective) throw usageError('--objective takes balanced, overall, or recall:0.7 (a share)');
  const sets = {
    train: await readLabelled(options.train),
    test: await readLabelled(options.test),
    tune: options.tune ? await readLabelled(options.tune) : undefined,
  };
  const figures = options.rank
    ? evaluateIntentRanks(sets.train, sets.test)
    : evaluateIntents(sets, [objective], () => performance.now())[0];
  if (options.json) console.log(JSON.stringify(figures));
  else console.table(figures);
}

async function readLabelled(file: string): Promise<LabelledText[]> {
  const content = await readFile(file, 'utf8').catch(() => {
    throw usageError(`Cannot read ${file}`);
  });
  return content
    .split('\n')
    .map((line, i) => ({ line, number: i + 1 }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => parseLine(line, `${file}:${number}`));
}

function parseLine(line: string, place: string): LabelledText {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch {
    throw usageError(`${place} is not {"text": "...", "intent": "..." or null}`);
  }
}
