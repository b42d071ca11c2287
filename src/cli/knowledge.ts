import { type CAC, cac } from 'cac';
import { AppError } from '../errors.ts';
import { type Coverage, coverageOf } from '../knowledge/coverage.ts';
import { formatFault, isError } from '../knowledge/fault.ts';
import { checkIntents, loadIntents } from '../knowledge/load-intents.ts';

/** `npm run knowledge -- check | coverage`: what curators and scripts ask of the knowledge files. */
const EXIT = { ok: 0, faults: 1, usage: 2 } as const;

type Options = { json?: boolean; intents: string };

process.exitCode = await main(process.argv);

async function main(argv: string[]): Promise<number> {
  const cli = commands();
  try {
    cli.parse(argv, { run: false });
    if (cli.options.help) return EXIT.ok;
    if (!cli.matchedCommand) return usage(cli);
    return await cli.runMatchedCommand();
  } catch (error) {
    if (error instanceof AppError) return fail(error.message, EXIT.faults);
    if (error instanceof Error && error.name === 'CACError') return fail(error.message, EXIT.usage);
    throw error;
  }
}

function commands(): CAC {
  const cli = cac('knowledge');
  cli
    .command('check', 'List every fault of the knowledge files')
    .option('--json', 'Print JSON')
    .option('--intents <dir>', 'Folder of the knowledge files', { default: 'intents' })
    .action(check);
  cli
    .command('coverage', 'Say what the knowledge files cover and where they are thin')
    .option('--json', 'Print JSON')
    .option('--intents <dir>', 'Folder of the knowledge files', { default: 'intents' })
    .action(coverage);
  cli.help();
  return cli;
}

function usage(cli: CAC): number {
  const known = cli.commands.map(({ name }) => name).join(', ');
  const asked = cli.args[0];
  return fail(
    asked ? `unknown command "${asked}"; known are ${known}` : `name a command: ${known}`,
    EXIT.usage,
  );
}

async function check({ json, intents }: Options): Promise<number> {
  const { release, faults } = await checkIntents(intents);
  const errors = faults.filter(isError);
  const counts = release ? coverageOf(release.topics) : null;
  if (json) {
    const { procedures = 0, articles = 0, phrases = 0 } = counts ?? {};
    print(JSON.stringify({ ok: errors.length === 0, procedures, articles, phrases, faults }, null, 2));
    return errors.length === 0 ? EXIT.ok : EXIT.faults;
  }
  for (const fault of faults) print(formatFault(fault));
  if (counts)
    print(`${counts.procedures} procedures, ${counts.articles} articles, ${counts.phrases} phrases`);
  print(`${plural(errors.length, 'fault')}, ${plural(faults.length - errors.length, 'warning')}`);
  return errors.length === 0 ? EXIT.ok : EXIT.faults;
}

async function coverage({ json, intents }: Options): Promise<number> {
  const found = coverageOf((await loadIntents(intents)).topics);
  print(json ? JSON.stringify(found, null, 2) : describe(found));
  return EXIT.ok;
}

function describe({ facets, holes, thinTopics, unverified, ...counts }: Coverage): string {
  return [
    ...Object.entries(counts).map(([name, count]) => `${name}: ${count}`),
    '',
    'procedures that answer a facet:',
    ...Object.entries(facets).map(([facet, count]) => `  ${facet}: ${count}`),
    '',
    `procedures with holes: ${holes.length}`,
    ...holes.map(({ id, label, missing }) => `  ${id} ${label}: ${missing.join(', ')}`),
    `topics with few phrases: ${thinTopics.length}`,
    ...thinTopics.map(({ id, label, phrases }) => `  ${id} ${label}: ${phrases}`),
    `topics with unverified parts: ${unverified.length}`,
    ...unverified.map(({ id, label, parts }) => `  ${id} ${label}: ${parts.join(', ')}`),
  ].join('\n');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(line: string, code: number): number {
  process.stderr.write(`${line}\n`);
  return code;
}
