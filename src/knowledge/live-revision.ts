import type { Revision, TopicRecord } from '../domain/knowledge.ts';

/** Who wrote a revision that was shipped. */
export const RELEASE_AUTHOR = 'release';

/**
 * The revision that answers citizens: the newest published one. Retiring a topic appends a retired revision
 * or retires the published one; either way nothing published is newer, and nothing is live.
 */
export function liveRevision(record: TopicRecord): Revision | null {
  const decided = newestDecided(record);
  return decided?.status === 'published' ? decided : null;
}

/** True when staff took the topic out of use. */
export function isRetired(record: TopicRecord): boolean {
  return newestDecided(record)?.status === 'retired';
}

export function nextNumber(record: TopicRecord): number {
  return Math.max(0, ...record.revisions.map(({ number }) => number)) + 1;
}

function newestDecided({ revisions }: TopicRecord): Revision | null {
  return revisions
    .filter(({ status }) => status === 'published' || status === 'retired')
    .reduce<Revision | null>((newest, next) => (newest && newest.number > next.number ? newest : next), null);
}
