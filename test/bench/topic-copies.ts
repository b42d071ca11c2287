import type { FacetPhrases } from '../../src/domain/knowledge.ts';
import type { Procedure, Topic } from '../../src/domain/topic.ts';
import { randomNumbers } from '../../src/matcher/random.ts';
import { madeUpSyllables } from './syllables.ts';
import { countTopicWords, fillTemplate, slotsOf, type Template } from './topic-words.ts';

/** A topic with the phrases that engines index and those that they are asked. */
export type SplitTopic<T extends Topic = Topic> = { topic: T; indexed: string[]; heldOut: string[] };

export type CopyOptions = {
  /** Indexed phrases of all copies together. */
  size: number;
  /** The whole knowledge, to tell what names a topic from what all topics' questions share. */
  knowledge: { topics: readonly Topic[]; facets: FacetPhrases };
  seed: number;
};

/** About as many syllables as Vietnamese uses; those that the project's phrases lack are made up. */
const SYLLABLES_IN_USE = 6_000;
/** One syllable names no topic in Vietnamese: a copied phrase differs from its original in two at least. */
const FEWEST_SLOTS = 2;

/**
 * Copies of the procedures, in turn: the words that name a procedure are replaced by others, the same in all phrases
 * of the copy; what all topics share ("cần giấy tờ gì", "ở đâu") stays. What is held out is held out in the copies
 * too, so no query's wording was indexed anywhere.
 */
export function copyTopics(
  originals: readonly SplitTopic[],
  { size, knowledge, seed }: CopyOptions,
): SplitTopic<Procedure>[] {
  if (size === 0) return [];
  const random = randomNumbers(seed);
  const { contentWords, templateOf } = countTopicWords(knowledge.topics, knowledge.facets);
  const made = madeUpSyllables(SYLLABLES_IN_USE - contentWords.length, new Set(contentWords), random);
  const syllables = [...contentWords, ...made];
  const moulds = originals.filter(isProcedure).map(split => toMould(split, templateOf));
  const copies: SplitTopic<Procedure>[] = [];
  for (let left = size, number = 0; left > 0; number += 1) {
    const mould = moulds[number % moulds.length] as Mould;
    const copy = castCopy(
      mould,
      number,
      left,
      () => syllables[Math.floor(random() * syllables.length)] as string,
    );
    if (copy.indexed.length > 0) copies.push(copy);
    left -= copy.indexed.length;
  }
  return copies;
}

/** A procedure's phrases as templates, made once for all its copies. */
type Mould = { topic: Procedure; indexed: Template[]; heldOut: Template[] };

function isProcedure(split: SplitTopic): split is SplitTopic<Procedure> {
  return split.topic.kind === 'procedure';
}

function toMould(
  { topic, indexed, heldOut }: SplitTopic<Procedure>,
  templateOf: (phrase: string, topicId: string) => Template,
): Mould {
  const templates = (phrases: readonly string[]) =>
    phrases.map(phrase => templateOf(phrase, topic.id)).filter(template => slotsOf(template) >= FEWEST_SLOTS);
  return { topic, indexed: templates(indexed), heldOut: templates(heldOut) };
}

function castCopy(
  { topic, indexed, heldOut }: Mould,
  number: number,
  most: number,
  draw: () => string,
): SplitTopic<Procedure> {
  const replacements = new Map<string, string>();
  const replace = (word: string): string => {
    const other = replacements.get(word) ?? draw();
    replacements.set(word, other);
    return other;
  };
  const phrases = indexed.slice(0, most).map(template => fillTemplate(template, replace));
  return {
    topic: asCatalogued(topic, phrases, number),
    indexed: phrases,
    heldOut: heldOut.map(template => fillTemplate(template, replace)),
  };
}

/** A procedure with phrases alone, as an imported catalogue has them: its first phrase stands for the title. */
function asCatalogued({ kind, id, field, facts }: Procedure, phrases: string[], number: number): Procedure {
  const name = phrases[0] ?? '';
  return {
    kind,
    id: `${id}-${number}`,
    name,
    label: name.slice(0, 20),
    aliases: [],
    phrases,
    replaces: [],
    field,
    facts: { evidence: facts.evidence },
    answers: {},
  };
}
