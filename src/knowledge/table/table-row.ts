import type { ColumnKey } from './columns.ts';

/** A row as a spreadsheet shows it: `row` counts from 1, headings and empty rows included. */
export type GridRow = { row: number; cells: string[] };

/** What a file holds, or why it cannot be read (Vietnamese, with what to do). */
export type Grid = { kind: 'grid'; rows: GridRow[]; faults: RowReport[] } | Refusal;
export type Refusal = { kind: 'refused'; message: string };

/** A row by its columns; an empty cell is left out, texts are NFC, trimmed, with `\n` between lines. */
export type TableRow = { row: number; cells: Partial<Record<ColumnKey, string>> };
export type Table = { kind: 'table'; rows: TableRow[]; faults: RowReport[]; notes: string[] } | Refusal;

/** What an import does with a row; a `conflict` or a `fault` keeps the whole file from being imported. */
export type RowKind = 'new' | 'changed' | 'unchanged' | 'conflict' | 'fault';
export type RowReport = {
  row: number;
  kind: RowKind;
  /** The topic's id, where the row names one. */
  topic: string | null;
  /** Vietnamese: what happens, or what is wrong and what to do. */
  message: string;
};

/** What is imported at most: `rows` with content, file sizes in bytes. */
export const TABLE_LIMITS = {
  rows: 50_000,
  rowsOfTopic: 2_000,
  csvBytes: 20 * 1024 * 1024,
  xlsxBytes: 10 * 1024 * 1024,
  /** All parts of an .xlsx that are read, unpacked. */
  unpackedBytes: 100 * 1024 * 1024,
} as const;

/** `50.000`, as numbers are written in Vietnam. */
export function vietnameseNumber(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '.');
}

export function refused(message: string): Refusal {
  return { kind: 'refused', message };
}

export function rowFault(row: number, message: string, topic: string | null = null): RowReport {
  return { row, kind: 'fault', topic, message };
}

/** A comparable text: NFC, plain line ends and spaces, without invisible characters, trimmed. */
export function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/\u00a0/g, ' ')
    .replace(/[\u200b\u2060\ufeff]/g, '')
    .trim();
}
