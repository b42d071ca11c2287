import type { KnowledgeSnapshot, PublishedTopic } from '../domain/knowledge.ts';
import type { Matcher } from '../matcher/match.ts';

/** The knowledge that answers citizens now: one snapshot and the matcher trained on it. */
export type LiveKnowledge = {
  readonly version: string;
  readonly topics: ReadonlyMap<string, PublishedTopic>;
  readonly matcher: Matcher;
};

export function liveKnowledge(snapshot: KnowledgeSnapshot, matcher: Matcher): LiveKnowledge {
  return {
    version: snapshot.version,
    topics: new Map(snapshot.topics.map(published => [published.topic.id, published])),
    matcher,
  };
}
