import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TopicRecord } from '../../../src/domain/knowledge.ts';
import type { Topic } from '../../../src/domain/topic.ts';
import { liveRevision } from '../../../src/knowledge/live-revision.ts';
import { loadIntents } from '../../../src/knowledge/load-intents.ts';
import { readCsv, writeCsv } from '../../../src/knowledge/table/csv.ts';
import { exportRows } from '../../../src/knowledge/table/export-rows.ts';
import { gridToTable } from '../../../src/knowledge/table/grid-to-table.ts';
import { planImport } from '../../../src/knowledge/table/plan-import.ts';
import { guideRows } from '../../../src/knowledge/table/table-guide.ts';
import { cleanText, type Grid, type TableRow } from '../../../src/knowledge/table/table-row.ts';
import { readXlsx } from '../../../src/knowledge/table/xlsx-read.ts';
import { writeXlsx } from '../../../src/knowledge/table/xlsx-write.ts';
import { BIRTH, HOURS, published, readCells, tableRows } from '../../fixtures/table-rows.ts';

const NOW = new Date('2026-11-21T08:00:00Z');

const throughCsv = async (cells: string[][]) => readCsv(new TextEncoder().encode(writeCsv(cells)));
const throughXlsx = async (cells: string[][]) => readXlsx(await writeXlsx(cells, guideRows()));
const FORMATS: [string, (cells: string[][]) => Promise<Grid>][] = [
  ['CSV', throughCsv],
  ['XLSX', throughXlsx],
];

function rowsOf(grid: Grid): TableRow[] {
  const table = gridToTable(grid);
  if (table.kind === 'refused') throw new Error(table.message);
  expect(table.faults).toEqual([]);
  return table.rows;
}
const shipped = loadIntents('intents').then(({ topics }) => topics.map(topic => published(topic)));

/** The topic as someone might hold it who has not got the table yet: one question, no curated answers. */
function bare(topic: Topic): TopicRecord[] {
  if (topic.kind === 'article') return [];
  return [published({ ...topic, phrases: topic.phrases.slice(0, 1), answers: {} })];
}

/** What a table holds of a topic. */
function told(topic: Topic) {
  const answers = topic.kind === 'article' ? { answer: topic.answer } : topic.answers;
  const texts = Object.entries(answers).map(([facet, answer]) => `${facet}: ${cleanText(answer.text)}`);
  return { id: topic.id, name: topic.name, phrases: [...topic.phrases].sort(), texts: texts.sort() };
}
const toldOf = (records: TopicRecord[]) =>
  new Map(records.map(record => [record.id, told(liveRevision(record)!.topic)]));

describe('the whole shipped knowledge', () => {
  it.each(FORMATS)(
    'through %s and back changes nothing',
    async (_, through) => {
      const records = await shipped;
      const plan = planImport(rowsOf(await through(exportRows(records))), records, NOW);
      expect(plan.rows.filter(({ kind }) => kind !== 'unchanged')).toEqual([]);
      expect(plan.counts.unchanged).toBeGreaterThan(4080);
      expect(plan.records).toEqual([]);
    },
    60_000,
  );

  it('gives a bare store all phrases and all curated answers', async () => {
    const records = await shipped;
    const start = records.flatMap(record => bare(record.revisions[0]!.topic));
    const rows = readCells(exportRows(records));
    const plan = planImport(rows, start, NOW);
    expect(plan.rows.filter(({ kind }) => kind === 'fault' || kind === 'conflict')).toEqual([]);
    const saved = new Map([...start, ...plan.records].map(record => [record.id, record]));
    expect(toldOf([...saved.values()])).toEqual(toldOf(records));
  }, 60_000);
});

/** What a curator might type, what a spreadsheet might run, and what a file format might break. */
const text = fc
  .array(
    fc.constantFrom(
      ...['khai sinh', 'lệ phí', "'", '=', '+84', '-', '- bản sao', '@', '\t', '\n', ',', ';', '"', '""'],
      ...['=HYPERLINK("http://x")', '<b>', '&amp;', '_x0041_', '#', 'ẫ', '😀', '|', '\\', '1.001190'],
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map(parts => cleanText(`${parts.join('')}x`));

describe.each(FORMATS)('any answer through %s', (_, through) => {
  it('comes back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 4 }), async texts => {
        const cells = [
          exportRows([])[0]!,
          ...texts.map(answer => ['tach-ho', '', '', '', 'Tổng quan', '', answer, 'Nháp']),
        ];
        expect(rowsOf(await through(cells)).map(row => row.cells.answer)).toEqual(texts);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a draft, a retired topic and a reworded answer', () => {
  it('are exported as they were imported', () => {
    const rows = tableRows(
      { 'Mã chủ đề': '1.001193', 'Câu hỏi': 'khai sinh trễ hạn', 'Trạng thái': 'Nháp' },
      {
        'Mã chủ đề': '1.001193',
        'Khía cạnh': 'Nơi nộp hồ sơ',
        'Câu trả lời': '- UBND cấp xã',
        'Trạng thái': 'Nháp',
      },
      {
        'Mã chủ đề': '1.001193',
        'Khía cạnh': 'Phí, lệ phí',
        'Câu trả lời': 'Miễn phí.',
        'Trạng thái': 'Đang dùng',
      },
      { 'Mã chủ đề': 'gio-lam-viec', 'Trạng thái': 'Ngừng dùng' },
    );
    const { records } = planImport(rows, [published(BIRTH), published(HOURS)], NOW);
    const headings = ['Mã chủ đề', 'Khía cạnh', 'Câu hỏi', 'Câu trả lời', 'Trạng thái', 'Phiên bản'];
    const [first, ...others] = exportRows(records);
    const shown = others.map(row => headings.map(heading => row[first!.indexOf(heading)]).join('|'));
    expect(shown).toEqual([
      '1.001193|Phí, lệ phí||Miễn phí.|Đang dùng|2',
      '1.001193||làm khai sinh cho con||Đang dùng|2',
      '1.001193||đăng ký khai sinh ở đâu||Đang dùng|2',
      '1.001193|Nơi nộp hồ sơ||- UBND cấp xã|Nháp|3',
      '1.001193||khai sinh trễ hạn||Nháp|3',
      'gio-lam-viec||||Ngừng dùng|2',
    ]);
    expect(planImport(rows, records, NOW).records).toEqual([]);
  });
});

describe('a text that a spreadsheet could run', () => {
  const cells = [['=1+1', '- bản sao\n- bản chính', "'=x", '@ngày', 'khai sinh']];
  it('stands behind an apostrophe in the file', async () => {
    expect(writeCsv(cells)).toBe("\ufeff'=1+1,\"'- bản sao\n- bản chính\",''=x,'@ngày,khai sinh\r\n");
    const grid = await throughXlsx(cells);
    expect(grid).toMatchObject({
      rows: [{ cells: ["'=1+1", "'- bản sao\n- bản chính", "''=x", "'@ngày", 'khai sinh'] }],
    });
  });
});
