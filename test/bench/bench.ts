import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { cac } from 'cac';
import { runCommand, usageError } from '../../src/cli/run-command.ts';
import { loadIntents } from '../../src/knowledge/load-intents.ts';
import { ENGINES, type EngineName, isEngineName, OURS } from './engines.ts';
import { type Measurement, measureEngines } from './measure.ts';
import { type BenchData, makeBenchData } from './phrases.ts';
import { formatTable } from './table.ts';

/**
 * `npm run bench`: the matcher beside the libraries that do the same work, on the same phrases and queries, in one
 * run. What each peer was tried with stands in its file; settings were chosen with seed 1, so another is the default.
 */
type Options = {
  sizes: string;
  engines: string;
  queries: number;
  seed: number;
  buildSeconds: number;
  querySeconds: number;
  json?: string;
};

const INTENTS = fileURLToPath(new URL('../../intents', import.meta.url));

await runCommand(async () => {
  const cli = cac('bench');
  cli
    .option('--sizes <list>', 'Training phrases, each a round of its own', { default: '4080,40000,400000' })
    .option('--engines <list>', 'Only these; ours is always among them', {
      default: Object.keys(ENGINES).join(),
    })
    .option('--queries <n>', 'Held-out questions in each round', { default: 500 })
    .option('--seed <n>', 'Of the sample, the copies and the typing noise', { default: 2 })
    .option('--build-seconds <n>', 'An engine that takes longer to build is not finished', { default: 300 })
    .option('--query-seconds <n>', 'An engine that takes longer for all queries is not finished', {
      default: 180,
    })
    .option('--json <file>', 'Write the figures as JSON too');
  cli.help();
  const { options } = cli.parse();
  if (options.help) return;
  await bench(options as unknown as Options);
});

async function bench(options: Options): Promise<void> {
  const sizes = parseSizes(options.sizes);
  const engines = parseEngines(options.engines);
  const release = await loadIntents(INTENTS);
  const rounds: Round[] = [];
  for (const size of sizes) {
    const data = makeBenchData(release, { size, queries: options.queries, seed: options.seed });
    const measurements = await measureEngines(engines, data, options, line =>
      console.error(`${size}: ${line}`),
    );
    const round = toRound(data, measurements);
    console.log(`\n${formatRound(round, options)}`);
    rounds.push(round);
    // After each round: a long run that is broken off has lost only its last.
    if (options.json) await writeFile(options.json, toJson(rounds, options));
  }
}

type Round = { phrases: number; topics: number; queries: number; engines: Measurement[] };

function toRound({ knowledge, queries }: BenchData, engines: Measurement[]): Round {
  const topics = [...knowledge.topics, ...knowledge.catalogue];
  return {
    phrases: topics.reduce((sum, topic) => sum + topic.phrases.length, 0),
    topics: topics.length,
    queries: queries.length,
    engines,
  };
}

function formatRound({ phrases, topics, queries, engines }: Round, options: Options): string {
  const head = [
    `${phrases.toLocaleString('en')} training phrases of ${topics.toLocaleString('en')} topics`,
    `${queries} held-out queries (half as written, a quarter without accents, a quarter mistyped), seed ${options.seed}`,
    `at most ${options.buildSeconds} s to build and ${options.querySeconds} s for all queries`,
  ].join('; ');
  const ours = engines.find(({ engine }) => engine === OURS);
  return `${head}\n${formatTable(engines, ours)}`;
}

function toJson(rounds: Round[], { seed, buildSeconds, querySeconds }: Options): string {
  const [cpu] = cpus();
  const report = {
    seed,
    budgets: { buildSeconds, querySeconds },
    machine: { node: process.version, cpu: cpu?.model ?? 'unknown', cores: cpus().length },
    rounds,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function parseSizes(list: string): number[] {
  const sizes = String(list).split(',').map(Number);
  if (sizes.some(size => !Number.isInteger(size) || size < 1000))
    throw usageError('--sizes takes numbers of phrases from 1000 on, such as 4080,40000');
  return sizes;
}

function parseEngines(list: string): EngineName[] {
  const names = String(list).split(',');
  const unknown = names.filter(name => !isEngineName(name));
  if (unknown.length > 0)
    throw usageError(
      `There is no engine ${unknown.join(', ')}; there are ${Object.keys(ENGINES).join(', ')}`,
    );
  return [OURS, ...names.filter(isEngineName).filter(name => name !== OURS)];
}
