import { resolve } from 'node:path';
import { loadConfig } from '../../config.ts';
import { type Imported, importTable } from '../../knowledge/table/import-table.ts';
import { type ImportPlan, planImport } from '../../knowledge/table/plan-import.ts';
import { readTable } from '../../knowledge/table/read-table.ts';
import { type RowKind, type Table, vietnameseNumber } from '../../knowledge/table/table-row.ts';
import { openLowdbStore, readRecords } from '../../stores/lowdb/lowdb-store.ts';

type Options = { dryRun?: boolean; json?: boolean; data?: string };
type Readable = Extract<Table, { kind: 'table' }>;
type Outcome = Imported & { saved: number };

/** `knowledge import FILE`: a preview of every row; without `--dry-run` and without a fault, the import as well. */
export async function importFile(
  file: string,
  { dryRun = false, json = false, data }: Options,
): Promise<void> {
  const table = await readTable(file);
  if (table.kind === 'refused') {
    print(
      json
        ? JSON.stringify({ ok: false, refused: table.message })
        : `Không nhập được ${file}: ${table.message}`,
    );
    process.exitCode = 1;
    return;
  }
  const directory = data ? resolve(data) : loadConfig(process.env).dataDir;
  const outcome = dryRun ? await preview(table, directory) : await takeOver(table, directory);
  print(json ? asJson(outcome, table, dryRun) : asText(outcome, table, dryRun));
  if (isRefused(outcome.plan)) process.exitCode = 1;
}

async function preview({ rows, faults }: Readable, directory: string): Promise<Outcome> {
  const plan = planImport(rows, await readRecords(directory), new Date(), faults);
  return { plan, version: null, saved: 0 };
}

async function takeOver(table: Readable, directory: string): Promise<Outcome> {
  const store = await openLowdbStore({ directory });
  try {
    const imported = await importTable(store.knowledge, table, new Date());
    return { ...imported, saved: imported.plan.records.length };
  } finally {
    await store.close();
  }
}

function isRefused({ counts }: ImportPlan): boolean {
  return counts.conflict + counts.fault > 0;
}

function asJson({ plan, version, saved }: Outcome, { notes }: Readable, dryRun: boolean): string {
  const { counts, rows } = plan;
  return JSON.stringify({ ok: !isRefused(plan), dryRun, counts, saved, version, notes, rows }, null, 2);
}

const KIND_WORDS: Record<RowKind, string> = {
  fault: 'lỗi',
  conflict: 'mâu thuẫn',
  changed: 'thay đổi',
  new: 'mới',
  unchanged: 'không đổi',
};
/** Of each kind; the rest is counted. Rows that stay as they are need no line. */
const LINES_SHOWN = 100;
const SHOWN: readonly RowKind[] = ['fault', 'conflict', 'changed', 'new'];

function asText(outcome: Outcome, { notes }: Readable, dryRun: boolean): string {
  return [
    ...notes,
    ...SHOWN.flatMap(kind => linesOf(outcome.plan, kind)),
    summary(outcome.plan),
    conclusion(outcome, dryRun),
  ].join('\n');
}

function linesOf({ rows }: ImportPlan, kind: RowKind): string[] {
  const found = rows.filter(row => row.kind === kind);
  const lines = found
    .slice(0, LINES_SHOWN)
    .map(
      ({ row, topic, message }) => `dòng ${row} (${KIND_WORDS[kind]}) ${topic ? `${topic}: ` : ''}${message}`,
    );
  const rest = found.length - lines.length;
  return rest > 0 ? [...lines, `… và ${vietnameseNumber(rest)} dòng ${KIND_WORDS[kind]} nữa`] : lines;
}

function summary({ counts }: ImportPlan): string {
  const parts = (['new', 'changed', 'unchanged', 'conflict', 'fault'] as const).map(
    kind => `${vietnameseNumber(counts[kind])} ${KIND_WORDS[kind]}`,
  );
  return `Số dòng: ${parts.join(', ')}.`;
}

function conclusion({ plan, version, saved }: Outcome, dryRun: boolean): string {
  if (isRefused(plan)) return 'Chưa ghi gì: hãy sửa các dòng lỗi và mâu thuẫn rồi nhập lại cả tệp.';
  if (dryRun) return `Xem trước, chưa ghi gì: ${plan.records.length} chủ đề sẽ thay đổi.`;
  if (saved === 0) return 'Không có gì thay đổi.';
  const live = version
    ? 'nội dung mới trả lời người dân khi phần mềm khởi động lại'
    : 'nội dung đang trả lời không đổi';
  return `Đã lưu ${saved} chủ đề; ${live}.`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
