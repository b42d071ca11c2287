import { describe, expect, it } from 'vitest';
import { FACETS } from '../../../src/domain/facet.ts';
import { loadIntents } from '../../../src/knowledge/load-intents.ts';
import { noiseText } from '../../../src/matcher/evaluation/typing-noise.ts';
import { compileLexicon, EMPTY_LEXICON } from '../../../src/matcher/vietnamese/lexicon.ts';
import { readText } from '../../../src/matcher/vietnamese/reader.ts';
import { tokenise } from '../../../src/matcher/vietnamese/tokens.ts';
import { buildVocabulary } from '../../../src/matcher/vietnamese/vocabulary.ts';

const release = await loadIntents('intents');
const lexicon = compileLexicon(release.lexicon);
const phrases = release.topics.flatMap(topic => topic.phrases);
const names = release.topics.flatMap(topic => [topic.name, topic.label, ...topic.aliases]);
const questions = FACETS.flatMap(facet => release.facets[facet]);
const vocabulary = buildVocabulary(
  [...phrases, ...names, ...questions].map(text => readText(text, lexicon, null).tokens),
);
const read = (text: string) => readText(text, lexicon, vocabulary).tokens;
const accented = (text: string) =>
  read(text)
    .map(token => token.text)
    .join(' ');
const folded = (text: string) =>
  read(text)
    .map(token => token.folded)
    .join(' ');

describe('with the whole knowledge, mistyped words come back', () => {
  it.each([
    ['nôipj hồ sơ', 'nộp hồ sơ'],
    ['hoof sow online', 'hồ sơ online'],
    ['d9a8ng ky1 kết hôn', 'đăng ký kết hôn'],
    ['truongf học', 'trường học'],
    ['lãnhdaojd', 'lãnh đạo'],
    ['dđăng ký thừong trú', 'đăng ký thường trú'],
    ['đăngkýkhaisinh', 'đăng ký khai sinh'],
    ['làm hộ chiếuonline', 'làm hộ chiếu online'],
    ['khai snih', 'khai sinh'],
    ['thườ ng trú', 'thường trú'],
    ['trích lụv khai sinh', 'trích lục khai sinh'],
    ['ngừoi', 'người'],
    ['làm dc ko', 'làm được không'],
    ['hết bn tiền z', 'hết bao nhiêu tiền vậy'],
    ['cccdd hết hạn', 'căn cước công dân hết hạn'],
    ['làm đc hok', 'làm được không'],
  ])('%s → %s', (typed, meant) => {
    expect(accented(typed)).toBe(meant);
  });

  it('gives no accents where it cannot know them', () => {
    expect(accented('phwung')).toBe('phuong');
  });

  it('decides by the neighbours', () => {
    expect(folded('đăng ký kết hwn')).toBe('dang ky ket hon');
    expect(folded('căn cước hết hwn')).toBe('can cuoc het han');
  });

  it('leaves the whole knowledge as it is', () => {
    const changed = phrases.filter(
      phrase => folded(phrase) !== foldedOnly(readText(phrase, lexicon, null).tokens),
    );
    expect(changed).toEqual([]);
  });

  it('leaves numbers, classes, forms and foreign names alone', () => {
    for (const text of ['ct09', 'hạng fc', 'wellington', 'nghị định 9876']) {
      expect(readText(text, lexicon, vocabulary).changes.filter(({ kind }) => kind === 'repair')).toEqual([]);
    }
  });

  it('brings back nine of ten words of generated noise in every third word', () => {
    let noised = 0;
    let lost = 0;
    phrases.forEach((phrase, i) => {
      if (i % 15 !== 0) return;
      const noise = noiseText(phrase, { seed: 3_000_000 + i, every: 3 });
      noised += noise.noised.flatMap(({ meant }) => meant.split(' ')).length;
      const found = folded(noise.text).split(' ');
      lost += folded(phrase)
        .split(' ')
        .filter(word => !found.includes(word)).length;
    });
    expect(noised).toBeGreaterThan(1000);
    expect(lost / noised).toBeLessThan(0.12);
  });
});

describe('in a knowledge without Vietnamese', () => {
  const english = buildVocabulary(
    [
      'what is my account balance',
      'transfer money to my savings account',
      'how do i change my password',
      'the beer and the best wine',
    ].map(tokenise),
  );
  const readEnglish = (text: string) =>
    readText(text, EMPTY_LEXICON, english)
      .tokens.map(token => token.text)
      .join(' ');

  it('repairs slips', () => {
    expect(readEnglish('trasnfer mony to my acount')).toBe('transfer money to my account');
    expect(readEnglish('howdo i change my passwrod')).toBe('how do i change my password');
  });

  it('takes no letters for typing keys', () => {
    expect(readEnglish('beers')).not.toContain('bế');
    expect(readEnglish('does the moose')).toBe('does the moose');
  });
});

function foldedOnly(tokens: readonly { folded: string }[]): string {
  return tokens.map(token => token.folded).join(' ');
}
