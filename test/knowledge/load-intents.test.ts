import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { formatFault } from '../../src/knowledge/fault.ts';
import { checkIntents, loadIntents } from '../../src/knowledge/load-intents.ts';
import { FAULTY_INTENTS, intentsFolder, SMALL_INTENTS } from '../fixtures/intents-folder.ts';

/** The faults of a folder as lines, without the folder. */
async function faultsOf(folder: string): Promise<string[]> {
  const { faults } = await checkIntents(folder);
  return faults.map(formatFault).map(line => line.replaceAll(`${folder}/`, ''));
}

describe('a release without faults', () => {
  it('brings topics, facet phrases, lexicon, and a hash for each topic', async () => {
    const release = await loadIntents(SMALL_INTENTS);
    expect(release.topics.map(({ id, label }) => `${id} ${label}`)).toEqual([
      'chao-hoi Chào hỏi',
      'tach-ho Tách hộ',
      '1.001193 Khai sinh',
    ]);
    expect(release.facets.fee).toEqual(['hết bao nhiêu tiền']);
    expect(release.lexicon.teencode).toEqual({ được: ['dc', 'đc'] });
    expect(release.hashes.get('tach-ho')).toMatch(/^[0-9a-f]{64}$/);
    expect(release.files.get('tach-ho')).toBe(`${SMALL_INTENTS}/cu-tru/tach-ho.yaml`);
  });

  it('hashes what a topic says, not how its file is laid out', async () => {
    const before = await loadIntents(SMALL_INTENTS);
    const file = await readFile(join(SMALL_INTENTS, 'cu-tru/tach-ho.yaml'), 'utf8');
    const folder = await intentsFolder({
      'cu-tru/tach-ho.yaml': `# ghi chú\n${file.replace(/\n/g, '\n\n')}`,
    });
    expect((await loadIntents(folder)).hashes.get('tach-ho')).toBe(before.hashes.get('tach-ho'));
    const changed = await intentsFolder({ 'cu-tru/tach-ho.yaml': file.replace('value: 5', 'value: 7') });
    expect((await loadIntents(changed)).hashes.get('tach-ho')).not.toBe(before.hashes.get('tach-ho'));
  });

  it('the shipped knowledge has no fault', async () => {
    expect((await checkIntents('intents')).faults.map(formatFault)).toEqual([]);
  });
});

describe('a release with faults', () => {
  it('says every fault at once, with its place and what to write instead', async () => {
    expect(await faultsOf(FAULTY_INTENTS)).toEqual([
      '_facets.yaml:1:1 fee is missing: add a list of phrases',
      '_facets.yaml:3:1 fees is not a known key: did you mean fee?',
      '_facets.yaml:6:10 the phrase "nop o dau" is already in _facets.yaml:5, compared without accents and punctuation: reword or remove one',
      'ho-tich/ket-hon-2.yaml:6:11 warning: the alias "đăng ký kết hôn" is a phrase of another topic, ho-tich/ket-hon.yaml:12: keep one',
      'ho-tich/ket-hon-2.yaml:7:1 warning: field is cu-tru and the folder is ho-tich: make them equal',
      'ho-tich/ket-hon-2.yaml:8:1 warning: 1 of at least 10 phrases: add other wordings',
      'ho-tich/ket-hon-2.yaml:9:1 warning: facets that can be answered: overview; at least 5 are wanted: add facts or answers',
      'ho-tich/ket-hon.yaml:2:5 the file name does not hold the id: call the file dang-ky-ket-hon.yaml or dang-ky-ket-hon-….yaml',
      'ho-tich/ket-hon.yaml:4:12 1.000894 is replaced here and still used in ho-tich/ket-hon-2.yaml:3: remove one of the two',
      'ho-tich/ket-hon.yaml:7:11 warning: the alias "Đăng ký kết hôn" is already in ho-tich/ket-hon-2.yaml:6: keep one',
      'ho-tich/ket-hon.yaml:9:1 warning: 4 of at least 10 phrases: add other wordings',
      'ho-tich/ket-hon.yaml:12:5 the phrase "Dang ky ket hon!" is already in ho-tich/ket-hon.yaml:11, compared without accents and punctuation: reword or remove one',
      'ho-tich/ket-hon.yaml:13:5 "???" holds no word: remove it',
      'ho-tich/ket-hon.yaml:14:1 warning: facets that can be answered: overview; at least 5 are wanted: add facts or answers',
      'ho-tich/ket-hon.yaml:15:53 checkedOn is 2026-02-30, and there is no such day: correct it',
      'ho-tich/khai-sinh.yaml:2:5 id is a number: put it in quotes, "1.001193"',
      'ho-tich/khai-sinh.yaml:3:7 code is "1.1193": write the national code in quotes, such as code: "1.001193", or leave it out',
      'ho-tich/khai-sinh.yaml:5:8 label is 28 characters, at most 20 fit on a button: shorten it',
      'ho-tich/khai-sinh.yaml:6:1 lable is not a known key: did you mean label?',
      'ho-tich/khai-sinh.yaml:9:5 phrases[1] is read as a mapping because of a ": " or a brace in it: put the whole text in quotes',
      'ho-tich/khai-sinh.yaml:10:5 the phrase "làm giấy khai sinh" is already in ho-tich/ket-hon.yaml:10, compared without accents and punctuation: reword or remove one',
      'ho-tich/khai-sinh.yaml:11:5 phrases[3] is a number: put it in quotes, "1022"',
      'ho-tich/khai-sinh.yaml:13:53 facts.evidence.checkedOn is "21/11/2026": write the day it was compared with its source, such as checkedOn: "2026-11-21"',
      'ho-tich/khai-sinh.yaml:13:75 facts.evidence.verified is "yes": write verified: true or verified: false',
      'ho-tich/khai-sinh.yaml:14:29 amount is 8.000: write đồng without dots, 8000',
      'ho-tich/khai-sinh.yaml:14:50 facts.fees.value[1].chanel is not a known key: did you mean channel?',
      'ho-tich/khai-sinh.yaml:15:36 facts.time.value.unit is "workday": write minute, hour, working-day, day, month or year',
      'ho-tich/khai-sinh.yaml:16:65 a comma cuts the text before "sửa đổi": put the whole text in quotes',
      'ho-tich/khai-sinh.yaml:17:8 facts.url is "dichvucong.gov.vn": write the whole web address, https://…',
      'ho-tich/khai-sinh.yaml:19:3 answers.fees is not a known key: did you mean fee?',
      'ho-tich/khai-sinh.yaml:19:17 {{centre.fone}} is not a known placeholder: did you mean {{centre.phone}}?',
      'ho-tich/khai-sinh.yaml:19:17 <b> is HTML, which is never shown: write Markdown instead',
      'ho-tich/khai-sinh.yaml:20:10 warning: "UBND huyện" names a district office, and there is none since 01/07/2025: write UBND cấp xã or the provincial office',
      'ho-tich/khai-sinh.yaml:20:10 answers.steps is a text: write steps: { text: "…" }',
    ]);
  });

  it('is refused with the faults in the error', async () => {
    const error = await loadIntents(FAULTY_INTENTS).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'knowledge-invalid' });
    expect((error as AppError).message).toContain('khai-sinh.yaml:5:8 label is 28 characters');
    expect((error as AppError).message).not.toContain('warning:');
    expect((error as AppError).details.faults).toHaveLength(34);
  });

  it('names a folder that is not there, and shared files that are missing', async () => {
    expect(await faultsOf('test/fixtures/khong-co')).toEqual([
      'test/fixtures/khong-co:1:1 there is no such folder: name the folder of the knowledge files',
    ]);
    const folder = await intentsFolder({ '_facets.yaml': null });
    expect(await faultsOf(folder)).toContain('_facets.yaml:1:1 there is no such file: add it');
  });

  it('refuses the same id, the same code and the same replaced code in two files', async () => {
    const other = (id: string, code: string) =>
      `kind: procedure\nid: ${id}\ncode: "${code}"\nreplaces: ["2.000001"]\nname: Khai sinh lại\nlabel: Khai sinh lại\nfield: ho-tich\n` +
      `phrases: [${id} ${code}]\nfacts: { evidence: { source: a, checkedOn: "2026-11-21", verified: true } }\n`;
    const folder = await intentsFolder({
      'ho-tich/tach-ho-2.yaml': other('tach-ho', '1.001193'),
      'ho-tich/z.yaml': other('z-2', '1.000003'),
    });
    expect(await faultsOf(folder)).toEqual(
      expect.arrayContaining([
        'ho-tich/tach-ho-2.yaml:2:5 id tach-ho is already used in cu-tru/tach-ho.yaml:2: give this topic another id',
        'ho-tich/tach-ho-2.yaml:3:7 code 1.001193 is already used in ho-tich/1.001193-khai-sinh.yaml:4: keep the code with one topic',
        'ho-tich/z.yaml:4:12 warning: 2.000001 is also replaced in ho-tich/tach-ho-2.yaml:4: only one topic can take its place',
      ]),
    );
  });

  it('reports the other faults of a file whose kind is misspelt', async () => {
    const folder = await intentsFolder({
      'bai-viet/tro-chuyen/chao-hoi.yaml': 'kind: artical\nid: chao-hoi\nname: Chào\ngroup: smaltalk\n',
    });
    expect(await faultsOf(folder)).toEqual(
      expect.arrayContaining([
        'bai-viet/tro-chuyen/chao-hoi.yaml:1:7 kind is "artical": write article (known: procedure, article)',
        'bai-viet/tro-chuyen/chao-hoi.yaml:1:1 label is missing: add the everyday name, at most 20 characters',
        'bai-viet/tro-chuyen/chao-hoi.yaml:4:8 group is "smaltalk": write smalltalk (known: contact, report, emergency, howto, smalltalk)',
      ]),
    );
  });

  it('lets a text say that the district level is gone', async () => {
    const article = (text: string) =>
      `kind: article\nid: hai-cap\nname: Hai cấp\nlabel: Hai cấp\ngroup: howto\nphrases: [huyện còn không]\nanswer: { text: "${text}" }\n`;
    const gone = await intentsFolder({ 'hai-cap.yaml': article('Từ 01/07/2025 không còn cấp huyện.') });
    expect((await faultsOf(gone)).filter(line => line.startsWith('hai-cap'))).toEqual([]);
    const sent = await intentsFolder({ 'hai-cap.yaml': article('Nộp tại Phòng Tư pháp huyện.') });
    expect((await faultsOf(sent)).filter(line => line.startsWith('hai-cap'))).toEqual([
      'hai-cap.yaml:7:17 warning: "Phòng Tư pháp huyện" names a district office, and there is none since 01/07/2025: write UBND cấp xã or the provincial office',
    ]);
  });

  it('sees two typed forms of one word, and a fee of eight đồng', async () => {
    const folder = await intentsFolder({
      '_lexicon.yaml':
        'abbreviations: { được: [dc], địa chỉ: [DC] }\nteencode: { không: [k] }\nsynonyms: { a: [b] }\n',
      'cu-tru/tach-ho.yaml':
        'kind: procedure\nid: tach-ho\nname: Tách hộ\nlabel: Tách hộ\nfield: cu-tru\nphrases: [tách hộ]\n' +
        'facts:\n  evidence: { source: a, checkedOn: "2026-11-21", verified: true }\n  fees: { value: [{ amount: 8, for: một lần }] }\n',
    });
    expect(await faultsOf(folder)).toEqual(
      expect.arrayContaining([
        '_lexicon.yaml:1:40 warning: "DC" stands already in _lexicon.yaml:1: keep it in one place',
        'cu-tru/tach-ho.yaml:9:29 warning: amount is 8 đồng: write the whole amount, 8000?',
      ]),
    );
  });
});

describe('a file that cannot be read', () => {
  const cases: [string, string | Uint8Array, string][] = [
    ['is empty', '', '1:1 the file is empty: write the topic or delete the file'],
    [
      'holds only comments',
      '# chưa viết\n',
      '1:1 the file holds nothing but comments: write the topic or delete the file',
    ],
    ['is a list', '- a\n', '1:1 the file is a list: write a mapping, one line "key: value" for each'],
    [
      'is not UTF-8',
      Buffer.from('kind: article\nname: "\xe1"\n', 'latin1'),
      '2:8 the file is not UTF-8 from here on: save it as UTF-8',
    ],
    [
      'has accents apart from their letters',
      'kind: article\nname: Thủ tục\n'.normalize('NFD'),
      '2:9 this letter is not in composed form (NFC): save the file as NFC, or retype the accents',
    ],
    [
      'repeats by alias',
      'name: &a abc\nlabel: *a\n',
      '2:8 *a repeats another part of the file: write the value out, or put a text that begins with * in quotes',
    ],
    [
      'is indented with tabs',
      'facts:\n\tlevel: a\n',
      '2:1 Tabs are not allowed as indentation: indent with spaces, not with tabs',
    ],
    ['has a key twice', 'name: a\nname: b\n', '2:1 Map keys must be unique: keep one of the two'],
    ['is nested absurdly', '['.repeat(20_000), '1:'],
    [
      'is far too big',
      `name: ${'a'.repeat(600_000)}\n`,
      '1:1 the file has 600007 bytes, at most 262144 are read: split it',
    ],
  ];

  it.each(cases)('%s', async (_name, content, expected) => {
    const folder = await intentsFolder({ 'hong.yaml': content });
    const lines = (await faultsOf(folder)).filter(line => line.startsWith('hong.yaml'));
    expect(lines.some(line => line.startsWith(`hong.yaml:${expected}`))).toBe(true);
    expect((await checkIntents(folder)).release).toBeNull();
  });

  it('refuses aliases that would grow into gigabytes, at once', async () => {
    const bomb = Array.from(
      { length: 9 },
      (_, i) => `a${i}: &a${i} [${i === 0 ? 'x' : `*a${i - 1}, `.repeat(9)}]`,
    ).join('\n');
    const { release, faults } = await checkIntents(await intentsFolder({ 'bom.yaml': bomb }));
    expect(release).toBeNull();
    expect(faults.filter(({ file }) => file.endsWith('bom.yaml'))).toHaveLength(3);
  });
});
