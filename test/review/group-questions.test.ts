import { describe, expect, it } from 'vitest';
import type { UnansweredQuestion } from '../../src/domain/conversation.ts';
import { groupQuestions } from '../../src/review/group-questions.ts';

const asked = (...texts: string[]): UnansweredQuestion[] =>
  texts.map((text, i) => ({
    id: `q${i}`,
    turnId: `t${i}`,
    sessionId: 's',
    channel: 'web',
    at: `2026-11-2${i}T00:00:00Z`,
    text,
    reason: 'fallback',
    nearest: [],
  }));

describe('questions that were not answered', () => {
  it('stand together when they say the same, with or without accents, and the most frequent come first', () => {
    const clusters = groupQuestions(
      asked(
        'đổi tên doanh nghiệp',
        'thủ tục ly hôn thế nào',
        'thu tuc ly hon the nao',
        'Thủ tục ly hôn thế nào ạ?',
      ),
    );
    expect(clusters.map(({ wording, questions }) => [wording, questions.length])).toEqual([
      ['thủ tục ly hôn thế nào', 3],
      ['đổi tên doanh nghiệp', 1],
    ]);
  });

  it('stay apart when only a few words are shared', () => {
    expect(groupQuestions(asked('đổi tên doanh nghiệp', 'đổi tên trong bằng đại học'))).toHaveLength(2);
  });

  it('say when they were first and last asked', () => {
    const [cluster] = groupQuestions(asked('giá vàng', 'gia vang', 'giá vàng'));
    expect(cluster).toMatchObject({
      wording: 'giá vàng',
      firstSeen: '2026-11-20T00:00:00Z',
      lastSeen: '2026-11-22T00:00:00Z',
    });
  });
});
