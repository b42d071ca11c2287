import type { KnowledgeSnapshot } from '../../domain/knowledge.ts';
import type { Procedure, Topic } from '../../domain/topic.ts';

/** The imported procedures that nobody has curated: a curated procedure with the same code answers in their place. */
export function catalogueTopics({ topics, catalogue }: KnowledgeSnapshot): Procedure[] {
  if (!catalogue) return [];
  const curated = curatedCodes(topics.map(({ topic }) => topic));
  return catalogue.procedures.filter(({ id }) => !curated.has(id));
}

/** The national codes that curated procedures stand for, those that they replaced included. */
export function curatedCodes(topics: readonly Topic[]): ReadonlySet<string> {
  return new Set(
    topics.flatMap(topic =>
      topic.kind === 'procedure' ? [topic.id, ...(topic.code ? [topic.code] : []), ...topic.replaces] : [],
    ),
  );
}
