import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { AppError } from '../../errors.ts';

/** A field's text in Unicode's usual form; "Không có thông tin" is no text. */
const field = z
  .string()
  .nullish()
  .transform(value => {
    const text = (value ?? '').normalize('NFC').trim();
    return /^(Không có thông tin|Không)\.?$/.test(text) ? '' : text;
  });

/** One procedure of the national catalogue, as far as it is used; field names are the catalogue's. */
export const recordSchema = z.object({
  ma_thu_tuc: z.string().regex(/^\d\.\d{6}$/, 'a code looks like 1.001193'),
  ten_thu_tuc: field.refine(text => text !== '', 'there is no title'),
  detail_url: field,
  so_quyet_dinh: field,
  linh_vuc: field,
  cap_thuc_hien: field,
  doi_tuong_thuc_hien: field,
  co_quan_thuc_hien: field,
  trinh_tu_thuc_hien: field,
  cach_thuc_thuc_hien: field,
  thanh_phan_ho_so: field,
  can_cu_phap_ly: field,
  yeu_cau_dieu_kien: field,
  ket_qua_xu_ly: field,
});
export type CatalogueRecord = z.infer<typeof recordSchema>;

/** A line of the file: a record, or what is wrong with it. */
export type CatalogueLine = { line: number; bytes: number } & (
  | { record: CatalogueRecord; fault?: undefined }
  | { record?: undefined; fault: string }
);

/**
 * The lines of a catalogue file (JSON lines), empty ones left out, read as a stream.
 * @throws AppError `config-invalid` when the file cannot be read
 */
export async function* readCatalogueLines(file: string): AsyncGenerator<CatalogueLine> {
  let line = 0;
  try {
    for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
      line += 1;
      if (text.trim() !== '') yield { line, bytes: Buffer.byteLength(text) + 1, ...parseLine(text) };
    }
  } catch (cause) {
    throw new AppError(
      'config-invalid',
      `${file} cannot be read as a catalogue: one JSON procedure per line`,
      { cause },
    );
  }
}

/**
 * The wanted procedures of a catalogue file, by their code.
 * @throws AppError `config-invalid` when the file cannot be read, naming the line that is wrong.
 */
export async function readCatalogue(
  file: string,
  codes: ReadonlySet<string>,
): Promise<ReadonlyMap<string, CatalogueRecord>> {
  const found = new Map<string, CatalogueRecord>();
  for await (const { line, record, fault } of readCatalogueLines(file)) {
    if (fault !== undefined)
      throw new AppError('config-invalid', `${file}:${line} is not a procedure of the catalogue: ${fault}`);
    if (codes.has(record.ma_thu_tuc)) found.set(record.ma_thu_tuc, record);
  }
  return found;
}

function parseLine(text: string): { record: CatalogueRecord } | { fault: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: 'the line is not JSON' };
  }
  const parsed = recordSchema.safeParse(value);
  if (parsed.success) return { record: parsed.data };
  const [issue] = parsed.error.issues;
  return { fault: `${issue?.path.join('.') || 'the line'}: ${issue?.message}` };
}
