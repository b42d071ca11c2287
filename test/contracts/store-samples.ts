import type { Session, Turn, UnansweredQuestion } from '../../src/domain/conversation.ts';
import type { Catalogue, KnowledgeSnapshot, TopicRecord } from '../../src/domain/knowledge.ts';
import type { StaffAccount } from '../../src/domain/staff.ts';
import type { Procedure, Topic, TopicRef } from '../../src/domain/topic.ts';
import type { InboxEvent } from '../../src/stores/store.ts';

export const noon = new Date('2026-11-21T05:00:00.000Z');

export function minutesAfter(minutes: number, at = noon): string {
  return new Date(at.getTime() + minutes * 60_000).toISOString();
}

const khaiSinh: Topic = {
  kind: 'procedure',
  id: '1.001193',
  code: '1.001193',
  replaces: [],
  name: 'Thủ tục đăng ký khai sinh',
  label: 'Khai sinh',
  aliases: ['làm giấy khai sinh'],
  field: 'ho-tich',
  phrases: ['làm giấy khai sinh cho con cần những gì'],
  facts: {
    evidence: { source: 'Cổng Dịch vụ công quốc gia', checkedOn: '2026-11-21', verified: true },
    time: { value: { value: 1, unit: 'working-day' } },
  },
  answers: {},
};

const khaiSinhRef: TopicRef = {
  id: '1.001193',
  kind: 'procedure',
  group: 'ho-tich',
  code: '1.001193',
  name: 'Thủ tục đăng ký khai sinh',
  label: 'Khai sinh',
};

export function aSession(change: Partial<Session> = {}): Session {
  return {
    id: 's-lan',
    channel: 'messenger',
    personId: 'psid-lan',
    startedAt: minutesAfter(0),
    lastTurnAt: minutesAfter(0),
    topicId: null,
    topicAt: null,
    pending: null,
    ...change,
  };
}

export function aTurn(change: Partial<Turn> = {}): Turn {
  const id = change.id ?? 't-1';
  return {
    id,
    sessionId: 's-lan',
    channel: 'messenger',
    personId: 'psid-lan',
    messageId: `m-${id}`,
    at: minutesAfter(1),
    question: 'làm giấy khai sinh cho con mất mấy ngày',
    choiceId: null,
    reply: {
      outcome: 'answered',
      confidence: 0.93,
      topic: khaiSinhRef,
      facet: 'time',
      facets: ['time'],
      topics: [khaiSinhRef],
      choices: [],
      suggestions: [{ id: '1.001193/fee', name: 'Phí, lệ phí' }],
      links: [],
      text: 'Ngay trong ngày làm việc, sau khi hồ sơ đã đủ.',
    },
    answered: [{ topicId: '1.001193', facet: 'time', revision: 1 }],
    missingFacets: [],
    smalltalk: false,
    knowledgeVersion: 'v1',
    micros: 900,
    ...change,
  };
}

export function anUnanswered(turn: Turn, change: Partial<UnansweredQuestion> = {}): UnansweredQuestion {
  return {
    id: `u-${turn.id}`,
    turnId: turn.id,
    sessionId: turn.sessionId,
    channel: turn.channel,
    at: turn.at,
    text: turn.question,
    reason: 'fallback',
    nearest: [{ topicId: '1.001193', confidence: 0.21 }],
    ...change,
  };
}

export function aTopicRecord(change: Partial<TopicRecord> = {}): TopicRecord {
  const author = 'release';
  return {
    id: khaiSinh.id,
    version: 1,
    shippedHash: 'h1',
    removedFromRelease: false,
    revisions: [{ number: 1, status: 'published', topic: khaiSinh, author, at: minutesAfter(0), note: '' }],
    ...change,
  };
}

export function aSnapshot(change: Partial<KnowledgeSnapshot> = {}): KnowledgeSnapshot {
  return {
    version: 'v1',
    publishedAt: minutesAfter(0),
    topics: [{ topic: khaiSinh, revision: 1 }],
    facets: {} as KnowledgeSnapshot['facets'],
    lexicon: { abbreviations: { 'căn cước công dân': ['cccd'] }, teencode: {}, synonyms: {} },
    ...change,
  };
}

export function aCatalogue(): Catalogue {
  const taken = { ...khaiSinh, id: '1.003586', code: '1.003586', origin: 'catalogue' } as const;
  return { version: 'c1', procedures: [taken as Procedure] };
}

export function anAccount(change: Partial<StaffAccount> = {}): StaffAccount {
  return {
    id: 'a-hoa',
    email: 'Hoa@quangninh.gov.vn',
    name: 'Nguyễn Thị Hoa',
    role: 'admin',
    passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA',
    createdAt: minutesAfter(0),
    disabled: false,
    ...change,
  };
}

export function anInboxEvent(change: Partial<InboxEvent> = {}): InboxEvent {
  return {
    id: 'm-1',
    channel: 'messenger',
    personId: 'psid-lan',
    at: noon.getTime(),
    body: { text: 'làm khai sinh ở đâu' },
    ...change,
  };
}
