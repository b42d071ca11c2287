import { describe, expect, it } from 'vitest';
import { procedureSchema } from '../../../src/domain/topic.ts';
import type { CatalogueRecord } from '../../../src/knowledge/catalogue/read-catalogue.ts';
import { toProcedure } from '../../../src/knowledge/catalogue/to-procedure.ts';
import { aRecord } from '../../fixtures/catalogue-records.ts';

const HEAD = 'Hình thức nộpThời gianPhí, lệ phíMô tả';

function taken(change: Partial<CatalogueRecord> = {}) {
  return toProcedure(aRecord(change), { aliases: ['xin nuôi ong'], today: '2026-11-22' });
}

describe('an official record as a catalogue procedure', () => {
  it('says what the record says plainly', () => {
    const { facts, answers, label, origin } = taken();
    expect({ label, origin }).toEqual({ label: 'Cấp GP nuôi ong…', origin: 'catalogue' });
    expect(facts).toMatchObject({
      level: { value: ['province', 'commune'] },
      agency: { value: 'Ủy ban nhân dân cấp xã' },
      time: { value: { value: 5, unit: 'working-day' } },
      fees: { value: [{ amount: 0, channel: 'any' }] },
      forms: { value: [{ name: 'Mẫu số 02' }] },
      legal: { value: [{ number: '32/2018/QH14' }] },
      evidence: { verified: true, checkedOn: '2026-11-22' },
    });
    expect(answers.documents?.text).toBe(
      'Thành phần hồ sơ:\n\n- Đơn xin nuôi ong (Mẫu số 02) – 01 bản chính\n- Bản đồ khu vườn – 01 bản sao',
    );
    expect(answers.result?.text).toBe('Giấy phép nuôi ong');
    expect(answers.conditions?.text).toBe('Đối tượng thực hiện: Công dân Việt Nam, Hợp tác xã');
  });

  it('has the shape of a procedure, however long its record', () => {
    const long = taken({
      ten_thu_tuc: 'Cấp giấy phép '.repeat(60),
      trinh_tu_thuc_hien: `${'Người dân nộp đơn ở xã. '.repeat(400)}\n\n${'x'.repeat(9000)}`,
      yeu_cau_dieu_kien: 'a b c '.repeat(3000),
      co_quan_thuc_hien: 'Ủy ban '.repeat(200),
    });
    const { origin, ...shape } = { ...long, phrases: ['nuôi ong'] };
    expect(origin).toBe('catalogue');
    expect(procedureSchema.parse(shape)).toEqual(shape);
    expect(long.answers.steps?.text).toContain('xem toàn văn ở liên kết');
  });

  it.each([
    ['free beside a text that names a fee', `${HEAD}Trực tiếp5 NgàyMiễn phí(Lệ phí 20.000 đồng/lần)`],
    ['free beside an amount without its unit', `${HEAD}Trực tiếp5 NgàyMiễn phíthu 20.000/lần`],
    ['an amount under 1.000 đồng', `${HEAD}Trực tiếp5 Ngày135 VNĐ`],
    ['an amount beside another one', `${HEAD}Trực tiếp5 Ngày50,000 VNĐ(cấp lại 70.000 đồng)`],
    ['an amount that is halved online', `${HEAD}Trực tiếp5 Ngày50,000 VNĐ(trực tuyến bằng 50% mức thu)`],
    ['free in the table, asked for in the steps', null],
  ])('leaves the fee unknown: %s', (_, cach_thuc_thuc_hien) => {
    const steps = 'Bước 1: nộp lệ phí theo quy định.';
    const record = cach_thuc_thuc_hien ? { cach_thuc_thuc_hien } : { trinh_tu_thuc_hien: steps };
    expect(taken(record).facts.fees).toBeUndefined();
  });

  it('takes a fee that every row names', () => {
    const row = '70,000 VNĐ(70.000 đồng/giấy)';
    const { facts } = taken({ cach_thuc_thuc_hien: `${HEAD}Trực tuyến2 Ngày${row}Trực tiếp2 Ngày${row}` });
    expect(facts.fees?.value).toMatchObject([{ amount: 70_000 }]);
  });

  it('leaves a time without its unit unknown, and tells times that differ by the way of filing', () => {
    expect(taken({ cach_thuc_thuc_hien: `${HEAD}Trực tiếp2Miễn phí` }).facts.time).toBeUndefined();
    const both = taken({ cach_thuc_thuc_hien: `${HEAD}Trực tuyến2 NgàyMiễn phíTrực tiếp4 NgàyMiễn phí` });
    expect(both.facts.time).toBeUndefined();
    expect(both.answers.time?.text).toContain('- Nộp trực tuyến: **02 ngày**\n- Nộp trực tiếp: **04 ngày**');
  });

  it('never says that it can be filed online: a way of filing is no level', () => {
    expect(taken().facts.online).toBeUndefined();
  });

  it('is not verified where its record still names a district office', () => {
    const { facts } = taken({ trinh_tu_thuc_hien: 'Nộp tại Ủy ban nhân dân cấp huyện.' });
    expect(facts.evidence.verified).toBe(false);
  });

  it('groups the papers of several cases', () => {
    const head = 'Tên giấy tờMẫu đơn, tờ khaiSố lượng';
    const { answers } = taken({
      thanh_phan_ho_so: `Cấp mới, gồm:${head}Đơn1 bản chínhCấp lại:${head}Đơn xin cấp lại1 bản chính`,
    });
    expect(answers.documents?.text).toContain('**Cấp mới, gồm:**\n\n- Đơn – 01 bản chính\n\n**Cấp lại:**');
  });

  it('does not say twice that papers follow', () => {
    const head = 'Tên giấy tờMẫu đơn, tờ khaiSố lượng';
    const { answers } = taken({ thanh_phan_ho_so: `a) Thành phần hồ sơ:${head}Đơn1 bản chính` });
    expect(answers.documents?.text).toBe('Thành phần hồ sơ:\n\n- Đơn – 01 bản chính');
  });

  it('keeps signs of Markdown as they were written', () => {
    const { answers } = taken({ trinh_tu_thuc_hien: '# Bước *một*\n<b>hai</b>' });
    expect(answers.steps?.text).toBe('– Bước \\*một\\*\n\n\\<b\\>hai\\</b\\>');
  });
});
