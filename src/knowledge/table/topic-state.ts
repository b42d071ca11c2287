import { FACETS, type Facet } from '../../domain/facet.ts';
import type { Revision, TopicRecord } from '../../domain/knowledge.ts';
import type { Article, Topic } from '../../domain/topic.ts';
import { isRetired, liveRevision } from '../live-revision.ts';

/** What staff work on: what answers citizens, what is not yet published, what was taken out of use. */
export type TopicState = {
  live: Revision | null;
  /** The newest draft or revision in review, where nothing was decided after it. */
  pending: Revision | null;
  retired: Revision | null;
};

export function stateOf(record: TopicRecord | null): TopicState {
  if (!record) return { live: null, pending: null, retired: null };
  const newestFirst = [...record.revisions].sort((a, b) => b.number - a.number);
  const decided = newestFirst.find(({ status }) => status === 'published' || status === 'retired');
  const newest = newestFirst[0];
  return {
    live: liveRevision(record),
    pending: newest && newest !== decided ? newest : null,
    retired: isRetired(record) ? (decided ?? null) : null,
  };
}

export type CuratedText = Article['answer'];
/** The facet of a procedure's answer; an article's only answer has none. */
export type AnswerKey = Facet | null;

export function answerOf(topic: Topic, key: AnswerKey): CuratedText | undefined {
  if (topic.kind === 'article') return key === null ? topic.answer : undefined;
  return key === null ? undefined : topic.answers[key];
}

/** The keys of all curated answers, in the order of the facets. */
export function answerKeys(topic: Topic): AnswerKey[] {
  return topic.kind === 'article' ? [null] : FACETS.filter(facet => topic.answers[facet]);
}
