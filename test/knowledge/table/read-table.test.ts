import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { headingRow } from '../../../src/knowledge/table/export-rows.ts';
import { readTable } from '../../../src/knowledge/table/read-table.ts';
import { emptyFolder } from '../../fixtures/intents-folder.ts';
import { textRow, xlsxFile } from '../../fixtures/xlsx-file.ts';

const HEADINGS = 'Mã chủ đề,Khía cạnh,Câu hỏi,Câu trả lời,Trạng thái';
const ROW = 'tach-ho,,muốn tách hộ,,Nháp';

/** Reads a file with this content and name. */
async function read(content: string | Uint8Array, name = 'bang.csv') {
  const file = join(await emptyFolder(), name);
  await writeFile(file, content);
  return readTable(file);
}
async function refusal(content: string | Uint8Array, name?: string): Promise<string> {
  const table = await read(content, name);
  return table.kind === 'refused' ? table.message : 'không từ chối';
}
async function faults(content: string | Uint8Array, name?: string): Promise<string[]> {
  const table = await read(content, name);
  return table.kind === 'table'
    ? table.faults.map(({ row, message }) => `${row}: ${message}`)
    : [table.message];
}
const XLSX = 'bang.xlsx';
const headings = textRow(1, ...HEADINGS.split(','));

describe('a CSV file', () => {
  it.each<[string, string | Uint8Array]>([
    ['commas', `${HEADINGS}\n${ROW}\n`],
    ['semicolons', `${HEADINGS}\n${ROW}\n`.replaceAll(',', ';')],
    ['tabs', `${HEADINGS}\n${ROW}\n`.replaceAll(',', '\t')],
    ['a byte-order mark and Windows line ends', `\ufeff${HEADINGS}\r\n${ROW}\r\n`],
    ['headings in capitals without accents', `MA CHU DE,KHIA CANH,CAU HOI,CAU TRA LOI,TRANG THAI\n${ROW}`],
    ['decomposed accents', `${HEADINGS}\n${ROW}`.normalize('NFD')],
    ['everything quoted', `${HEADINGS}\n${ROW}`.replace(/[^,\n]+/g, '"$&"')],
  ])('with %s is read', async (_, content) => {
    expect(await read(content)).toMatchObject({
      rows: [{ row: 2, cells: { topic: 'tach-ho', question: 'muốn tách hộ', status: 'Nháp' } }],
    });
  });

  it('counts rows as a spreadsheet does: comments, empty rows and cells of several lines are one each', async () => {
    const table = await read(
      `${HEADINGS}\n# ghi chú\n\ntach-ho,fee,,"dòng một\ndòng hai",Nháp\n${ROW}\n,,,,\n`,
    );
    expect(table).toMatchObject({ rows: [{ row: 4, cells: { answer: 'dòng một\ndòng hai' } }, { row: 5 }] });
  });

  it('may have a column of its own, which is named and not read', async () => {
    expect(await read(`${HEADINGS},Ghi chú\n${ROW},hỏi lại\n`)).toMatchObject({
      notes: ['Cột “Ghi chú” không thuộc mẫu nên không được đọc.'],
      faults: [],
    });
  });

  it.each<[string, string | Uint8Array, string]>([
    ['nothing in it', '', 'Tệp trống'],
    ['empty lines alone', '\n\n,,,\n', 'Tệp trống'],
    ['headings alone', `${HEADINGS}\n`, 'chỉ có dòng tiêu đề'],
    ['a missing heading', `${HEADINGS.replace(',Trạng thái', '')}\n${ROW}`, 'thiếu cột: “Trạng thái”'],
    [
      'a misspelt heading',
      `${HEADINGS.replace('Trạng thái', 'Trạng thấy')}\n${ROW}`,
      '“Trạng thấy” có phải là “Trạng thái” không?',
    ],
    ['a doubled heading', `${HEADINGS},Câu hỏi\n${ROW},x`, 'cột trùng: “Câu hỏi”'],
    ['no headings', `${ROW}\n`, 'thiếu cột'],
    ['a whole file in its first cell', `"${`${HEADINGS}\n`.repeat(20)}`, 'không phải là dòng tiêu đề'],
    ['UTF-16', Buffer.from(`\ufeff${HEADINGS}\n${ROW}`, 'utf16le'), 'UTF-16'],
    ['UTF-16 without a mark', Buffer.from(HEADINGS, 'utf16le'), 'UTF-16'],
    [
      'Windows-1258',
      Uint8Array.from([0x4d, 0xe3, 0x20, 0x63, 0x68, 0xf9, 0x2c]),
      'không được lưu bằng bảng mã UTF-8',
    ],
    ['UTF-8 taken for Latin-1', Buffer.from(HEADINGS, 'utf8').toString('latin1'), 'bị hỏng dấu tiếng Việt'],
    ['lost letters', `Mã ch? d?,Khía c?nh,Câu h?i,Câu tr? l?i,Tr?ng thái\n${ROW}`, 'bị hỏng dấu tiếng Việt'],
    ['a workbook in it', xlsxFile(headings), 'đổi đuôi tệp thành .xlsx'],
  ])('with %s is refused', async (_, content, said) => {
    expect(await refusal(content)).toContain(said);
  });

  it.each([
    ['a formula', '=HYPERLINK("http://x.vn"),,,,', 'Có ô chứa công thức'],
    ['too many cells', `${ROW},thừa`, 'Dòng có nhiều ô hơn dòng tiêu đề'],
    ['a lost character', 'tach-ho,,mu\ufffdn tách hộ,,Nháp', 'Dòng có ký tự bị hỏng'],
    ['an open quote', 'tach-ho,,"muốn tách hộ,,Nháp', 'Dấu nháy kép'],
  ])('with %s has a faulty row', async (_, row, said) => {
    expect(await faults(`${HEADINGS}\n${ROW}\n${row}`)).toEqual([expect.stringContaining(`3: ${said}`)]);
  });

  it('of 100.000 rows is refused with the limit, one of 50.000 is read', async () => {
    expect(await refusal(`${HEADINGS}\n${`${ROW}\n`.repeat(100_000)}`)).toContain(
      'mỗi lần nhập nhiều nhất 50.000 dòng',
    );
    expect(await refusal(`${HEADINGS}\n${`${ROW}\n`.repeat(50_001)}`)).toContain(
      'mỗi lần nhập nhiều nhất 50.000 dòng',
    );
    expect(await read(`${HEADINGS}\n${`${ROW}\n`.repeat(50_000)}`)).toMatchObject({
      kind: 'table',
      faults: [],
    });
  });

  it('of more than 20 MB is refused unread', async () => {
    expect(await refusal('x'.repeat(20 * 1024 * 1024 + 1))).toContain('lớn hơn 20 MB');
  });
});

describe('an .xlsx file', () => {
  it('is read with shared texts, formatted texts, numbers, links and gaps', async () => {
    const strings =
      '<si><t>tach-ho</t></si><si><r><t>muốn </t></r><r><t>tách hộ</t></r><rPh><t>x</t></rPh></si>';
    const row =
      '<row r="3"><c r="A3" t="s"><v>0</v></c><c r="C3" t="s"><v>1</v></c><c r="E3" t="str"><v>Nháp</v></c></row>';
    const coded =
      '<row r="9"><c r="A9"><v>1.0011930000000001</v></c><c r="B9" t="inlineStr"><is><t>fee</t></is></c></row>';
    expect(await read(xlsxFile(headings + row + coded, { strings }), XLSX)).toMatchObject({
      rows: [
        { row: 3, cells: { topic: 'tach-ho', question: 'muốn tách hộ', status: 'Nháp' } },
        { row: 9, cells: { topic: '1.001193', facet: 'fee' } },
      ],
    });
  });

  it.each([
    ['a formula', '<c r="C2"><f>1+1</f><v>2</v></c>', '', '2: Ô C2 là ô chứa công thức'],
    ['an error', '<c r="C2" t="e"><v>#REF!</v></c>', '', '2: Ô C2 chứa lỗi #REF!'],
    ['merged cells', '', '<mergeCells><mergeCell ref="C2:C5"/></mergeCells>', '2: Các ô C2:C5 đang gộp'],
  ])('with %s has a faulty row', async (_, cell, after, said) => {
    const row = `<row r="2"><c r="A2" t="inlineStr"><is><t>tach-ho</t></is></c>${cell}</row>`;
    expect(await faults(xlsxFile(headings + row, { after }), XLSX)).toEqual([expect.stringContaining(said)]);
  });

  it.each<[string, Uint8Array, string]>([
    [
      'in the old format or with a password',
      Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0]),
      'dạng Excel cũ (.xls) hoặc có đặt mật khẩu',
    ],
    ['that is none', Buffer.from(`${HEADINGS}\n${ROW}`), 'không phải là tệp Excel'],
    ['cut off', xlsxFile(headings).subarray(0, 400), 'bị hỏng'],
    ['with broken XML', xlsxFile('<row><c></row>'), 'bị hỏng'],
    ['of another program', zipSync({ 'content.xml': new Uint8Array(3) }), 'không có trang tính'],
    ['without rows', xlsxFile(''), 'Tệp trống'],
  ])('%s is refused', async (_, content, said) => {
    expect(await refusal(content, XLSX)).toContain(said);
  });

  it('of 100.000 rows is refused with the limit; rows that are only formatted do not count', async () => {
    const rows = (count: number, cell: string) =>
      Array.from(
        { length: count },
        (_, index) => `<row r="${index + 2}"><c r="A${index + 2}"${cell}</row>`,
      ).join('');
    expect(await refusal(xlsxFile(headings + rows(100_000, '><v>1</v></c>')), XLSX)).toContain(
      'nhiều nhất 50.000 dòng',
    );
    const empty = await read(xlsxFile(headings + textRow(2, 'tach-ho') + rows(100_000, ' s="1"/>')), XLSX);
    expect(empty).toMatchObject({ rows: [{ row: 2 }] });
  });

  it('that unpacks to more than 100 MB is refused, also where it lies about its size', async () => {
    const bomb = zipSync({
      'xl/workbook.xml': Buffer.from(
        '<workbook xmlns:r="r"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
      ),
      'xl/_rels/workbook.xml.rels': Buffer.from(
        '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
      ),
      'xl/worksheets/sheet1.xml': [new Uint8Array(101 * 1024 * 1024), { level: 9 }],
    });
    expect(bomb.length).toBeLessThan(200_000);
    expect(await refusal(bomb, XLSX)).toContain('lớn hơn 100 MB');
    expect(await refusal(withDeclaredSize(bomb, 101 * 1024 * 1024, 1000), XLSX)).toContain('bị hỏng');
  });
});

/** The archive with another unpacked size written over the true one. */
function withDeclaredSize(archive: Uint8Array, size: number, declared: number): Uint8Array {
  const copy = Buffer.from(archive);
  const [from, to] = [Buffer.alloc(4), Buffer.alloc(4)];
  from.writeUInt32LE(size);
  to.writeUInt32LE(declared);
  for (let at = copy.indexOf(from); at >= 0; at = copy.indexOf(from, at + 4)) to.copy(copy, at);
  return copy;
}

describe('what is no table', () => {
  it('is refused by its name, and a folder by its nature', async () => {
    expect(await refusal('x', 'bang.ods')).toContain('Chỉ nhập được tệp .csv hoặc .xlsx');
    const folder = join(await emptyFolder(), 'thu-muc.csv');
    await mkdir(folder);
    expect(await readTable(folder)).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('không phải là một tệp'),
    });
    await expect(readTable('/khong/co.csv')).rejects.toMatchObject({ code: 'config-invalid' });
  });
});

it('the template’s headings are the ones that are read', () => {
  expect(headingRow()).toEqual(expect.arrayContaining(HEADINGS.split(',')));
});
