import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { AppError } from '../../errors.ts';
import { readCsv } from './csv.ts';
import { gridToTable } from './grid-to-table.ts';
import { refused, TABLE_LIMITS, type Table } from './table-row.ts';

/** The kinds of file that a table may be in. */
export type TableFormat = 'csv' | 'xlsx';

/** By the file's name, or null. */
export function formatOf(file: string): TableFormat | null {
  const extension = extname(file).toLowerCase();
  return extension === '.csv' ? 'csv' : extension === '.xlsx' ? 'xlsx' : null;
}

/**
 * Reads a table that staff filled. What is wrong with the file as a whole is told in the outcome (Vietnamese).
 * @throws AppError `config-invalid` when there is no such file or it cannot be opened.
 */
export async function readTable(file: string): Promise<Table> {
  const format = formatOf(file);
  if (!format)
    return refused('Chỉ nhập được tệp .csv hoặc .xlsx: hãy lưu lại dạng “CSV UTF-8” hoặc “Excel Workbook”.');
  const bytes = await readAtMost(file, format === 'csv' ? TABLE_LIMITS.csvBytes : TABLE_LIMITS.xlsxBytes);
  if (!(bytes instanceof Uint8Array)) return bytes;
  if (bytes.length === 0) return refused('Tệp trống: không có dòng tiêu đề và không có dữ liệu.');
  if (format === 'csv') return gridToTable(readCsv(bytes));
  // Only one of the two formats needs its libraries.
  const { readXlsx } = await import('./xlsx-read.ts');
  return gridToTable(readXlsx(bytes));
}

/** The size is asked before anything is read. */
async function readAtMost(file: string, most: number) {
  const handle = await openFile(file);
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) return refused('Đây không phải là một tệp: hãy chỉ đúng tệp .csv hoặc .xlsx.');
    if (stat.size > most)
      return refused(
        `Tệp lớn hơn ${most / 1024 / 1024} MB nên không được đọc: hãy chia thành nhiều tệp nhỏ hơn.`,
      );
    return new Uint8Array(await handle.readFile());
  } finally {
    await handle.close();
  }
}

async function openFile(file: string) {
  try {
    return await open(file, 'r');
  } catch (cause) {
    throw new AppError('config-invalid', `Không mở được tệp ${file}: hãy kiểm tra tên tệp và quyền đọc.`, {
      cause,
    });
  }
}
