import { describe, expect, it } from 'vitest';
import { groupNearDuplicates } from '../../../src/matcher/evaluation/near-duplicates.ts';
import { compileLexicon } from '../../../src/matcher/vietnamese/lexicon.ts';

const lexicon = compileLexicon({
  abbreviations: { 'đăng ký': ['đk', 'dk'], 'căn cước công dân': ['cccd'] },
  teencode: { được: ['dc'] },
  synonyms: { 'giấy xác nhận tình trạng hôn nhân': ['giấy độc thân'] },
});
const group = (...phrases: string[]) => groupNearDuplicates(phrases, lexicon);

describe('phrases that say nearly the same are one group', () => {
  it.each([
    ['without accents', 'làm khai sinh cho con', 'lam khai sinh cho con'],
    ['in another order', 'khai sinh cho con', 'cho con khai sinh'],
    ['with a word twice', 'alo', 'alo alo'],
    ['with other signs', 'Mất căn cước?', 'mất căn cước'],
    ['with an abbreviation', 'đk thường trú cần gì', 'đăng ký thường trú cần gì'],
    ['with an everyday name', 'xin giấy độc thân', 'xin giấy xác nhận tình trạng hôn nhân'],
    ['with one word more in five', 'đổi bằng lái xe', 'đổi bằng lái xe nhé'],
  ])('%s: "%s", "%s"', (_, first, second) => {
    expect(group(first, second)).toEqual([0, 0]);
  });

  it.each([
    ['one word in four differs', 'đăng ký khai sinh', 'đăng ký khai tử'],
    ['one word more in four', 'đổi bằng lái', 'đổi bằng lái xe'],
    ['no word is shared', 'mất căn cước', 'tách hộ'],
    ['no word can be read', '👍', '❤️'],
  ])('but not where %s: "%s", "%s"', (_, first, second) => {
    expect(group(first, second)).toEqual([0, 1]);
  });

  it('joins over a middle that is near both ends', () => {
    const [low, middle, high] = ['một hai ba bốn năm', 'một hai ba bốn năm sáu', 'hai ba bốn năm sáu bảy'];
    expect(group(low, high)).toEqual([0, 1]);
    expect(group(low, `${middle} bảy`)).toEqual([0, 1]);
    expect(group(low, high, middle, `${middle} bảy`, 'tách hộ')).toEqual([0, 0, 0, 0, 4]);
  });
});
