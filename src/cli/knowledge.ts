import { resolve } from 'node:path';
import { type CAC, cac } from 'cac';
import { loadConfig } from '../config.ts';
import type { Topic } from '../domain/topic.ts';
import { AppError } from '../errors.ts';
import { compareWithCatalogue } from '../knowledge/catalogue/compare-catalogue.ts';
import { readCatalogue } from '../knowledge/catalogue/read-catalogue.ts';
import { readNames } from '../knowledge/catalogue/read-names.ts';
import { type Coverage, coverageOf } from '../knowledge/coverage.ts';
import { exportYaml } from '../knowledge/export-yaml.ts';
import { formatFault, isError } from '../knowledge/fault.ts';
import { checkIntents, loadIntents } from '../knowledge/load-intents.ts';
import { readCurrentSnapshot } from '../stores/lowdb/lowdb-store.ts';
import { exportTable } from './knowledge/export-table.ts';
import { addImportCatalogue } from './knowledge/import-catalogue.ts';
import { importFile } from './knowledge/import-table.ts';
import { writeTemplate } from './knowledge/write-template.ts';
import { runCommand, usageError } from './run-command.ts';

/** `npm run knowledge -- check | coverage | export | import | template`: what curators and scripts ask of the knowledge. */
type Options = { json?: boolean; intents: string };
type CheckOptions = Options & { catalogue?: string };
type CoverageOptions = Options & { data?: string };
type ExportOptions = { json?: boolean; yaml?: string; csv?: string; xlsx?: string; data?: string };

await runCommand(async () => {
  const cli = commands();
  cli.parse(process.argv, { run: false });
  if (cli.options.help) return;
  if (!cli.matchedCommand) throw unknownCommand(cli);
  await cli.runMatchedCommand();
});

function commands(): CAC {
  const cli = cac('knowledge');
  cli
    .command('check', 'List every fault of the knowledge files')
    .option('--json', 'Print JSON')
    .option('--intents <dir>', 'Folder of the knowledge files', { default: 'intents' })
    .option('--catalogue <file>', 'Compare with the national catalogue (JSON lines)')
    .action(check);
  cli
    .command('coverage', 'Say what the knowledge files cover and where they are thin')
    .option('--json', 'Print JSON')
    .option('--intents <dir>', 'Folder of the knowledge files', { default: 'intents' })
    .option('--data <dir>', 'Data directory whose imported catalogue is counted (default: DATA_DIR)')
    .action(coverage);
  cli
    .command('export', 'Write the knowledge of the store: live topics as YAML files, or a table for staff')
    .option('--json', 'Print JSON')
    .option('--yaml <dir>', 'Folder to write to, such as intents')
    .option('--csv <file>', 'Table of questions and answers, drafts included')
    .option('--xlsx <file>', 'The same as a workbook')
    .option('--data <dir>', 'Data directory to read (default: DATA_DIR); nothing is written to it')
    .action(exportLive);
  cli
    .command('import <file>', 'Take over a table (.csv, .xlsx) that staff filled: all of it or nothing')
    .option('--json', 'Print JSON')
    .option('--dry-run', 'Say what would happen; write nothing and take no lock')
    .option('--data <dir>', 'Data directory (default: DATA_DIR); the product must not be running on it')
    .action(importFile);
  cli
    .command('template <file>', 'Write an empty table (.csv, .xlsx) that says what its columns mean')
    .action(writeTemplate);
  addImportCatalogue(cli);
  cli.help();
  return cli;
}

function unknownCommand(cli: CAC): Error {
  const known = cli.commands.map(({ name }) => name).join(', ');
  const asked = cli.args[0];
  return usageError(asked ? `unknown command "${asked}"; known are ${known}` : `name a command: ${known}`);
}

/** Faults are what was asked for, and still the exit code tells scripts of them. */
async function check({ json, intents, catalogue }: CheckOptions): Promise<void> {
  const { release, faults: ofTopics } = await checkIntents(intents);
  const faults = [...ofTopics, ...(await readNames(intents)).faults];
  const topics = release?.topics ?? [];
  const differences = catalogue ? await compare(topics, catalogue) : [];
  const errors = faults.filter(isError).length;
  const { procedures, articles, phrases } = coverageOf(topics);
  const counts = { procedures, articles, phrases };
  if (json) print(JSON.stringify({ ok: errors === 0, ...counts, faults, differences }, null, 2));
  else {
    for (const fault of faults) print(formatFault(fault));
    const open = differences.filter(({ accepted }) => accepted === null);
    for (const { id, label, part, message } of open) print(`${id} ${label}: ${part}: ${message}`);
    if (catalogue && release)
      print(`${plural(open.length, 'difference')} to look at, ${differences.length - open.length} accepted`);
    if (release) print(`${procedures} procedures, ${articles} articles, ${phrases} phrases`);
    print(`${plural(errors, 'fault')}, ${plural(faults.length - errors, 'warning')}`);
  }
  if (errors > 0) process.exitCode = 1;
}

async function compare(topics: readonly Topic[], file: string) {
  const codes = topics.flatMap(topic => (topic.kind === 'procedure' && topic.code ? [topic.code] : []));
  return compareWithCatalogue(topics, await readCatalogue(file, new Set(codes)));
}

async function exportLive({ json, yaml, csv, xlsx, data }: ExportOptions): Promise<void> {
  const directory = data ? resolve(data) : loadConfig(process.env).dataDir;
  if (csv || xlsx) await exportTable({ directory, csv, xlsx, json });
  if (yaml) await exportYamlFiles(directory, yaml, json);
  if (!yaml && !csv && !xlsx) throw usageError('name what to write: --yaml DIR, --csv FILE or --xlsx FILE');
}

async function exportYamlFiles(directory: string, yaml: string, json?: boolean): Promise<void> {
  const snapshot = await readCurrentSnapshot(directory);
  if (!snapshot)
    throw new AppError('config-invalid', `${directory} holds no published knowledge: start the product once`);
  const report = await exportYaml(snapshot, yaml);
  if (json) print(JSON.stringify(report, null, 2));
  else {
    for (const file of report.written) print(`written: ${file}`);
    for (const file of report.notLive) print(`not live, delete it if it is not wanted: ${file}`);
    print(`${plural(report.written.length, 'file')} written, ${report.unchanged.length} unchanged`);
  }
}

async function coverage({ json, intents, data }: CoverageOptions): Promise<void> {
  const live = await readCurrentSnapshot(data ? resolve(data) : loadConfig(process.env).dataDir);
  const found = coverageOf((await loadIntents(intents)).topics, live?.catalogue?.procedures.length);
  print(json ? JSON.stringify(found, null, 2) : describe(found));
}

function describe({ facets, holes, thinTopics, unverified, oldestReviews, ...counts }: Coverage): string {
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
    'compared with their source longest ago:',
    ...oldestReviews.map(({ id, label, checkedOn }) => `  ${id} ${label}: ${checkedOn}`),
  ].join('\n');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
