import { readFile } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import type { LiveKnowledge } from '../../src/knowledge/live-knowledge.ts';
import { decideAlone } from '../fixtures/decide-alone.ts';
import { openReleasedKnowledge } from '../fixtures/released-knowledge.ts';

type Trap = { text: string; expect: string | null; why: string };

/**
 * In percent of the 60 traps: what is reached must not be lost. 71.7 with 62 procedures, 60.0 with 182, both on
 * 22/11/2026: more topics, more words that lead astray. The goal is 85.
 */
const ENOUGH = 58;
let knowledge: LiveKnowledge;
let traps: Trap[];
beforeAll(async () => {
  knowledge = await openReleasedKnowledge();
  const lines = (await readFile('test/golden/traps.jsonl', 'utf8')).trim().split('\n');
  traps = lines.map(line => JSON.parse(line) as Trap);
}, 120_000);

it('no lucky word leads astray', () => {
  const wrong = traps.map(trap => ({ trap, became: outcomeOf(trap.text) })).filter(isWrong);
  const share = 100 * (1 - wrong.length / traps.length);
  const misses = wrong.map(({ trap, became }) => `${trap.text} → ${JSON.stringify(became)}`);
  expect(traps.length).toBe(60);
  expect(share, misses.join('\n')).toBeGreaterThanOrEqual(ENOUGH);
});

type Became = { answered: string[]; asked: string[] };

function outcomeOf(text: string): Became {
  const outcome = decideAlone(text, knowledge);
  if (outcome.kind === 'answered')
    return { answered: outcome.intents.map(({ topicId }) => topicId), asked: [] };
  if (outcome.kind === 'handover') return { answered: ['gap-can-bo'], asked: [] };
  const offered = outcome.kind === 'clarification' ? outcome.candidates : outcome.nearest;
  return { answered: [], asked: offered.map(({ topicId }) => topicId) };
}

/**
 * A question about a topic wants its answer, or that topic as the first choice offered. A sentence about none must
 * not be answered; a friendly word in return does no harm.
 */
function isWrong({ trap, became }: { trap: Trap; became: Became }): boolean {
  if (trap.expect !== null) return !became.answered.includes(trap.expect) && became.asked[0] !== trap.expect;
  return became.answered.some(topicId => {
    const topic = knowledge.topics.get(topicId)?.topic;
    return topic?.kind !== 'article' || topic.group !== 'smalltalk';
  });
}
