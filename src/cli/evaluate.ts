import { readFile } from 'node:fs/promises';
import { cac } from 'cac';
import { z } from 'zod';
import { parseObjective } from '../matcher/evaluation/choose-threshold.ts';
import { evaluateIntents, evaluateRanks, type LabelledText } from '../matcher/evaluation/evaluate-intents.ts';
import { runCommand, usageError } from './run-command.ts';

/** `npm run evaluate -- --train a.jsonl --test b.jsonl`: how well the matcher does on any labelled set. */
type Options = {
  train?: string;
  test?: string;
  tune?: string;
  objective: string;
  rank?: number;
  json?: boolean;
};

const lineSchema = z.object({ text: z.string(), intent: z.string().nullable() });

await runCommand(async () => {
  const cli = cac('evaluate');
  cli
    .option('--train <file>', 'JSON lines {"text","intent"} to train on; intent null = out of scope')
    .option('--test <file>', 'The same, to measure on')
    .option('--tune <file>', 'The same, to choose the threshold on (default: the training set alone)')
    .option('--objective <name>', 'What the threshold maximises: balanced | overall | recall:0.7', {
      default: 'balanced',
    })
    .option('--rank <n>', 'Print recall at 1, 3, 5, 10 and the mean reciprocal rank instead')
    .option('--json', 'Print JSON');
  cli.help();
  const { options } = cli.parse();
  if (options.help) return;
  await evaluate(options as Options);
});

async function evaluate(options: Options): Promise<void> {
  if (!options.train || !options.test)
    throw usageError('Give --train FILE and --test FILE (JSON lines {"text","intent"})');
  const objective = parseObjective(options.objective);
  if (!objective) throw usageError('--objective takes balanced, overall, or recall:0.7 (a share)');
  const sets = {
    train: await readLabelled(options.train),
    test: await readLabelled(options.test),
    tune: options.tune ? await readLabelled(options.tune) : undefined,
    objective,
  };
  const figures = options.rank ? evaluateRanks(sets) : evaluateIntents(sets, () => performance.now());
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
