import type { BenchKnowledge } from './phrases.ts';

/** What answers questions, built on the bench's knowledge. */
export type Engine = {
  build: (knowledge: BenchKnowledge) => Search | Promise<Search>;
};

/** Topic ids, best first; a topic may come more than once, as engines of phrases find it. */
export type Search = (text: string) => string[] | Promise<string[]>;

/** One text that an engine indexes, with the topic that it stands for. */
export type Document = { text: string; topicId: string };

/** Engines of phrases rank so many: enough for three different topics. */
export const FOUND_PHRASES = 50;

/** What ours trains on, for the peers: every phrase, and the names by which a topic is known. */
export function documentsOf({ topics, catalogue }: BenchKnowledge): Document[] {
  return [...topics, ...catalogue].flatMap(({ id, phrases, name, label, aliases }) =>
    [...new Set([...phrases, name, label, ...aliases])].map(text => ({ text, topicId: id })),
  );
}
