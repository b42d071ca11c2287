import { usageError } from '../run-command.ts';

export type CsvRow<Column extends string> = Record<Column, string>;

/**
 * The named columns of a CSV file whose first line names them (RFC 4180: quoted fields may hold commas, quotes and
 * line breaks).
 * @throws UsageError when a column is not there or a quote is not closed.
 */
export function parseCsv<Column extends string>(
  content: string,
  columns: readonly Column[],
  file: string,
): CsvRow<Column>[] {
  const [header = [], ...records] = readRecords(content.replace(/^\uFEFF/, ''), file);
  const places = columns.map(column => header.indexOf(column));
  const missing = columns.filter((_, i) => places[i] === -1);
  if (missing.length > 0) throw usageError(`${file} has no column ${missing.join(', ')} in its first line`);
  return records.map(
    record =>
      Object.fromEntries(
        columns.map((column, i) => [column, record[places[i] ?? -1] ?? '']),
      ) as CsvRow<Column>,
  );
}

/** A field with what ends it: a quoted one, or one without quotes; then a comma or the end of the line. */
const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;

function readRecords(content: string, file: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < content.length) {
    const at = FIELD.lastIndex;
    const [, quoted, plain = '', end = ''] = FIELD.exec(content) ?? [];
    if (FIELD.lastIndex <= at)
      throw usageError(`${file}: a quote is out of place near "${content.slice(at, at + 40)}"`);
    record.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    records.push(record);
    record = [];
  }
  // The last line may end in a comma, and the file with it.
  if (record.length > 0) records.push([...record, '']);
  return records.filter(fields => fields.some(field => field !== ''));
}
