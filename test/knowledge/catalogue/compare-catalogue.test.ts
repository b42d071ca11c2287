import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Facts, procedureSchema } from '../../../src/domain/topic.ts';
import { compareWithCatalogue } from '../../../src/knowledge/catalogue/compare-catalogue.ts';
import {
  type CatalogueRecord,
  readCatalogue,
  recordSchema,
} from '../../../src/knowledge/catalogue/read-catalogue.ts';
import { emptyFolder } from '../../fixtures/intents-folder.ts';

const HEAD = 'Hình thức nộpThời gianPhí, lệ phíMô tả';
const URL = 'https://dichvucong.gov.vn/thu-tuc-hanh-chinh/khai-sinh';

const RECORD: CatalogueRecord = recordSchema.parse({
  ma_thu_tuc: '1.001193',
  ten_thu_tuc: 'Thủ tục đăng ký khai sinh',
  detail_url: URL,
  cap_thuc_hien: 'Cấp xã',
  cach_thuc_thuc_hien: `${HEAD}Trực tuyến3 Ngày làm việcMiễn phíTrực tiếp3 Ngày làm việcMiễn phí`,
  can_cu_phap_ly: 'Nghị định số 123/2015/NĐ-CP về hộ tịch123/2015/NĐ-CP',
});

const FACTS = {
  level: { value: ['commune'] },
  fees: { value: [{ amount: 0, for: 'mọi trường hợp', channel: 'any' }] },
  time: { value: { value: 3, unit: 'working-day' } },
  legal: { value: [{ number: '123/2015/NĐ-CP' }] },
  url: URL,
} satisfies Partial<Facts>;

/** What is said of a procedure with these facts beside a catalogue record with these fields. */
function differences(
  record: Partial<CatalogueRecord>,
  facts: Partial<Facts> = {},
  name = RECORD.ten_thu_tuc,
) {
  const evidence = { source: 'a', checkedOn: '2026-11-21', verified: true };
  const procedure = procedureSchema.parse({
    ...{ kind: 'procedure', id: '1.001193', code: '1.001193', name, label: 'Khai sinh', field: 'ho-tich' },
    phrases: ['khai sinh'],
    facts: { evidence, ...FACTS, ...facts },
  });
  const catalogue = new Map([['1.001193', { ...RECORD, ...record }]]);
  return compareWithCatalogue([procedure], catalogue).map(({ part, message }) => `${part}: ${message}`);
}

const howToSubmit = (rows: string) => ({ cach_thuc_thuc_hien: HEAD + rows });

describe('beside the national catalogue', () => {
  it('an equal record has no difference, whatever its spaces and its form of accents', () => {
    expect(differences({}, {}, 'Thủ  tục đăng ký khai sinh '.normalize('NFD'))).toEqual([]);
  });

  it('a code that the catalogue lacks is said', () => {
    expect(differences({ ma_thu_tuc: '1.001193' })).toEqual([]);
    const procedure = procedureSchema.parse({
      ...{ kind: 'procedure', id: 'x1', code: '9.999999', name: 'a', label: 'a', field: 'a', phrases: ['a'] },
      facts: { evidence: { source: 'a', checkedOn: '2026-11-21', verified: true } },
    });
    expect(compareWithCatalogue([procedure], new Map())).toEqual([
      {
        id: 'x1',
        label: 'a',
        part: 'code',
        message: 'the catalogue has no procedure 9.999999',
        accepted: null,
      },
    ]);
  });

  it('name, level and address are compared', () => {
    const other = {
      ten_thu_tuc: 'Đăng ký lại khai sinh',
      cap_thuc_hien: 'Cấp tỉnh, Cấp xã',
      detail_url: `${URL}-2`,
    };
    expect(differences(other)).toEqual([
      'name: the catalogue\'s title is "Đăng ký lại khai sinh"',
      'level: the catalogue has province, commune, the record commune',
      `url: the catalogue has ${URL}-2, the record ${URL}`,
    ]);
  });

  it('legal numbers are found between titles that touch them', () => {
    const can_cu_phap_ly =
      'Luật Doanh nghiệp 202076/2025/QH1559/2020/QH14Thông tư số 04/2020/TT-BTPThông tư 123/2015/NĐ-CP66.7/2025/NQ-CPNghị quyết';
    const legal = { value: [{ number: '123/2015/NĐ-CP' }, { number: '4/2020/TT-BTP' }] };
    expect(differences({ can_cu_phap_ly }, { legal })).toEqual([
      'legal: the catalogue also names 76/2025/QH15, 59/2020/QH14, 66.7/2025/NQ-CP',
    ]);
  });

  it('a plain fee and a plain time are compared', () => {
    const rows =
      'Trực tuyến5 Ngày làm việc7,000 Việt Nam Đồng(một lần)Trực tiếp5 Ngày làm việc15,000 Việt Nam Đồng';
    expect(differences(howToSubmit(rows))).toEqual([
      'fee: the catalogue has 7000, 15000 đồng, the record 0',
      'time: the catalogue has 5 working-day, the record 3 working-day',
    ]);
  });

  it.each([
    [
      '"Miễn phí" beside a text that names a fee',
      'Trực tiếp3 Ngày làm việcMiễn phí(Lệ phí: 135.000 đồng/lần)',
    ],
    ['an amount under 1.000 đồng', 'Trực tiếp3 Ngày làm việc8 Việt Nam Đồng(một bản)'],
    ['a time without a unit, glued to the fee', 'Trực tiếp135,000 Việt Nam Đồng'],
    [
      'times that differ by channel, free of charge',
      'Trực tuyến3 Ngày làm việcMiễn phíTrực tiếp22 NgàyMiễn phí',
    ],
  ])('%s is not compared', (_name, rows) => {
    expect(differences(howToSubmit(rows))).toEqual([]);
  });

  it('a fee that the province sets is not compared', () => {
    const fees = { value: [{ amount: 'province' as const, for: 'quá hạn', channel: 'any' as const }] };
    expect(differences({}, { fees })).toEqual([]);
  });
});

describe('the catalogue file', () => {
  it('is read line by line for the wanted codes', async () => {
    const file = join(await emptyFolder(), 'catalogue.jsonl');
    const other = { ...RECORD, ma_thu_tuc: '2.000806', raw_text: 'dài' };
    await writeFile(file, `${JSON.stringify(RECORD)}\n\n${JSON.stringify(other)}\n`);
    expect([...(await readCatalogue(file, new Set(['1.001193', '1.000001']))).keys()]).toEqual(['1.001193']);
  });

  it('that is broken or missing is refused with the line', async () => {
    const file = join(await emptyFolder(), 'catalogue.jsonl');
    await expect(readCatalogue(file, new Set())).rejects.toThrow(`${file} cannot be read as a catalogue`);
    await writeFile(file, `${JSON.stringify(RECORD)}\n{"ma_thu_tuc": 1}\n`);
    await expect(readCatalogue(file, new Set())).rejects.toThrow(
      `${file}:2 is not a procedure of the catalogue`,
    );
  });
});
