import type { Revision, RevisionStatus, TopicRecord } from '../domain/knowledge.ts';
import type { Topic } from '../domain/topic.ts';
import { contentHash } from './content-hash.ts';
import { isRetired, liveRevision, nextNumber, RELEASE_AUTHOR } from './live-revision.ts';

/** What staff read on a draft that a release brought for a topic that they had edited. */
const RELEASE_DRAFT_NOTE = 'bản mới từ nhà phát hành';
const RELEASE_NOTE = 'bản phát hành';

/**
 * The records to save so that the store takes over a release: new topics and untouched ones are published,
 * edited ones keep the staff's version and get a draft, retired ones stay as they are, and those that the
 * release no longer holds are flagged. Pure; a second call on the outcome plans nothing.
 */
export function planSync(
  records: readonly TopicRecord[],
  { topics, hashes }: { topics: readonly Topic[]; hashes: ReadonlyMap<string, string> },
  now: Date,
): TopicRecord[] {
  const byId = new Map(records.map(record => [record.id, record]));
  const shipped = topics.flatMap(topic => {
    const record = byId.get(topic.id) ?? null;
    return takeOver(record, topic, hashes.get(topic.id) ?? contentHash(topic), now) ?? [];
  });
  const inRelease = new Set(topics.map(({ id }) => id));
  const removed = records
    .filter(
      ({ id, shippedHash, removedFromRelease }) => shippedHash && !removedFromRelease && !inRelease.has(id),
    )
    .map(record => ({ ...record, version: record.version + 1, removedFromRelease: true }));
  return [...shipped, ...removed];
}

/** The record with the shipped topic in it, or null when nothing changes. */
function takeOver(record: TopicRecord | null, topic: Topic, hash: string, now: Date): TopicRecord | null {
  if (!record) return newRecord(topic, hash, now);
  const news =
    record.shippedHash !== hash && !isRetired(record) ? releaseRevision(record, topic, hash, now) : null;
  if (!news && !record.removedFromRelease) return null;
  return {
    ...record,
    version: record.version + 1,
    shippedHash: news ? hash : record.shippedHash,
    removedFromRelease: false,
    revisions: news ? [...record.revisions, news] : record.revisions,
  };
}

function newRecord(topic: Topic, hash: string, now: Date): TopicRecord {
  const record = { id: topic.id, version: 1, shippedHash: hash, removedFromRelease: false, revisions: [] };
  return { ...record, revisions: [revision(record, topic, 'published', RELEASE_NOTE, now)] };
}

/** Null when staff already wrote the very same. */
function releaseRevision(record: TopicRecord, topic: Topic, hash: string, now: Date): Revision | null {
  const live = liveRevision(record);
  if (live && live.author !== RELEASE_AUTHOR) {
    if (contentHash(live.topic) === hash) return null;
    return revision(record, topic, 'draft', RELEASE_DRAFT_NOTE, now);
  }
  return revision(record, topic, 'published', RELEASE_NOTE, now);
}

function revision(
  record: TopicRecord,
  topic: Topic,
  status: RevisionStatus,
  note: string,
  now: Date,
): Revision {
  return { number: nextNumber(record), status, topic, author: RELEASE_AUTHOR, at: now.toISOString(), note };
}
