import { describe, expect, it } from 'vitest';
import { crossValidateTopics } from '../../../src/matcher/evaluation/cross-validate-topics.ts';
import { SMALL_SNAPSHOT } from '../../fixtures/small-knowledge.ts';

const knowledge = {
  topics: SMALL_SNAPSHOT.topics.map(({ topic }) => topic),
  facets: SMALL_SNAPSHOT.facets,
  lexicon: SMALL_SNAPSHOT.lexicon,
};
const phrases = knowledge.topics.flatMap(topic => topic.phrases);
const WRITINGS = [
  { name: 'as written', write: (phrase: string) => phrase },
  { name: 'numbered', write: (phrase: string, seed: number) => `${phrase} ${seed}` },
];
const folds = [...crossValidateTopics(knowledge, { folds: 3, seed: 1, writings: WRITINGS })];
const answers = folds.flat();

describe('the topics of the product, cross-validated', () => {
  it('asks each phrase once in each writing', () => {
    const asWritten = answers.filter(({ writing }) => writing === 'as written');
    expect(asWritten.map(({ phrase }) => phrase).sort()).toEqual([...phrases].sort());
    expect(answers).toHaveLength(2 * phrases.length);
  });

  it('gives each phrase another seed', () => {
    const numbered = answers.filter(({ writing }) => writing === 'numbered');
    const seeds = numbered.map(({ phrase }) => phrase.split(' ').at(-1));
    expect(new Set(seeds).size).toBe(phrases.length);
  });

  it('spreads the phrases over the folds', () => {
    const sizes = folds.map(fold => fold.length / 2);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });

  it('says what was expected, what came, and how sure the matcher was', () => {
    for (const { expected, topics, confidence } of answers) {
      expect(knowledge.topics.map(({ id }) => id)).toContain(expected);
      expect(confidence > 0).toBe(topics.length > 0);
      expect(confidence).toBeLessThanOrEqual(1);
    }
  });

  it('knows which phrases a name gives away', () => {
    const [topic] = knowledge.topics;
    const named = {
      ...knowledge,
      topics: [{ ...topic!, phrases: [...topic!.phrases, topic!.name.toLowerCase()] }],
    };
    const [fold] = crossValidateTopics(named, { folds: 1, seed: 1, writings: WRITINGS.slice(0, 1) });
    expect(fold?.find(({ phrase }) => phrase === topic!.name.toLowerCase())?.isNearName).toBe(true);
    expect(fold?.some(({ isNearName }) => !isNearName)).toBe(true);
  });
});
