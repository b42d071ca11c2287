import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileLexicon } from '../../../src/matcher/vietnamese/lexicon.ts';
import { fold, normaliseText } from '../../../src/matcher/vietnamese/normalise.ts';
import { readText } from '../../../src/matcher/vietnamese/reader.ts';
import { canonicalTone, isWellFormed } from '../../../src/matcher/vietnamese/syllable.ts';
import { decodeTypingKeys } from '../../../src/matcher/vietnamese/telex.ts';
import { tokenise } from '../../../src/matcher/vietnamese/tokens.ts';
import { buildVocabulary } from '../../../src/matcher/vietnamese/vocabulary.ts';

const lexicon = compileLexicon({
  abbreviations: { 'căn cước công dân': ['cccd'], 'đăng ký': ['đk', 'dk'] },
  teencode: { có: ['kó'], không: ['ko', 'hok'], được: ['dc', 'đc'], gì: ['j'] },
  synonyms: { 'giấy xác nhận tình trạng hôn nhân': ['giấy độc thân'], 'trực tuyến': ['online'] },
});
const known = [
  'nộp hồ sơ lãnh đạo phường đăng ký kết hôn căn cước công dân',
  'cần giấy tờ gì người không được lệ phí bao nhiêu khai sinh thường trú online trực tuyến',
  'giấy xác nhận tình trạng hôn nhân độc thân quý hòa thủy',
].map(tokenise);
const vocabulary = buildVocabulary(known);
const words = (text: string) =>
  readText(text, lexicon, vocabulary)
    .tokens.map(token => token.text)
    .join(' ');

describe('a text is compared in one form, however it is encoded', () => {
  it('composes accents and lowers case', () => {
    expect(normaliseText('ĐĂNG KÝ'.normalize('NFD'))).toBe('đăng ký');
  });

  it('takes the Icelandic ð for đ and drops invisible characters', () => {
    expect(normaliseText('ðăng\u200B ký')).toBe('đăng ký');
  });

  it('folds accents and đ', () => {
    expect(fold('Đường Nguyễn Huệ')).toBe('Duong Nguyen Hue');
  });

  it.each([
    ['hoà', 'hòa'],
    ['thuỷ', 'thủy'],
    ['hòan', 'hoàn'],
    ['qúy', 'quý'],
    ['gìa', 'già'],
    ['nghĩa', 'nghĩa'],
    ['của', 'của'],
    ['online', 'online'],
  ])('puts the tone of %s in its one place: %s', (typed, canonical) => {
    expect(canonicalTone(typed)).toBe(canonical);
  });

  it('leaves out punctuation and emoji', () => {
    expect(tokenise('Khai sinh… cần gì?! 🙏🙏').map(token => token.text)).toEqual([
      'khai',
      'sinh',
      'cần',
      'gì',
    ]);
  });
});

describe('the rules of spelling tell a possible syllable', () => {
  it.each(['đường', 'quý', 'giếng', 'nghĩa', 'hoàn', 'xuống', 'yên', 'duong', 'khuyet'])(
    '%s may be one',
    word => {
      expect(isWellFormed(word)).toBe(true);
    },
  );

  it.each(['snih', 'nàh', 'chaư', 'muẫ', 'ngừoi', 'cế', 'ngiêng', 'học̀'.normalize('NFC'), 'viêk', 'ing'])(
    '%s is none',
    word => {
      expect(isWellFormed(word)).toBe(false);
    },
  );
});

describe('typing keys that were left over are pressed', () => {
  it.each([
    ['hoof', 'hồ'],
    ['sow', 'sơ'],
    ['d9a8ng', 'đăng'],
    ['ky1', 'ký'],
    ['dduwowcj', 'được'],
    ['nopoj', 'nộp'],
    ['truowngf', 'trường'],
  ])('%s → %s', (typed, meant) => {
    expect(decodeTypingKeys(typed)).toBe(meant);
  });

  it('leaves an ordinary word alone', () => {
    expect(decodeTypingKeys('khai')).toBeNull();
  });
});

describe('what people type becomes what they mean', () => {
  it.each([
    ['làm cccd cần j', 'làm căn cước công dân cần gì'],
    ['đk kết hôn dc ko', 'đăng ký kết hôn được không'],
    ['hoof sow', 'hồ sơ'],
    ['lãnhdaojd', 'lãnh đạo'],
    ['nguwowif', 'người'],
    ['khai snih', 'khai sinh'],
    ['khôngggg', 'không'],
    ['phuowngf', 'phường'],
  ])('%s → %s', (typed, read) => {
    expect(words(typed)).toBe(read);
  });

  it('repairs nothing that the knowledge knows, and nothing to a word that it does not know', () => {
    expect(words('online giấy xyzt')).toBe('online giấy xyzt');
  });

  it('leaves a word of chat with accents alone where the same letters without accents mean another', () => {
    expect(words('ko được')).toBe('không được');
    expect(words('kó được')).toBe('có được');
  });

  it('says what it has read into the text, and by what', () => {
    expect(readText('lm cccd onlinee dc ko', lexicon, vocabulary).changes).toEqual([
      { kind: 'repair', from: 'onlinee', to: 'online' },
      { kind: 'abbreviation', from: 'cccd', to: 'căn cước công dân' },
      { kind: 'teencode', from: 'dc', to: 'được' },
      { kind: 'teencode', from: 'ko', to: 'không' },
      { kind: 'synonym', from: 'online', to: 'trực tuyến' },
    ]);
    expect(readText('nộp hồ sơ', lexicon, vocabulary).changes).toEqual([]);
  });

  it('keeps an everyday name and puts the standard form beside it', () => {
    const { tokens, standard } = readText('xin giay doc than', lexicon, vocabulary);
    expect(tokens.map(token => token.folded).join(' ')).toBe('xin giay doc than');
    expect(standard?.map(token => token.text).join(' ')).toBe('xin giấy xác nhận tình trạng hôn nhân');
  });

  it('does not take an accented word for another that looks alike without accents', () => {
    expect(words('đề kết hôn dố')).not.toContain('đăng ký');
  });

  it('can be sent to another thread', () => {
    expect(structuredClone(lexicon)).toEqual(lexicon);
  });

  it('reads any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), text => {
        expect(Array.isArray(readText(text, lexicon, vocabulary).tokens)).toBe(true);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
