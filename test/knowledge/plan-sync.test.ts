import { describe, expect, it } from 'vitest';
import type { Revision, RevisionStatus, TopicRecord } from '../../src/domain/knowledge.ts';
import { articleSchema, type Topic } from '../../src/domain/topic.ts';
import { contentHash } from '../../src/knowledge/content-hash.ts';
import { liveRevision } from '../../src/knowledge/live-revision.ts';
import { planSync } from '../../src/knowledge/plan-sync.ts';

const NOW = new Date('2026-11-21T08:00:00Z');

function greeting(text: string, id = 'chao-hoi'): Topic {
  const named = { id, name: 'Chào hỏi', label: 'Chào hỏi', phrases: ['xin chào'] };
  return articleSchema.parse({ kind: 'article', ...named, group: 'smalltalk', answer: { text } });
}

/** Takes a release over and gives all records as they are then. */
function sync(records: TopicRecord[], ...topics: Topic[]): TopicRecord[] {
  const hashes = new Map(topics.map(topic => [topic.id, contentHash(topic)]));
  const changed = new Map(planSync(records, { topics, hashes }, NOW).map(record => [record.id, record]));
  const kept = records.map(record => changed.get(record.id) ?? record);
  return [...kept, ...[...changed.values()].filter(({ version }) => version === 1)];
}

/** The record with one more revision by a member of staff. */
function edited(record: TopicRecord, text: string, status: RevisionStatus): TopicRecord {
  const number = record.revisions.length + 1;
  const revision = { number, status, topic: greeting(text), author: 'nv-1', at: NOW.toISOString(), note: '' };
  return { ...record, version: record.version + 1, revisions: [...record.revisions, revision] };
}

function brief({ number, status, author, note }: Revision): string {
  return [number, status, author, note].join(' ').trim();
}

describe('a release is taken over', () => {
  it('publishes a new topic as its first revision', () => {
    const [record] = sync([], greeting('Chào anh/chị!'));
    expect(record).toMatchObject({ id: 'chao-hoi', version: 1, removedFromRelease: false });
    expect(record!.shippedHash).toBe(contentHash(greeting('Chào anh/chị!')));
    expect(record!.revisions.map(brief)).toEqual(['1 published release bản phát hành']);
  });

  it('publishes the new text of a topic that nobody touched', () => {
    const [record] = sync(sync([], greeting('Chào anh/chị!')), greeting('Xin chào anh/chị!'));
    expect(record!.version).toBe(2);
    expect(liveRevision(record!)).toMatchObject({ number: 2, topic: greeting('Xin chào anh/chị!') });
  });

  it('keeps what staff published and leaves them the new text as a draft', () => {
    const before = edited(sync([], greeting('Chào anh/chị!'))[0]!, 'Kính chào quý khách!', 'published');
    const [record] = sync([before], greeting('Xin chào anh/chị!'));
    expect(liveRevision(record!)?.topic).toEqual(greeting('Kính chào quý khách!'));
    expect(record!.revisions.map(brief).at(-1)).toBe('3 draft release bản mới từ nhà phát hành');
  });

  it('makes no draft of what staff had written the same way', () => {
    const before = edited(sync([], greeting('Chào!'))[0]!, 'Xin chào!', 'published');
    expect(sync([before], greeting('Xin chào!'))).toEqual([before]);
  });

  it('publishes past a draft that staff have not finished, and keeps the draft', () => {
    const before = edited(sync([], greeting('Chào!'))[0]!, 'Đang viết', 'draft');
    const [record] = sync([before], greeting('Xin chào!'));
    expect(record!.revisions.map(({ status }) => status)).toEqual(['published', 'draft', 'published']);
    expect(liveRevision(record!)?.topic).toEqual(greeting('Xin chào!'));
  });

  it('leaves a retired topic retired', () => {
    const before = edited(sync([], greeting('Chào!'))[0]!, 'Chào!', 'retired');
    expect(sync([before], greeting('Xin chào!'))).toEqual([before]);
    expect(liveRevision(before)).toBeNull();
  });

  it('flags what the release no longer holds, once, and leaves it live', () => {
    const removed = sync(sync([], greeting('Chào!')));
    expect(removed).toMatchObject([{ version: 2, removedFromRelease: true }]);
    expect(liveRevision(removed[0]!)).not.toBeNull();
    expect(sync(removed)).toEqual(removed);
    expect(sync(removed, greeting('Chào!'))).toMatchObject([{ version: 3, removedFromRelease: false }]);
  });

  it('does not flag a topic that was born here', () => {
    const born = { ...edited(sync([], greeting('Chào!'))[0]!, 'Chào!', 'published'), shippedHash: null };
    expect(sync([born])).toEqual([born]);
  });

  it('plans nothing the second time', () => {
    const topics = [greeting('Chào!'), greeting('Tạm biệt!', 'tam-biet')];
    const records = sync([], ...topics);
    expect(records.map(({ id }) => id)).toEqual(['chao-hoi', 'tam-biet']);
    expect(sync(records, ...topics)).toEqual(records);
  });
});
