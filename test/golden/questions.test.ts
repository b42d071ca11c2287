import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { Facet } from '../../src/domain/facet.ts';
import { decideAlone } from '../fixtures/decide-alone.ts';
import { openReleasedKnowledge } from '../fixtures/released-knowledge.ts';

type Golden = { question: string; topic: string; facet: Facet | null };

/** In percent: of the questions that are answered with their topic, and of these with their facet. */
const ENOUGH = { topic: 92, facet: 95 };

it('the golden questions are answered, with what they ask', { timeout: 120_000 }, async () => {
  const knowledge = await openReleasedKnowledge();
  const lines = (await readFile('test/golden/questions.jsonl', 'utf8')).trim().split('\n');
  const golden = lines.map(line => JSON.parse(line) as Golden);
  const answered = golden.flatMap(asked => {
    const outcome = decideAlone(asked.question, knowledge);
    const intents = outcome.kind === 'answered' ? outcome.intents : [];
    return intents.filter(({ topicId }) => topicId === asked.topic).map(({ facets }) => ({ asked, facets }));
  });
  // No facet asked for is the overview.
  const right = answered.filter(
    ({ asked: { facet }, facets }) =>
      facet === null || facets.includes(facet) || (facets.length === 0 && facet === 'overview'),
  );
  expect(golden.length).toBe(120);
  expect((100 * answered.length) / golden.length).toBeGreaterThanOrEqual(ENOUGH.topic);
  expect((100 * right.length) / answered.length).toBeGreaterThanOrEqual(ENOUGH.facet);
});
