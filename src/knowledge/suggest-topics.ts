import Fuse from 'fuse.js';
import type { Suggestion } from '../domain/conversation.ts';
import type { PublishedTopic } from '../domain/knowledge.ts';
import { foldWording } from './fold-wording.ts';

/** At most this many suggestions. */
const LIMIT = 6;
/** Fewer letters say nothing. */
const MIN_LETTERS = 2;
/** Who has typed more words than these is telling a story, not naming a procedure. */
const MAX_WORDS = 16;
/** A word that begins no known word is looked up with typing errors from this length on. */
const MIN_LETTERS_TO_REPAIR = 3;
/** Fuse's distance, 0 = equal: one wrong letter in a Vietnamese syllable of four. */
const REPAIR_THRESHOLD = 0.34;
/** A repaired word counts less than one that is right. */
const REPAIRED = 0.7;
/** A name is offered when it holds this share of what was typed, rare words counting more … */
const MIN_SHARE = 0.55;
/** … or when all its words were typed, whatever else was: then it counts like this share. */
const WHOLE_NAME = 0.9;

/**
 * Topics for what is being typed, best first: those whose names begin with it, hold it, hold its words.
 * Built once per knowledge version; a look-up takes 1–3 ms for 500 procedures. Fuse repairs single words:
 * over whole names it takes a hundred times as long and finds less.
 */
export function createSuggester(topics: Iterable<PublishedTopic>): (typed: string) => Suggestion[] {
  const names = [...topics].filter(published => !isSmalltalk(published)).flatMap(namesOf);
  const index = indexWords(names);

  return typed => {
    const wanted = foldWording(typed);
    if (wanted.length < MIN_LETTERS) return [];
    const matches = [...shareOfNames(index, wanted.split(' ').slice(0, MAX_WORDS))]
      .filter(([, share]) => share >= MIN_SHARE)
      .map(([name, share]) => ({ name, share, rank: rankOf(name, wanted) }))
      .sort((a, b) => a.rank - b.rank || b.share - a.share || a.name.folded.length - b.name.folded.length);
    return firstPerTopic(matches.map(match => match.name)).slice(0, LIMIT);
  };
}

/** `shown`: the name that the suggestion shows, or the everyday one; else an alias. */
type Name = { id: string; name: string; folded: string; shown: boolean };

function isSmalltalk({ topic }: PublishedTopic): boolean {
  return topic.kind === 'article' && topic.group === 'smalltalk';
}

/** A suggestion shows the official title, whichever name was met. */
function namesOf({ topic: { id, name, label, aliases } }: PublishedTopic): Name[] {
  const shown = new Set([name, label].map(text => foldWording(text).replace(/^thu tuc /, '')));
  const other = new Set(aliases.map(foldWording).filter(alias => !shown.has(alias)));
  const nameOf = (isShown: boolean) => (folded: string) => ({ id, name, folded, shown: isShown });
  return [...[...shown].map(nameOf(true)), ...[...other].map(nameOf(false))];
}

type WordIndex = {
  /** Sorted, so that the words with one beginning lie together. */
  words: string[];
  holders: Map<string, Set<Name>>;
  /** How much a word tells names apart. */
  weightOf: (holders: number) => number;
  nearest: Fuse<string>;
};

function indexWords(names: Name[]): WordIndex {
  const holders = new Map<string, Set<Name>>();
  for (const name of names) {
    for (const word of name.folded.split(' ')) holders.set(word, (holders.get(word) ?? new Set()).add(name));
  }
  const words = [...holders.keys()].sort();
  const nearest = new Fuse(words, { threshold: REPAIR_THRESHOLD, includeScore: true });
  return { words, holders, weightOf: count => Math.log(1 + names.length / (count + 1)), nearest };
}

/** Which share of the typed words each name holds; 1 = all. */
function shareOfNames(index: WordIndex, typed: string[]): Map<Name, number> {
  const shares = new Map<Name, number>();
  const found = typed.map((word, i) => namesWith(index, word, i === typed.length - 1));
  const total = found.reduce((sum, { weight }) => sum + weight, 0);
  for (const { names, weight, quality } of found) {
    for (const name of names) shares.set(name, (shares.get(name) ?? 0) + (weight * quality) / total);
  }
  const words = new Set(typed);
  for (const [name, share] of shares) {
    if (share < WHOLE_NAME && holdsNothingElse(name, words)) shares.set(name, WHOLE_NAME);
  }
  return shares;
}

function holdsNothingElse({ folded }: Name, typed: Set<string>): boolean {
  const words = folded.split(' ');
  return words.length > 1 && words.every(word => typed.has(word));
}

type Found = { names: Set<Name>; weight: number; quality: number };

/** Only the last word is still being typed. */
function namesWith(index: WordIndex, typed: string, isLast: boolean): Found {
  const known = isLast
    ? wordsBeginningWith(index.words, typed)
    : [typed].filter(word => index.holders.has(word));
  const words = known.length > 0 ? known : repair(index, typed);
  const names = new Set(words.flatMap(word => [...(index.holders.get(word) ?? [])]));
  return { names, weight: index.weightOf(names.size), quality: known.length > 0 ? 1 : REPAIRED };
}

function repair({ nearest }: WordIndex, typed: string): string[] {
  if (typed.length < MIN_LETTERS_TO_REPAIR) return [];
  return nearest
    .search(typed, { limit: 3 })
    .map(result => result.item)
    .filter(word => Math.abs(word.length - typed.length) <= 1);
}

function wordsBeginningWith(words: string[], beginning: string): string[] {
  let [from, to] = [0, words.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (words[middle]! < beginning) from = middle + 1;
    else to = middle;
  }
  const end = words.findIndex((word, i) => i >= from && !word.startsWith(beginning));
  return words.slice(from, end === -1 ? words.length : end);
}

/** A suggestion that does not show what was typed puzzles: aliases come later than shown names. */
function rankOf({ folded, shown }: Name, wanted: string): number {
  if (folded.startsWith(wanted)) return shown ? 0 : 2;
  if (` ${folded}`.includes(` ${wanted}`)) return shown ? 1 : 3;
  return 4;
}

function firstPerTopic(names: Name[]): Suggestion[] {
  const byId = new Map<string, Suggestion>();
  for (const { id, name } of names) if (!byId.has(id)) byId.set(id, { id, name });
  return [...byId.values()];
}
