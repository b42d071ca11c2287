import Fuse from 'fuse.js';
import type { Suggestion } from '../domain/conversation.ts';
import type { PublishedTopic } from '../domain/knowledge.ts';
import { fold } from './fold.ts';

/** At most this many suggestions. */
const LIMIT = 6;
/** Fewer letters say nothing. */
const MIN_LETTERS = 2;
/** Fuse's cost grows with the length; who has typed more is writing a question, not a name. */
const MAX_LETTERS = 48;
/** Fuse: 0 = equal, 1 = anything. Beyond 0.35 unrelated names come in. */
const FUZZY_THRESHOLD = 0.35;

/**
 * Topics for what is being typed, best first: names that begin with it or hold it as words,
 * then names that are near it (typing errors). Built once per knowledge version.
 */
export function createSuggester(topics: Iterable<PublishedTopic>): (typed: string) => Suggestion[] {
  const names = [...topics].filter(({ topic }) => !isSmalltalk(topic)).flatMap(namesOf);
  const fuse = new Fuse(names, {
    keys: ['folded'],
    threshold: FUZZY_THRESHOLD,
    ignoreLocation: true,
    includeScore: true,
  });

  return typed => {
    const wanted = fold(typed).slice(0, MAX_LETTERS);
    if (wanted.length < MIN_LETTERS) return [];
    const literal = literalMatches(names, wanted);
    const found = firstPerTopic(literal);
    if (found.length >= LIMIT || wanted.length <= MIN_LETTERS) return found.slice(0, LIMIT);
    const near = fuse.search(wanted, { limit: LIMIT * 4 }).map(result => result.item);
    return firstPerTopic([...literal, ...near]).slice(0, LIMIT);
  };
}

type Name = { id: string; name: string; folded: string };

function isSmalltalk(topic: PublishedTopic['topic']): boolean {
  return topic.kind === 'article' && topic.group === 'smalltalk';
}

/** A suggestion shows the official title, whichever name was met. */
function namesOf({ topic: { id, name, label, aliases } }: PublishedTopic): Name[] {
  const folded = new Set([label, ...aliases, name].map(fold));
  return [...folded].map(text => ({ id, name, folded: text }));
}

/** Names in which every typed word begins a word: 0 when the name begins so, 1 when the words stand together. */
function literalMatches(names: Name[], wanted: string): Name[] {
  const words = wanted.split(' ');
  return names
    .map(name => ({ name, rank: rankOf(name.folded, wanted, words) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank || a.name.folded.length - b.name.folded.length)
    .map(({ name }) => name);
}

function rankOf(folded: string, wanted: string, words: string[]): number {
  if (folded.startsWith(wanted)) return 0;
  const padded = ` ${folded}`;
  if (padded.includes(` ${wanted}`)) return 1;
  return words.every(word => padded.includes(` ${word}`)) ? 2 : 3;
}

function firstPerTopic(names: Name[]): Suggestion[] {
  const byId = new Map<string, Suggestion>();
  for (const { id, name } of names) if (!byId.has(id)) byId.set(id, { id, name });
  return [...byId.values()];
}
