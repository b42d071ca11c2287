import type {
  Catalogue,
  FacetPhrases,
  KnowledgeSnapshot,
  Lexicon,
  TopicRecord,
} from '../domain/knowledge.ts';
import { contentHash } from './content-hash.ts';
import { liveRevision } from './live-revision.ts';

/** What is live of the records, in the order of their ids; the same content has the same version. */
export function buildSnapshot(
  records: readonly TopicRecord[],
  shared: { facets: FacetPhrases; lexicon: Lexicon; catalogue?: Catalogue },
  now: Date,
): KnowledgeSnapshot {
  const topics = records
    .flatMap(record => {
      const live = liveRevision(record);
      return live ? [{ topic: live.topic, revision: live.number }] : [];
    })
    .sort((a, b) => (a.topic.id < b.topic.id ? -1 : 1));
  const { facets, lexicon, catalogue } = shared;
  return {
    version: contentHash({ topics, facets, lexicon, catalogue: catalogue?.version }),
    publishedAt: now.toISOString(),
    topics,
    facets,
    lexicon,
    ...(catalogue && { catalogue }),
  };
}
