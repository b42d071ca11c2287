import type { KnowledgeSnapshot, PublishedTopic } from '../domain/knowledge.ts';
import type { Procedure } from '../domain/topic.ts';
import type { CompiledMatcher, MatcherKnowledge } from '../matcher/compile-matcher.ts';
import type { Matcher } from '../matcher/match.ts';
import { openMatcher } from '../matcher/open-matcher.ts';
import { catalogueTopics } from './catalogue/catalogue-topics.ts';

/** The knowledge that answers citizens now: one snapshot and the matcher trained on it. */
export type LiveKnowledge = {
  readonly version: string;
  readonly topics: ReadonlyMap<string, PublishedTopic>;
  readonly matcher: Matcher;
};

/** Where a matcher comes from: trained on a thread of its own, or saved by an earlier start. */
export type ObtainMatcher = (snapshot: KnowledgeSnapshot) => Promise<CompiledMatcher>;

/** Makes a snapshot ready to answer with the matcher that was trained on it: tens of milliseconds. */
export function openKnowledge(snapshot: KnowledgeSnapshot, matcher: CompiledMatcher): LiveKnowledge {
  return {
    version: snapshot.version,
    topics: new Map(
      [...catalogueTopics(snapshot).map(fromCatalogue), ...snapshot.topics].map(published => [
        published.topic.id,
        published,
      ]),
    ),
    matcher: openMatcher(matcher),
  };
}

/** What a matcher is trained on. */
export function toMatcherKnowledge(snapshot: KnowledgeSnapshot): MatcherKnowledge {
  const { topics, facets, lexicon } = snapshot;
  return { topics: topics.map(({ topic }) => topic), catalogue: catalogueTopics(snapshot), facets, lexicon };
}

/** What came from the catalogue has no revisions. */
function fromCatalogue(topic: Procedure): PublishedTopic {
  return { topic, revision: 0 };
}
