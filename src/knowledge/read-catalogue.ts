import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { AppError } from '../errors.ts';

/** One procedure of the national catalogue, as far as it is compared; field names are the catalogue's. */
const recordSchema = z.object({
  ma_thu_tuc: z.string(),
  ten_thu_tuc: z.string(),
  detail_url: z.string().default(''),
  cap_thuc_hien: z.string().nullish(),
  cach_thuc_thuc_hien: z.string().nullish(),
  can_cu_phap_ly: z.string().nullish(),
});
export type CatalogueRecord = z.infer<typeof recordSchema>;

/**
 * Reads the wanted procedures of a catalogue file (JSON lines), by their code.
 * @throws AppError `config-invalid` when the file cannot be read, naming the line that is wrong.
 */
export async function readCatalogue(
  file: string,
  codes: ReadonlySet<string>,
): Promise<ReadonlyMap<string, CatalogueRecord>> {
  const found = new Map<string, CatalogueRecord>();
  let line = 0;
  try {
    for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
      line += 1;
      if (text.trim() === '') continue;
      const record = recordSchema.parse(JSON.parse(text));
      if (codes.has(record.ma_thu_tuc)) found.set(record.ma_thu_tuc, record);
    }
  } catch (cause) {
    const where = line > 0 ? `${file}:${line}` : file;
    throw new AppError(
      'config-invalid',
      `${where} cannot be read as a catalogue: one JSON procedure per line`,
      {
        cause,
      },
    );
  }
  return found;
}
