import type { KnowledgeSnapshot, PublishedTopic } from '../domain/knowledge.ts';
import { buildMatcher } from '../matcher/build-matcher.ts';
import type { Matcher } from '../matcher/match.ts';

/** The knowledge that answers citizens now: one snapshot and the matcher trained on it. */
export type LiveKnowledge = {
  readonly version: string;
  readonly topics: ReadonlyMap<string, PublishedTopic>;
  readonly matcher: Matcher;
};

/** Trains the matcher on the snapshot: seconds for thousands of phrases, on the caller's thread. */
export function trainKnowledge({ version, topics, facets, lexicon }: KnowledgeSnapshot): LiveKnowledge {
  return {
    version,
    topics: new Map(topics.map(published => [published.topic.id, published])),
    matcher: buildMatcher({ topics: topics.map(({ topic }) => topic), facets, lexicon }),
  };
}
