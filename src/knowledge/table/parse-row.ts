import { CENTRE_PLACEHOLDERS } from '../../domain/centre.ts';
import { FACET_LABELS, type Facet } from '../../domain/facet.ts';
import type { RevisionStatus } from '../../domain/knowledge.ts';
import type { ArticleGroup } from '../../domain/topic.ts';
import { districtOffice, PLACEHOLDER, RAW_HTML } from '../check-texts.ts';
import { foldWording } from '../fold-wording.ts';
import { nearestWord } from '../nearest-word.ts';
import {
  COLUMNS,
  type ColumnKey,
  GROUP_LABELS,
  readFacet,
  readGroup,
  readStatus,
  readVerified,
  STATUS_LABELS,
} from './columns.ts';
import { type RowReport, rowFault, type TableRow, vietnameseNumber } from './table-row.ts';

/** What a row wants, each cell understood on its own. */
export type RowWish = {
  row: number;
  topic: string;
  name: string | null;
  label: string | null;
  group: ArticleGroup | null;
  facet: Facet | null;
  question: string | null;
  answer: string | null;
  status: RevisionStatus;
  source: string | null;
  verified: boolean | null;
  revision: number | null;
  /** What the person should know all the same. */
  notes: string[];
};

/** In characters. Texts: the limits of `domain/topic.ts`; choices: more than any of them has. */
const LONGEST: Record<ColumnKey, number> = {
  topic: 80,
  name: 1200,
  label: 20,
  question: 300,
  answer: 4000,
  source: 300,
  facet: 60,
  group: 60,
  status: 60,
  verified: 60,
  revision: 60,
};

/** A day in a spreadsheet is a number such as 46348; "113" is a question. */
const BARE_NUMBER = /^\d{5,}([.,]\d+)?$/;

/** Understands a row, or says everything that is wrong with it; `known` are the ids in the store. */
export function parseRow(row: TableRow, known: ReadonlySet<string>): RowWish | RowReport {
  const { cells } = row;
  // A cell may hold megabytes: nothing else looks at one that is too long.
  const problems = lengthProblems(cells);
  if (problems.length > 0)
    return rowFault(row.row, problems.join(' '), cells.topic ? cut(cells.topic) : null);
  const read = <T>(
    key: ColumnKey,
    reader: (text: string) => T | null,
    choices: readonly string[],
  ): T | null => {
    const text = cells[key];
    if (text === undefined) return null;
    const value = reader(text);
    if (value === null) problems.push(unknownWord(key, text, choices));
    return value;
  };
  const topic = cells.topic ? topicId(cells.topic, known) : '';
  if (topic === '') problems.push('Thiếu mã chủ đề: hãy ghi mã vào cột “Mã chủ đề”.');
  const wish: RowWish = {
    row: row.row,
    topic,
    name: cells.name ?? null,
    label: cells.label ?? null,
    group: read('group', readGroup, Object.values(GROUP_LABELS)),
    facet: read('facet', readFacet, Object.values(FACET_LABELS)),
    question: cells.question?.replace(/\s+/g, ' ') ?? null,
    answer: cells.answer ?? null,
    status: read('status', readStatus, Object.values(STATUS_LABELS)) ?? 'draft',
    source: cells.source ?? null,
    verified: read('verified', readVerified, ['Có', 'Không']),
    revision: read('revision', readRevision, ['số do phần mềm ghi khi xuất, hoặc để trống']),
    notes: notesOn(cells),
  };
  problems.push(...wordingProblems(cells));
  return problems.length > 0 ? rowFault(row.row, problems.join(' '), topic || null) : wish;
}

/** A spreadsheet may have taken 1.001190 for a number: 1.00119, or 1,00119 where decimals have a comma. */
function topicId(text: string, known: ReadonlySet<string>): string {
  const id = text.toLowerCase();
  const [whole = '', decimals = ''] = id.replace(',', '.').split('.');
  const code = `${whole}.${decimals.padEnd(6, '0')}`;
  return !known.has(id) && /^\d[.,]\d{1,6}$/.test(id) && known.has(code) ? code : id;
}

function readRevision(text: string): number | null {
  return /^\d{1,6}$/.test(text) ? Number(text) : null;
}

function unknownWord(key: ColumnKey, text: string, choices: readonly string[]): string {
  const near = nearestWord(text, choices);
  const advice = near ? `có phải là “${near}” không?` : `hãy ghi ${choices.join(' / ')}.`;
  return `${headingOf(key)} “${cut(text)}” không đúng: ${advice}`;
}

function lengthProblems(cells: TableRow['cells']): string[] {
  return Object.entries(LONGEST).flatMap(([key, most]) => {
    const length = cells[key as ColumnKey]?.length ?? 0;
    if (length <= most) return [];
    const heading = headingOf(key as ColumnKey);
    return [
      `${heading} dài ${vietnameseNumber(length)} ký tự, nhiều nhất ${vietnameseNumber(most)} ký tự: hãy rút gọn.`,
    ];
  });
}

function wordingProblems({ question, answer }: TableRow['cells']): string[] {
  const problems: string[] = [];
  if (question !== undefined && foldWording(question) === '')
    problems.push(`Câu hỏi “${cut(question)}” không có chữ nào: hãy ghi câu hỏi hoặc để trống.`);
  for (const text of [question, answer])
    if (text && BARE_NUMBER.test(text))
      problems.push(
        `Ô “${text}” chỉ có một số (có thể là ngày bị Excel đổi): hãy định dạng ô là Văn bản (Text) rồi ghi lại.`,
      );
  const html = RAW_HTML.exec(answer ?? '')?.[0];
  if (html)
    problems.push(`Câu trả lời có mã HTML ${cut(html)}, không hiển thị được: hãy viết bằng văn bản thường.`);
  for (const [, name = ''] of (answer ?? '').matchAll(PLACEHOLDER)) {
    if ((CENTRE_PLACEHOLDERS as readonly string[]).includes(name)) continue;
    const near = nearestWord(name, CENTRE_PLACEHOLDERS) ?? CENTRE_PLACEHOLDERS.join('}}, {{');
    problems.push(`Câu trả lời có {{${name}}} mà phần mềm không biết: hãy dùng {{${near}}}.`);
  }
  return problems;
}

function notesOn({ question, answer, facet }: TableRow['cells']): string[] {
  const office = districtOffice(answer ?? '');
  return [
    ...(office ? [`Lưu ý: câu trả lời nhắc “${office}”, cấp này không còn từ 01/07/2025.`] : []),
    ...(question && facet && !answer
      ? ['Lưu ý: câu hỏi được thêm cho cả chủ đề, cột khía cạnh chỉ dùng cho câu trả lời.']
      : []),
  ];
}

function headingOf(key: ColumnKey): string {
  return COLUMNS.find(column => column.key === key)!.heading;
}

/** For a message of one line. */
export function cut(text: string, most = 60): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
