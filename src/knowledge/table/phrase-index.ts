import type { Topic } from '../../domain/topic.ts';

/** Folds a wording, see `foldWording`; remembered, since each phrase is compared many times. */
export type Fold = (text: string) => string;

/** By the folded wording: the phrase of the topic. */
type PhraseIndex = Map<string, string>;

/** Built once for a topic; lives as long as the topic does. */
const indexes = new WeakMap<Topic, PhraseIndex>();

/** The phrase of the topic that folds alike, or null. */
export function heldPhrase(topic: Topic, folded: string, fold: Fold): string | null {
  return indexOf(topic, fold).get(folded) ?? null;
}

/** The topic with the phrase in the place of the one that folds alike; null takes it out. */
export function withPhrase(topic: Topic, folded: string, text: string | null, fold: Fold): Topic {
  const index = indexOf(topic, fold);
  const held = index.get(folded);
  const others = held === undefined ? topic.phrases : topic.phrases.filter(phrase => phrase !== held);
  const replaced = () => topic.phrases.map(phrase => (phrase === held ? text! : phrase));
  const phrases = text === null ? others : held === undefined ? [...topic.phrases, text] : replaced();
  const after = { ...topic, phrases };
  // The index goes on with the newer topic: thousands of edits would otherwise build thousands.
  indexes.delete(topic);
  if (text === null) index.delete(folded);
  else index.set(folded, text);
  indexes.set(after, index);
  return after;
}

function indexOf(topic: Topic, fold: Fold): PhraseIndex {
  const known = indexes.get(topic);
  if (known) return known;
  const index = new Map(topic.phrases.map(phrase => [fold(phrase), phrase]));
  indexes.set(topic, index);
  return index;
}
