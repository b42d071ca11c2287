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
const LONGEST_LABEL = 20;

/**
 * Copies of the procedures, all of them in each round: the words that name a procedure are replaced by others, what
 * all topics share ("cần giấy tờ gì", "ở đâu") stays. A word has the same replacement in all copies that a round
 * makes of a field, so that the new field's procedures are as like one another as those of the original ("khai sinh",
 * "đăng ký lại khai sinh"); with copies each on its own, topics were easier to tell apart the more there were.
 * What is held out is held out in the copies too, so no query's wording was indexed anywhere.
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
  const drawSyllable = () => syllables[Math.floor(random() * syllables.length)] as string;
  const copies: SplitTopic<Procedure>[] = [];
  for (let left = size, round = 0; left > 0; round += 1) {
    const replacersOf = new Map(moulds.map(({ topic }) => [topic.field, consistently(drawSyllable)]));
    for (const mould of moulds) {
      const copy = castCopy(mould, round, left, replacersOf.get(mould.topic.field) as Replace);
      if (copy.indexed.length > 0) copies.push(copy);
      left -= copy.indexed.length;
    }
  }
  return copies;
}

type Replace = (word: string) => string;

/** Each word has its own other one, drawn when it first comes. */
function consistently(draw: () => string): Replace {
  const replacements = new Map<string, string>();
  return word => {
    const other = replacements.get(word) ?? draw();
    replacements.set(word, other);
    return other;
  };
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

/** At most `most` phrases are indexed. */
function castCopy(
  { topic, indexed, heldOut }: Mould,
  round: number,
  most: number,
  replace: Replace,
): SplitTopic<Procedure> {
  const phrases = indexed.slice(0, most).map(template => fillTemplate(template, replace));
  return {
    topic: asCatalogued(topic, phrases, round),
    indexed: phrases,
    heldOut: heldOut.map(template => fillTemplate(template, replace)),
  };
}

/** A procedure with phrases alone, as an imported catalogue has them: its first phrase stands for the title. */
function asCatalogued({ kind, id, field, facts }: Procedure, phrases: string[], round: number): Procedure {
  const name = phrases[0] ?? '';
  return {
    kind,
    id: `${id}-${round}`,
    name,
    label: name.slice(0, LONGEST_LABEL).replace(/\s+\S*$/, ''),
    aliases: [],
    phrases,
    replaces: [],
    field,
    facts: { evidence: facts.evidence },
    answers: {},
  };
}
