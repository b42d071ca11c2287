import { describe, expect, it } from 'vitest';
import { evaluateRanks, trainLabelRanking } from '../../../src/matcher/evaluation/evaluate-ranks.ts';
import { compileLexicon } from '../../../src/matcher/vietnamese/lexicon.ts';

const TITLES = [
  { text: 'Đăng ký khai sinh', intent: 'khai-sinh' },
  { text: 'Đăng ký lại khai sinh', intent: 'khai-sinh-lai' },
  { text: 'Cấp giấy phép xây dựng', intent: 'xay-dung' },
  { text: 'Cấp giấy phép lái xe', intent: 'lai-xe' },
];
const lexicon = compileLexicon({
  abbreviations: { 'giấy phép lái xe': ['gplx'] },
  teencode: {},
  synonyms: {},
});

describe('questions that several labels answer', () => {
  it('are found where the first right label stands', () => {
    const ranked: Record<string, string[]> = { một: ['a', 'b'], hai: ['b', 'c', 'd', 'a'], ba: ['b'] };
    const queries = [
      { text: 'một', labels: ['b', 'a'] },
      { text: 'hai', labels: ['a'] },
      { text: 'ba', labels: ['a', 'c'] },
    ];
    expect(evaluateRanks(queries, text => ranked[text] ?? [])).toEqual({
      n: 3,
      recallAt1: 1 / 3,
      recallAt3: 1 / 3,
      recallAt5: 2 / 3,
      recallAt10: 2 / 3,
      mrr: (1 + 1 / 4) / 3,
    });
  });

  it('are ranked by titles alone, abbreviations spelled out by the lexicon', () => {
    const rank = trainLabelRanking(TITLES, lexicon);
    expect(rank('xin giay phep xay dung')[0]).toBe('xay-dung');
    expect(rank('thi gplx')[0]).toBe('lai-xe');
    expect(rank('khai sinh').slice(0, 2).sort()).toEqual(['khai-sinh', 'khai-sinh-lai']);
  });
});
