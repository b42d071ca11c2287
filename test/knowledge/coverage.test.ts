import { describe, expect, it } from 'vitest';
import { FACETS } from '../../src/domain/facet.ts';
import type { Procedure } from '../../src/domain/topic.ts';
import { coverageOf } from '../../src/knowledge/coverage.ts';
import { answerableFacets } from '../../src/knowledge/facets-of.ts';
import { loadIntents } from '../../src/knowledge/load-intents.ts';
import { SMALL_INTENTS } from '../fixtures/intents-folder.ts';

const { topics } = await loadIntents(SMALL_INTENTS);
const birth = topics.find(({ id }) => id === '1.001193') as Procedure;

describe('the facets that a procedure answers', () => {
  it('come from its facts and its curated texts; overview and status always', () => {
    expect(answerableFacets(birth)).toEqual(['overview', 'documents', 'fee', 'time', 'where', 'status']);
    const curated = { ...birth, answers: { ...birth.answers, steps: { text: 'Nộp rồi chờ.' } } };
    expect(answerableFacets(curated)).toContain('steps');
  });

  it('may be more in a province that adds facts, in the order in which a reply offers them', () => {
    const facets = answerableFacets(birth, { online: { value: 'full' } });
    expect(facets).toEqual(FACETS.filter(facet => facets.includes(facet)));
    expect(facets).toContain('online');
  });
});

describe('coverage', () => {
  it('counts what is answered and shows where the knowledge is thin', () => {
    expect(coverageOf(topics)).toMatchObject({
      procedures: 2,
      articles: 1,
      // Khai sinh: tổng quan, hồ sơ, phí, thời hạn, nơi nộp; tách hộ: tổng quan, thời hạn; lời chào.
      answers: 8,
      phrases: 14,
      catalogueProcedures: 0,
      facets: { overview: 2, time: 2, fee: 1, online: 0, status: 0 },
      thinTopics: [
        { id: 'chao-hoi', label: 'Chào hỏi', phrases: 2 },
        { id: 'tach-ho', label: 'Tách hộ', phrases: 2 },
      ],
      unverified: [{ id: 'tach-ho', label: 'Tách hộ', parts: ['time'] }],
    });
  });

  it('names the facets that each procedure leaves open', () => {
    expect(coverageOf([birth]).holes).toEqual([
      {
        id: '1.001193',
        label: 'Khai sinh',
        missing: ['online', 'conditions', 'steps', 'forms', 'result', 'legal'],
      },
    ]);
  });
});
