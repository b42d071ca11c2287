import { formatOf } from '../../knowledge/table/read-table.ts';
import { templateRows } from '../../knowledge/table/table-guide.ts';
import { writeTable } from '../../knowledge/table/write-table.ts';
import { usageError } from '../run-command.ts';

/** `knowledge template FILE`: the headings, and what they mean. */
export async function writeTemplate(file: string): Promise<void> {
  const format = formatOf(file);
  if (!format) throw usageError('name a file that ends in .csv or .xlsx');
  await writeTable(file, format, templateRows(format));
  process.stdout.write(`Đã tạo tệp mẫu ${file}\n`);
}
