import { nearestWord } from '../nearest-word.ts';
import { COLUMNS, type ColumnKey, readHeading } from './columns.ts';
import { restoreText } from './formula-guard.ts';
import {
  cleanText,
  type Grid,
  type GridRow,
  type RowReport,
  refused,
  rowFault,
  TABLE_LIMITS,
  type Table,
  type TableRow,
  vietnameseNumber,
} from './table-row.ts';

const COMMENT = '#';
/** In characters; a whole file may stand in one cell after an open quote. */
const LONGEST_HEADING = 200;

/** Finds the headings and gives each row by its columns; empty rows and rows that begin with `#` are left out. */
export function gridToTable(grid: Grid): Table {
  if (grid.kind === 'refused') return grid;
  const [heading, ...rows] = grid.rows.filter(isContent);
  if (!heading) return refused('Tệp trống: không có dòng tiêu đề và không có dữ liệu.');
  if (heading.cells.some(cell => cell.length > LONGEST_HEADING))
    return refused(`Dòng ${heading.row} không phải là dòng tiêu đề: hãy để tên các cột ở dòng đầu tiên.`);
  const columns = heading.cells.map(cell => readHeading(cell));
  const problem = headingProblem(heading, columns);
  if (problem) return refused(problem);
  if (rows.length === 0 && grid.faults.length === 0)
    return refused('Tệp chỉ có dòng tiêu đề: hãy thêm dữ liệu dưới dòng tiêu đề.');
  if (rows.length > TABLE_LIMITS.rows) return refused(tooManyRows());
  const faulty = new Set(grid.faults.map(({ row }) => row));
  const read = rows.filter(({ row }) => !faulty.has(row)).map(row => readRow(row, columns, heading));
  return {
    kind: 'table',
    rows: read.flatMap(({ row }) => row ?? []),
    faults: [...grid.faults, ...read.flatMap(({ fault }) => fault ?? [])],
    notes: heading.cells
      .filter((cell, index) => columns[index] === null && cell.trim() !== '')
      .map(cell => `Cột “${cell.trim()}” không thuộc mẫu nên không được đọc.`),
  };
}

export function tooManyRows(): string {
  const most = vietnameseNumber(TABLE_LIMITS.rows);
  return `Tệp có hơn ${most} dòng dữ liệu, mỗi lần nhập nhiều nhất ${most} dòng: hãy chia thành nhiều tệp.`;
}

function isContent({ cells }: GridRow): boolean {
  const first = cells.find(cell => cell.trim() !== '');
  return first !== undefined && !cells[0]?.trim().startsWith(COMMENT);
}

function headingProblem({ cells, row }: GridRow, columns: (ColumnKey | null)[]): string | null {
  const doubled = COLUMNS.filter(({ key }) => columns.filter(column => column === key).length > 1);
  if (doubled.length > 0)
    return `Dòng tiêu đề (dòng ${row}) có cột trùng: ${list(doubled)}. Mỗi cột chỉ để một lần.`;
  const missing = COLUMNS.filter(({ key, required }) => required && !columns.includes(key));
  if (missing.length === 0) return null;
  if (cells.some(isGarbled)) return `Dòng tiêu đề (dòng ${row}) bị hỏng dấu tiếng Việt. ${SAVE_AS_UTF8}`;
  const unknown = cells.filter((cell, index) => cell.trim() !== '' && columns[index] === null);
  const hints = unknown.flatMap(cell => {
    const near = nearestWord(
      cell.trim(),
      missing.map(({ heading }) => heading),
    );
    return near ? [`“${cell.trim()}” có phải là “${near}” không?`] : [];
  });
  return [
    `Dòng tiêu đề (dòng ${row}) thiếu cột: ${list(missing)}.`,
    ...hints,
    'Tạo tệp mẫu bằng lệnh "npm run knowledge -- template mau.xlsx" để xem tên các cột.',
  ].join(' ');
}

export const SAVE_AS_UTF8 =
  'Hãy mở tệp gốc trong Excel và lưu lại dạng “CSV UTF-8 (Comma delimited)” hoặc “Excel Workbook (.xlsx)”, dùng phông chữ Unicode.';

/** A character that was lost, or UTF-8 that was read as Latin-1: "CÃ¢u há»i", "C�u h?i". */
function isGarbled(cell: string): boolean {
  return /\ufffd|\p{L}\?\p{L}|[ÃÄÆ][\u0080-\u00bf\u2018-\u203a]|á[º»]/u.test(cell);
}

function list(columns: readonly { heading: string }[]): string {
  return columns.map(({ heading }) => `“${heading}”`).join(', ');
}

function readRow(
  { row, cells }: GridRow,
  columns: (ColumnKey | null)[],
  heading: GridRow,
): { row?: TableRow; fault?: RowReport } {
  const beyond = cells.findIndex((cell, index) => index >= heading.cells.length && cell.trim() !== '');
  if (beyond >= 0)
    return {
      fault: rowFault(
        row,
        'Dòng có nhiều ô hơn dòng tiêu đề: trong tệp CSV, đặt câu có dấu phân cách trong dấu nháy kép; trong Excel, xoá ô thừa bên phải.',
      ),
    };
  const read: TableRow['cells'] = {};
  columns.forEach((key, index) => {
    const text = cleanText(restoreText(cells[index] ?? ''));
    if (key && text !== '') read[key] = text;
  });
  if (Object.values(read).some(text => text.includes('\ufffd')))
    return { fault: rowFault(row, `Dòng có ký tự bị hỏng (�). ${SAVE_AS_UTF8}`) };
  return Object.keys(read).length > 0 ? { row: { row, cells: read } } : {};
}
