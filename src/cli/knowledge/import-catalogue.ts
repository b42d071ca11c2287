import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CAC } from 'cac';
import { loadConfig } from '../../config.ts';
import { vietnamDay } from '../../domain/vietnam-day.ts';
import { AppError } from '../../errors.ts';
import { curatedCodes } from '../../knowledge/catalogue/catalogue-topics.ts';
import {
  type ImportReport,
  importCatalogue,
  type ReadRecord,
} from '../../knowledge/catalogue/import-catalogue.ts';
import { readCatalogueLines } from '../../knowledge/catalogue/read-catalogue.ts';
import { readNames } from '../../knowledge/catalogue/read-names.ts';
import { formatFault, isError } from '../../knowledge/fault.ts';
import { startKnowledge } from '../../knowledge/start-knowledge.ts';
import { openLowdbStore } from '../../stores/lowdb/lowdb-store.ts';
import { matcherSource } from '../../training/obtain-matcher.ts';

/** `npm run knowledge -- import-catalogue FILE`: the national catalogue's procedures, beside the curated ones. */
type Options = { json?: boolean; intents: string; data?: string };

export function addImportCatalogue(cli: CAC): void {
  cli
    .command('import-catalogue <file>', 'Take over the national catalogue (JSON lines)')
    .option('--json', 'Print JSON')
    .option('--intents <dir>', 'Folder of the knowledge files', { default: 'intents' })
    .option('--data <dir>', 'Data directory (default: DATA_DIR); no server may be using it')
    .action(run);
}

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function run(file: string, { json, intents, data }: Options): Promise<void> {
  const startedAt = performance.now();
  const directory = data ? resolve(data) : loadConfig(process.env).dataDir;
  const now = new Date();
  const names = await namesOf(intents);
  const store = await openLowdbStore({ directory });
  try {
    const { knowledge } = store;
    // Brings the curated topics up to date, which win over the catalogue's.
    const before = await startKnowledge({ knowledge, intentsDir: intents, now, log: SILENT });
    const lines = await readLines(file);
    const { catalogue, report } = importCatalogue(lines, {
      names,
      curatedCodes: curatedCodes(before.topics.map(({ topic }) => topic)),
      today: vietnamDay(now),
    });
    if (report.taken === 0)
      throw new AppError(
        'config-invalid',
        `${file} holds no procedure of the catalogue: nothing was changed`,
      );
    const snapshot = await startKnowledge({ knowledge, intentsDir: intents, now, log: SILENT, catalogue });
    progress('training the matcher');
    await matcherSource({ directory, log: SILENT, save: true })(snapshot);
    progress('');
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
    process.stdout.write(
      `${json ? JSON.stringify({ ...report, seconds }, null, 2) : describe(report, seconds)}\n`,
    );
  } finally {
    await store.close();
  }
}

async function namesOf(intents: string): Promise<ReadonlyMap<string, string[]>> {
  const { names, faults } = await readNames(intents);
  const errors = faults.filter(isError);
  if (errors.length === 0) return names;
  throw new AppError(
    'knowledge-invalid',
    `everyday names have faults:\n${errors.map(formatFault).join('\n')}`,
    {
      details: { faults },
    },
  );
}

async function readLines(file: string): Promise<ReadRecord[]> {
  const size = await stat(file).then(
    stats => stats.size,
    () => 0,
  );
  const lines: ReadRecord[] = [];
  let bytes = 0;
  for await (const line of readCatalogueLines(file)) {
    lines.push(line);
    bytes += line.bytes;
    progress(`reading ${bar(bytes / size)} ${lines.length} procedures`);
  }
  return lines;
}

const BAR_WIDTH = 30;

function bar(share: number): string {
  const done = Math.min(BAR_WIDTH, Math.round(share * BAR_WIDTH));
  return `[${'#'.repeat(done)}${' '.repeat(BAR_WIDTH - done)}] ${Math.round(Math.min(share, 1) * 100)} %`;
}

/** One line on standard error that is written over; nothing where nobody watches. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}

const MOST_LISTED = 30;

const REASONS = {
  unreadable: 'not readable',
  'repeated-code': 'code in an earlier line',
  'overwritten-title': 'title shared by several codes, so overwritten',
} as const satisfies Record<ImportReport['skipped'][number]['reason'], string>;

function describe(report: ImportReport, seconds: number): string {
  const { read, taken, curated, skipped, unknown, district, unnamed } = report;
  return [
    `${read} records read, ${taken} taken, ${skipped.length} skipped, in ${seconds} s`,
    `${curated} of those taken have a curated procedure, which answers in their place`,
    `not told plainly, so unknown: fee ${unknown.fee}, time ${unknown.time}, papers ${unknown.documents}`,
    `found by their title alone, without everyday names: ${unnamed}`,
    `still name district bodies, so their answers ask for confirmation: ${district.length}`,
    ...(district.length > 0 ? [`  ${listed(district)}`] : []),
    ...skipped
      .slice(0, MOST_LISTED)
      .map(
        ({ line, code, reason, detail }) =>
          `skipped line ${line} (${code ?? 'no code'}): ${REASONS[reason]}: ${detail}`,
      ),
    ...(skipped.length > MOST_LISTED ? [`… ${skipped.length - MOST_LISTED} more, see --json`] : []),
  ].join('\n');
}

function listed(codes: readonly string[]): string {
  const more = codes.length - MOST_LISTED;
  return `${codes.slice(0, MOST_LISTED).join(', ')}${more > 0 ? `, … ${more} more, see --json` : ''}`;
}
