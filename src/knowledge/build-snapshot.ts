import type { KnowledgeSnapshot, TopicRecord } from '../domain/knowledge.ts';
import { contentHash } from './content-hash.ts';
import { liveRevision } from './live-revision.ts';

type Shared = Pick<KnowledgeSnapshot, 'facets' | 'lexicon' | 'releaseHash' | 'catalogue'>;

/** What is live of the records, in the order of their ids; the same content has the same version. */
export function buildSnapshot(records: readonly TopicRecord[], shared: Shared, now: Date): KnowledgeSnapshot {
  const topics = records
    .flatMap(record => {
      const live = liveRevision(record);
      return live ? [{ topic: live.topic, revision: live.number }] : [];
    })
    .sort((a, b) => (a.topic.id < b.topic.id ? -1 : 1));
  const { facets, lexicon, releaseHash, catalogue } = shared;
  return {
    version: contentHash({ topics, facets, lexicon, releaseHash, catalogue: catalogue?.version }),
    publishedAt: now.toISOString(),
    topics,
    facets,
    lexicon,
    ...(releaseHash && { releaseHash }),
    ...(catalogue && { catalogue }),
  };
}
