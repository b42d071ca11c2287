import { strFromU8, type Unzipped, unzipSync } from 'fflate';
import { Parser } from 'saxen';
import { foldWording } from '../fold-wording.ts';
import { tooManyRows } from './grid-to-table.ts';
import { type Grid, type RowReport, refused, rowFault, TABLE_LIMITS } from './table-row.ts';
import { SHEET_NAME } from './xlsx-write.ts';

/**
 * Reads the sheet of an .xlsx file cell by cell. Our own reader, because the libraries give values only: a formula
 * arrives as its last result, merged cells as empty ones, and a sheet is held whole before its rows are counted.
 * Shapes: ECMA-376 part 1, 18.3 (worksheets) and 18.4 (shared strings).
 */
export function readXlsx(bytes: Uint8Array): Grid {
  const notXlsx = otherFormat(bytes);
  if (notXlsx) return refused(notXlsx);
  try {
    return readBook(bytes);
  } catch (error) {
    if (error instanceof TooBig) return refused(error.message);
    return refused('Tệp .xlsx bị hỏng, không đọc được: hãy mở bằng Excel và lưu lại thành tệp mới.');
  }
}

class TooBig extends Error {}

const BOOK = 'xl/workbook.xml';
const RELATIONS = 'xl/_rels/workbook.xml.rels';
const STRINGS = 'xl/sharedStrings.xml';
/** Further right nothing is read; what stands there is reported as beyond the headings. */
const LAST_COLUMN = 100;

function otherFormat([a, b]: Uint8Array): string | null {
  if (a === 0x50 && b === 0x4b) return null;
  if (a === 0xd0 && b === 0xcf)
    return 'Tệp là dạng Excel cũ (.xls) hoặc có đặt mật khẩu: hãy bỏ mật khẩu và lưu lại dạng “Excel Workbook (.xlsx)”.';
  return 'Tệp không phải là tệp Excel .xlsx: hãy lưu lại dạng “Excel Workbook (.xlsx)”, hoặc đổi đuôi thành .csv nếu là tệp CSV.';
}

function readBook(bytes: Uint8Array): Grid {
  const book = unpack(bytes, [BOOK, RELATIONS]);
  const path = sheetPath(book);
  if (!path)
    return refused('Tệp không có trang tính nào đọc được: hãy lưu lại dạng “Excel Workbook (.xlsx)”.');
  const parts = unpack(bytes, [path, STRINGS]);
  const sheet = parts[path];
  if (!sheet)
    return refused('Tệp không có trang tính nào đọc được: hãy lưu lại dạng “Excel Workbook (.xlsx)”.');
  const strings = parts[STRINGS] ? readStrings(strFromU8(parts[STRINGS])) : [];
  return readSheet(strFromU8(sheet), strings);
}

/** fflate never writes more than the size that the archive declares, so that size is what is limited. */
function unpack(bytes: Uint8Array, names: readonly string[]): Unzipped {
  let total = 0;
  return unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (!names.includes(name)) return false;
      total += originalSize;
      if (total > TABLE_LIMITS.unpackedBytes)
        throw new TooBig(
          `Tệp .xlsx khi giải nén lớn hơn ${TABLE_LIMITS.unpackedBytes / 1024 / 1024} MB nên không được đọc: hãy chép riêng phần dữ liệu sang tệp mới.`,
        );
      return true;
    },
  });
}

/** The sheet that an export or the template names, otherwise the first one. */
function sheetPath(book: Unzipped): string | null {
  const sheets: { name: string; id: string }[] = [];
  const targets = new Map<string, string>();
  walk(book[BOOK], (tag, attributes) => {
    if (tag === 'sheet') sheets.push({ name: attributes.name ?? '', id: attributes['r:id'] ?? '' });
  });
  walk(book[RELATIONS], (tag, attributes) => {
    if (tag === 'Relationship') targets.set(attributes.Id ?? '', attributes.Target ?? '');
  });
  const sheet = sheets.find(({ name }) => foldWording(name) === foldWording(SHEET_NAME)) ?? sheets[0];
  const target = sheet && targets.get(sheet.id);
  if (!target) return null;
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

function walk(part: Uint8Array | undefined, open: (tag: string, attributes: Record<string, string>) => void) {
  if (part) parseXml(strFromU8(part), { open });
}

function readStrings(xml: string): string[] {
  const strings: string[] = [];
  let text = '';
  let phonetic = false;
  parseXml(xml, {
    open: tag => {
      if (tag === 'si') text = '';
      if (tag === 'rPh') phonetic = true;
    },
    text: (value, tag) => {
      if (tag === 't' && !phonetic) text += value;
    },
    close: tag => {
      if (tag === 'rPh') phonetic = false;
      if (tag === 'si') strings.push(unescapeText(text));
    },
  });
  return strings;
}

type Cell = { at: string; column: number; type: string; value: string; inline: string; formula: boolean };

function readSheet(xml: string, strings: readonly string[]): Grid {
  const rows = new Map<number, string[]>();
  const faults: RowReport[] = [];
  let row = 0;
  let column = -1;
  let cell: Cell | null = null;

  parseXml(xml, {
    open: (tag, attributes) => {
      if (tag === 'row') {
        row = Number(attributes.r ?? row + 1);
        column = -1;
      } else if (tag === 'c') {
        column = attributes.r ? columnOf(attributes.r) : column + 1;
        const at = attributes.r ?? `${columnName(column)}${row}`;
        cell = { at, column, type: attributes.t ?? 'n', value: '', inline: '', formula: false };
      } else if (tag === 'f' && cell) cell.formula = true;
      else if (tag === 'mergeCell') faults.push(mergeFault(attributes.ref ?? ''));
    },
    text: (value, tag) => {
      if (tag === 'v' && cell) cell.value += value;
      if (tag === 't' && cell) cell.inline += value;
    },
    close: tag => {
      if (tag !== 'c' || !cell) return;
      const text = cellText(cell, strings);
      if (typeof text !== 'string') faults.push(rowFault(row, text.fault));
      else if (text !== '') put(rows, row, Math.min(cell.column, LAST_COLUMN), text);
      cell = null;
    },
  });
  return {
    kind: 'grid',
    rows: [...rows].sort(([a], [b]) => a - b).map(([number, cells]) => ({ row: number, cells })),
    faults,
  };
}

function put(rows: Map<number, string[]>, row: number, column: number, text: string): void {
  const cells = rows.get(row) ?? [];
  if (cells.length === 0) rows.set(row, cells);
  // Comments and headings are few: whoever goes beyond has more data than is taken anyway.
  if (rows.size > TABLE_LIMITS.rows * 1.2) throw new TooBig(tooManyRows());
  while (cells.length <= column) cells.push('');
  cells[column] = text;
}

function cellText(
  { at, type, value, inline, formula }: Cell,
  strings: readonly string[],
): string | { fault: string } {
  if (formula)
    return {
      fault: `Ô ${at} là ô chứa công thức: chép ô rồi dán lại bằng “Dán giá trị” (Paste Special → Values).`,
    };
  switch (type) {
    case 's':
      return strings[Number(value)] ?? '';
    case 'inlineStr':
      return unescapeText(inline);
    case 'e':
      return { fault: `Ô ${at} chứa lỗi ${value}: hãy sửa hoặc xoá nội dung ô.` };
    case 'b':
      return value === '1' ? 'Có' : 'Không';
    case 'n':
      // The file holds 1.0011929999999999 where 1.001193 was typed.
      return value === '' ? '' : String(Number(Number(value).toPrecision(15)));
    default:
      return unescapeText(value);
  }
}

function mergeFault(ref: string): RowReport {
  const row = Number(/\d+/.exec(ref)?.[0] ?? 0);
  return rowFault(
    row,
    `Các ô ${ref} đang gộp: hãy bỏ gộp (Merge & Center → Unmerge Cells) và ghi đủ nội dung vào từng dòng.`,
  );
}

/** Characters that XML cannot hold are written `_x000D_`. */
function unescapeText(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function columnOf(at: string): number {
  let column = 0;
  for (const letter of /^[A-Z]+/.exec(at)?.[0] ?? 'A') column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

function columnName(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? columnName(rest - 1) : '') + String.fromCharCode(65 + (column % 26));
}

type Handlers = {
  open?: (tag: string, attributes: Record<string, string>) => void;
  /** With the innermost open tag. */
  text?: (value: string, tag: string) => void;
  close?: (tag: string) => void;
};

/** Tags come without their prefix: some writers put one before every tag. @throws at broken XML. */
function parseXml(xml: string, { open, text, close }: Handlers): void {
  const path: string[] = [];
  const plain = (name: string) => name.slice(name.indexOf(':') + 1);
  let failed: Error | null = null;
  new Parser()
    .on('openTag', (name, attributes, decode) => {
      path.push(plain(name));
      const found = open ? attributes() : {};
      open?.(
        plain(name),
        Object.fromEntries(Object.entries(found).map(([key, value]) => [key, decode(value)])),
      );
    })
    .on('text', (value, decode) => text?.(decode(value), path.at(-1) ?? ''))
    .on('cdata', value => text?.(value, path.at(-1) ?? ''))
    .on('closeTag', name => {
      path.pop();
      close?.(plain(name));
    })
    .on('error', error => {
      failed ??= error;
    })
    .parse(xml);
  if (failed) throw failed;
}
