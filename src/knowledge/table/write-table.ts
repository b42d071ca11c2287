import { writeFile } from 'node:fs/promises';
import { AppError } from '../../errors.ts';
import { writeCsv } from './csv.ts';
import type { TableFormat } from './read-table.ts';
import { guideRows } from './table-guide.ts';

/**
 * Writes rows, headings first, as a file that a spreadsheet opens. An .xlsx gets the guide as its second sheet.
 * @throws AppError `config-invalid` when the file cannot be written.
 */
export async function writeTable(
  file: string,
  format: TableFormat,
  rows: readonly string[][],
): Promise<void> {
  const content = format === 'csv' ? writeCsv(rows) : await xlsx(rows);
  try {
    await writeFile(file, content);
  } catch (cause) {
    throw new AppError(
      'config-invalid',
      `Không ghi được tệp ${file}: hãy đóng tệp nếu đang mở trong Excel, kiểm tra thư mục và quyền ghi.`,
      { cause },
    );
  }
}

async function xlsx(rows: readonly string[][]): Promise<Uint8Array> {
  const { writeXlsx } = await import('./xlsx-write.ts');
  return writeXlsx(rows, guideRows());
}
