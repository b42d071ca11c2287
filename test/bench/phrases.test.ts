import { describe, expect, it } from 'vitest';
import { loadIntents } from '../../src/knowledge/load-intents.ts';
import { fold } from '../../src/matcher/vietnamese/normalise.ts';
import { makeBenchData, OWN_PHRASES } from './phrases.ts';

const release = await loadIntents('intents');
const OPTIONS = { size: OWN_PHRASES + 12_000, queries: 200, seed: 7 };
const { knowledge, queries } = makeBenchData(release, OPTIONS);
const indexed = [...knowledge.topics, ...knowledge.catalogue].flatMap(({ phrases }) => phrases);

describe('the phrases of the bench', () => {
  it('are as many as asked for: own ones first, then those of copied procedures', () => {
    expect(knowledge.topics.flatMap(({ phrases }) => phrases)).toHaveLength(OWN_PHRASES);
    expect(indexed).toHaveLength(OPTIONS.size);
    expect(Math.min(...knowledge.topics.map(({ phrases }) => phrases.length))).toBeGreaterThanOrEqual(3);
  });

  it('are the same for the same seed, and others for another', () => {
    expect(makeBenchData(release, OPTIONS)).toEqual({ knowledge, queries, warmUp: expect.any(Array) });
    expect(makeBenchData(release, { ...OPTIONS, seed: 8 }).queries).not.toEqual(queries);
  });

  it('hold no query, accents or not', () => {
    const folded = new Set(indexed.map(fold));
    expect(queries).toHaveLength(200);
    expect(queries.filter(({ text }) => folded.has(fold(text)))).toEqual([]);
  });

  it('of a copy keep what all topics share and replace the name, the same word by the same', () => {
    const copy = knowledge.catalogue.find(({ id }) => id.startsWith('1.001456-'));
    const phrases = copy?.phrases.join('\n') ?? '';
    expect(phrases).not.toMatch(/hộ chiếu|passport/);
    expect(phrases).toMatch(/giấy tờ|bao lâu|lệ phí/);
    const name = commonestPair(copy?.phrases ?? []);
    expect(copy?.phrases.filter(phrase => phrase.includes(name)).length).toBeGreaterThan(5);
  });

  it('are asked in three writings: half as written, the others without accents or mistyped', () => {
    const count = (wanted: string) => queries.filter(({ writing }) => writing === wanted).length;
    expect(['as written', 'without accents', 'typing noise'].map(count)).toEqual([100, 50, 50]);
    const plain = queries.filter(({ writing }) => writing === 'without accents');
    expect(plain.filter(({ text }) => text !== fold(text))).toEqual([]);
  });
});

function commonestPair(phrases: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const words of phrases.map(phrase => phrase.split(' ')))
    for (const [i, word] of words.slice(1).entries())
      counts.set(`${words[i]} ${word}`, (counts.get(`${words[i]} ${word}`) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}
