import { describe, expect, it } from 'vitest';
import { decide } from '../../src/conversation/decide.ts';
import type { Session } from '../../src/domain/conversation.ts';
import { articleSchema, procedureSchema, type Topic } from '../../src/domain/topic.ts';
import type { Match } from '../../src/matcher/match.ts';

const NOW = new Date('2026-11-21T03:00:00Z');
const evidence = { source: 'dữ liệu thử', checkedOn: '2026-11-01', verified: true };
const procedure = (id: string) =>
  procedureSchema.parse({
    kind: 'procedure',
    id,
    name: id,
    label: id,
    field: 'ho-tich',
    phrases: [id],
    facts: { evidence },
  });
const article = (id: string, group: string, more: object = {}) =>
  articleSchema.parse({
    kind: 'article',
    id,
    group,
    name: id,
    label: id,
    phrases: [id],
    answer: { text: id },
    ...more,
  });

const topics = new Map(
  [
    procedure('khai-sinh'),
    procedure('khai-tu'),
    article('chao-hoi', 'smalltalk'),
    article('cap-cuu-115', 'emergency'),
    article('chay-no-114', 'emergency'),
    article('gap-can-bo', 'smalltalk', { outcome: 'handover' }),
    article('nop-truc-tuyen', 'howto', { answersFacet: 'online' }),
  ].map((topic: Topic) => [topic.id, { topic, revision: 1 }]),
);
const session = (topicId: string | null = null, minutesAgo = 5): Session => ({
  id: 's1',
  channel: 'web',
  personId: 's1',
  startedAt: NOW.toISOString(),
  lastTurnAt: NOW.toISOString(),
  topicId,
  topicAt: topicId && new Date(NOW.getTime() - minutesAgo * 60_000).toISOString(),
  pending: null,
});
const ranked = (confidences: Record<string, number>) =>
  Object.entries(confidences).map(([topicId, confidence]) => ({ topicId, score: confidence, confidence }));
const match = (confidences: Record<string, number>, more: Partial<Match> = {}): Match => ({
  hasWords: true,
  topics: ranked(confidences),
  facets: [],
  pair: null,
  facetOnly: false,
  ...more,
});
const outcome = (of: Match, remembered: Session = session()) =>
  decide({ match: of, session: remembered, topics, now: NOW });

describe('the cheapest course is taken', () => {
  it('answers what is sure', () => {
    expect(outcome(match({ 'khai-sinh': 0.9, 'khai-tu': 0.05 }))).toMatchObject({
      kind: 'answered',
      intents: [{ topicId: 'khai-sinh', facets: [] }],
    });
  });

  it('asks back between two likely topics', () => {
    expect(outcome(match({ 'khai-sinh': 0.5, 'khai-tu': 0.4 }))).toMatchObject({
      kind: 'clarification',
      candidates: [{ topicId: 'khai-sinh' }, { topicId: 'khai-tu' }],
    });
  });

  it('falls back with the nearest topics when nothing is likely', () => {
    expect(outcome(match({ 'khai-sinh': 0.2, 'khai-tu': 0.01 }))).toMatchObject({
      kind: 'fallback',
      reason: 'not-understood',
      nearest: [{ topicId: 'khai-sinh' }],
    });
  });

  it('offers no small talk as a choice', () => {
    expect(outcome(match({ 'chao-hoi': 0.3, 'khai-sinh': 0.1 }))).toMatchObject({
      nearest: [{ topicId: 'khai-sinh' }],
    });
  });

  it('says that it needs words when there are none', () => {
    expect(outcome(match({}, { hasWords: false }))).toMatchObject({ kind: 'fallback', reason: 'no-words' });
  });

  it('hands over when a person is asked for', () => {
    expect(outcome(match({ 'gap-can-bo': 0.9 }))).toEqual({ kind: 'handover', confidence: 0.9 });
  });

  it('answers both topics of a double question', () => {
    const [first, second] = ranked({ 'khai-sinh': 0.9, 'khai-tu': 0.8 });
    const double = match({ 'khai-sinh': 0.9 }, { pair: [first!, second!], facets: ['fee'] });
    expect(outcome(double)).toMatchObject({
      kind: 'answered',
      intents: [
        { topicId: 'khai-sinh', facets: ['fee'] },
        { topicId: 'khai-tu', facets: ['fee'] },
      ],
    });
  });
});

describe('a facet without a topic', () => {
  const fee = match({ 'khai-tu': 0.1 }, { facetOnly: true, facets: ['fee'] });

  it('is about the topic spoken of in the last half hour', () => {
    expect(outcome(fee, session('khai-sinh', 29))).toMatchObject({
      intents: [{ topicId: 'khai-sinh', facets: ['fee'] }],
    });
  });

  it('asks which procedure is meant when that is longer ago, or there was none', () => {
    expect(outcome(fee, session('khai-sinh', 31))).toMatchObject({
      kind: 'clarification',
      candidates: [],
      facets: ['fee'],
    });
    expect(outcome(fee)).toMatchObject({ kind: 'clarification', candidates: [] });
  });

  it('is answered by its article without a topic, and for the topic with one', () => {
    const online = match({ 'nop-truc-tuyen': 0.95 }, { facets: ['online'] });
    expect(outcome(online)).toMatchObject({ intents: [{ topicId: 'nop-truc-tuyen' }] });
    expect(outcome(online, session('khai-sinh'))).toMatchObject({
      intents: [{ topicId: 'khai-sinh', facets: ['online'] }],
    });
  });
});

describe('an emergency', () => {
  it('is answered sooner than another question', () => {
    expect(outcome(match({ 'khai-sinh': 0.5 })).kind).not.toBe('answered');
    expect(outcome(match({ 'cap-cuu-115': 0.5 })).kind).toBe('answered');
  });

  it('counts every kind of emergency together', () => {
    expect(outcome(match({ 'cap-cuu-115': 0.3, 'chay-no-114': 0.25 })).kind).toBe('answered');
  });

  it('yields to a procedure that the same words may be about', () => {
    expect(outcome(match({ 'cap-cuu-115': 0.5, 'khai-tu': 0.3 }))).toMatchObject({
      kind: 'clarification',
      candidates: [{ topicId: 'cap-cuu-115' }, { topicId: 'khai-tu' }],
    });
  });
});
