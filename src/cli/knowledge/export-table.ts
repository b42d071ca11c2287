import { AppError } from '../../errors.ts';
import { exportRows } from '../../knowledge/table/export-rows.ts';
import { formatOf, type TableFormat } from '../../knowledge/table/read-table.ts';
import { vietnameseNumber } from '../../knowledge/table/table-row.ts';
import { writeTable } from '../../knowledge/table/write-table.ts';
import { readRecords } from '../../stores/lowdb/lowdb-store.ts';
import { usageError } from '../run-command.ts';

type Options = { directory: string; csv?: string; xlsx?: string; json?: boolean };

/** `knowledge export --csv FILE | --xlsx FILE`: takes no lock and writes nothing to the data directory. */
export async function exportTable({ directory, csv, xlsx, json }: Options): Promise<void> {
  const files = [tableFile(csv, 'csv'), tableFile(xlsx, 'xlsx')].flatMap(file => file ?? []);
  const records = await readRecords(directory);
  if (records.length === 0)
    throw new AppError('config-invalid', `${directory} holds no knowledge: start the product once`);
  const rows = exportRows(records);
  for (const { file, format } of files) {
    await writeTable(file, format, rows);
    const report = { file, topics: records.length, rows: rows.length - 1 };
    const text = `Đã xuất ${vietnameseNumber(report.rows)} dòng của ${vietnameseNumber(report.topics)} chủ đề ra ${file}.`;
    process.stdout.write(`${json ? JSON.stringify(report) : text}\n`);
  }
}

/** An import tells the formats apart by the name, so the name must say the truth. */
function tableFile(file: string | undefined, format: TableFormat) {
  if (!file) return null;
  if (formatOf(file) !== format) throw usageError(`--${format} writes a .${format} file: name it so`);
  return { file, format };
}
