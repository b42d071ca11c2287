import Papa from 'papaparse';
import { readHeading } from './columns.ts';
import { neutraliseFormula } from './formula-guard.ts';
import { SAVE_AS_UTF8, tooManyRows } from './grid-to-table.ts';
import { type Grid, type GridRow, type RowReport, refused, rowFault, TABLE_LIMITS } from './table-row.ts';

const BOM = '\ufeff';
const DELIMITERS = [',', ';', '\t'] as const;
/** Rows that may stand beside the data: comments, empty rows, headings. */
const SPARE_ROWS = 10_000;
/** In characters: where the headings are looked for. An open quote makes one cell of a whole file. */
const HEADING_PART = 20_000;
/** Further right nothing is read; what stands there is reported as beyond the headings. */
const LAST_CELL = 100;

/** Reads a CSV file: UTF-8 with or without BOM; comma, semicolon or tab. Row numbers are a spreadsheet's. */
export function readCsv(bytes: Uint8Array): Grid {
  const text = decode(bytes);
  if (typeof text !== 'string') return text;
  const { data, errors, meta } = Papa.parse<string[]>(text, {
    delimiter: delimiterOf(text),
    preview: TABLE_LIMITS.rows + SPARE_ROWS,
  });
  if (meta.truncated) return refused(tooManyRows());
  const rows = data.map((cells, index) => ({ row: index + 1, cells: cells.slice(0, LAST_CELL) }));
  return { kind: 'grid', rows, faults: [...quoteFaults(errors), ...rows.flatMap(formulaFaults)] };
}

/** With a BOM, without which Excel takes the file for Windows-1258. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  const cells = rows.map(row => row.map(neutraliseFormula));
  return `${BOM}${Papa.unparse(cells, { newline: '\r\n' })}\r\n`;
}

function decode(bytes: Uint8Array): string | ReturnType<typeof refused> {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    return refused('Tệp này là tệp Excel chứ không phải CSV: hãy đổi đuôi tệp thành .xlsx.');
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16 || bytes.subarray(0, 4096).includes(0))
    return refused(
      `Tệp được lưu bằng bảng mã UTF-16 (“Unicode Text”) hoặc không phải tệp văn bản. ${SAVE_AS_UTF8}`,
    );
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refused(
      `Tệp không được lưu bằng bảng mã UTF-8 (có thể là Windows-1258, TCVN3 hoặc VNI). ${SAVE_AS_UTF8}`,
    );
  }
}

/** The one under which the most headings are known: an answer's commas would mislead a count of separators. */
function delimiterOf(text: string): string {
  const part = text.slice(0, HEADING_PART);
  const known = (delimiter: string) =>
    Math.max(
      0,
      ...Papa.parse<string[]>(part, { delimiter }).data.map(
        cells => cells.slice(0, LAST_CELL).filter(cell => readHeading(cell)).length,
      ),
    );
  return DELIMITERS.map(delimiter => ({ delimiter, count: known(delimiter) })).reduce((best, next) =>
    next.count > best.count ? next : best,
  ).delimiter;
}

function quoteFaults(errors: readonly Papa.ParseError[]): RowReport[] {
  return errors
    .filter(({ type }) => type === 'Quotes')
    .map(({ row = 0 }) =>
      rowFault(
        row + 1,
        'Dấu nháy kép trong dòng này không có cặp: trong ô có dấu nháy kép, viết hai dấu liền nhau ("").',
      ),
    );
}

/** "-" and "+" begin a list or a telephone number as well; "=" is a formula that nobody wrote as a text. */
function formulaFaults({ row, cells }: GridRow): RowReport[] {
  if (!cells.some(cell => cell.trimStart().startsWith('='))) return [];
  return [
    rowFault(
      row,
      "Có ô chứa công thức (bắt đầu bằng dấu =): thay bằng văn bản, hoặc đặt dấu nháy đơn (') trước dấu =.",
    ),
  ];
}
