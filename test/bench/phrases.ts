import type { FacetPhrases, Lexicon } from '../../src/domain/knowledge.ts';
import type { Procedure, Topic } from '../../src/domain/topic.ts';
import { groupNearDuplicates } from '../../src/matcher/evaluation/near-duplicates.ts';
import { addTypingNoise, withoutAccents } from '../../src/matcher/evaluation/typing-noise.ts';
import { randomNumbers, shuffle } from '../../src/matcher/random.ts';
import { compileLexicon } from '../../src/matcher/vietnamese/lexicon.ts';
import { copyTopics, type SplitTopic } from './topic-copies.ts';

/** What every engine gets. */
export type BenchKnowledge = {
  /** The project's own topics, each with its sampled phrases only. */
  topics: Topic[];
  /** Copies of own procedures about other things. */
  catalogue: Procedure[];
  facets: FacetPhrases;
  lexicon: Lexicon;
};

export type Writing = 'as written' | 'without accents' | 'typing noise';
/** Whether the topic is the project's own or a copy of one. */
export type Origin = 'own' | 'copy';

/** A held-out phrase; the topic that it was written for is the right answer. */
export type Query = { text: string; topicId: string; writing: Writing; origin: Origin };

export type BenchData = {
  knowledge: BenchKnowledge;
  queries: Query[];
  /** Indexed phrases, for an engine's first calls, which are not timed. */
  warmUp: string[];
};

type Release = { topics: readonly Topic[]; facets: FacetPhrases; lexicon: Lexicon };

export type BenchDataOptions = {
  /** Training phrases; beyond OWN_PHRASES they are those of copied topics. */
  size: number;
  /** At most so many queries; fewer when fewer phrases are held out. */
  queries: number;
  seed: number;
};

/** So many of the project's own phrases are indexed at most; the rest is held out. */
export const OWN_PHRASES = 4_080;
const FEWEST_PER_TOPIC = 3;
const WARM_UP_PHRASES = 3000;
const WRITINGS: readonly Writing[] = ['as written', 'without accents', 'as written', 'typing noise'];

/**
 * Training phrases and queries, the same for the same seed. Knowledge grows as it does in life, by topics: the own
 * topics stay, and further ones are copies of own procedures in which the words that name the topic are replaced
 * by others, the same in all its phrases; what all topics share ("cần giấy tờ gì", "ở đâu") stays. A phrase that is
 * held out is held out in the copies too, so no query's wording was indexed anywhere.
 */
export function makeBenchData(release: Release, { size, queries, seed }: BenchDataOptions): BenchData {
  const own = splitPhrases(release, Math.min(size, OWN_PHRASES), seed);
  const copies = copyTopics(own, {
    size: Math.max(0, size - OWN_PHRASES),
    knowledge: release,
    seed: seed + 1,
  });
  return {
    knowledge: {
      topics: own.map(({ topic, indexed }) => ({ ...topic, phrases: indexed })),
      catalogue: copies.map(({ topic }) => topic),
      facets: release.facets,
      lexicon: release.lexicon,
    },
    queries: drawQueries({ own, copy: copies }, queries, seed),
    warmUp: shuffle(
      own.flatMap(({ indexed }) => indexed),
      randomNumbers(seed),
    ).slice(0, WARM_UP_PHRASES),
  };
}

/** A random sample is indexed; of the others, those are held out that say nearly what no other phrase or name says. */
function splitPhrases({ topics, lexicon }: Release, size: number, seed: number): SplitTopic[] {
  const all = topics.flatMap(topic => topic.phrases.map(text => ({ text, topicId: topic.id })));
  const isAlone = phrasesAlone(topics, lexicon);
  const order = shuffle(
    all.map((phrase, i) => ({ ...phrase, isAlone: isAlone[i] === true })),
    randomNumbers(seed),
  );
  const first = order.filter(keepsFewest());
  const sample = new Set([...first, ...order.filter(phrase => !first.includes(phrase))].slice(0, size));
  return topics.map(topic => {
    const phrases = order.filter(({ topicId }) => topicId === topic.id);
    return {
      topic,
      indexed: phrases.filter(phrase => sample.has(phrase)).map(({ text }) => text),
      heldOut: phrases.filter(phrase => !sample.has(phrase) && phrase.isAlone).map(({ text }) => text),
    };
  });
}

/** By phrase, in the topics' order: whether nothing else in the knowledge says nearly the same. */
function phrasesAlone(topics: readonly Topic[], lexicon: Lexicon): boolean[] {
  const phrases = topics.flatMap(topic => topic.phrases);
  const names = topics.flatMap(({ name, label, aliases }) => [name, label, ...aliases]);
  const groups = groupNearDuplicates([...phrases, ...names], compileLexicon(lexicon));
  const sizes = new Map<number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  return phrases.map((_, i) => sizes.get(groups[i] as number) === 1);
}

/** True for the first few phrases of each topic. */
function keepsFewest(): (phrase: { topicId: string }) => boolean {
  const seen = new Map<string, number>();
  return ({ topicId }) => {
    const count = (seen.get(topicId) ?? 0) + 1;
    seen.set(topicId, count);
    return count <= FEWEST_PER_TOPIC;
  };
}

/** Held-out phrases of topics drawn at random, each once; half as written, a quarter each in the other writings. */
function drawQueries(
  splits: Readonly<Record<Origin, readonly SplitTopic[]>>,
  count: number,
  seed: number,
): Query[] {
  const random = randomNumbers(seed + 2);
  const open = (['own', 'copy'] as const).flatMap(origin =>
    splits[origin]
      .filter(({ heldOut }) => heldOut.length > 0)
      .map(({ topic, heldOut }) => ({ topicId: topic.id, origin, left: shuffle(heldOut, random) })),
  );
  const drawn: Query[] = [];
  while (drawn.length < count && open.length > 0) {
    const at = Math.floor(random() * open.length);
    const { topicId, origin, left } = open[at] as (typeof open)[number];
    const writing = WRITINGS[drawn.length % WRITINGS.length] as Writing;
    const text = write(left.pop() as string, writing, seed + drawn.length);
    drawn.push({ text, topicId, writing, origin });
    if (left.length === 0) open.splice(at, 1);
  }
  return drawn;
}

function write(phrase: string, writing: Writing, seed: number): string {
  switch (writing) {
    case 'as written':
      return phrase;
    case 'without accents':
      return withoutAccents(phrase);
    case 'typing noise':
      return addTypingNoise(phrase, { seed, every: 3 });
    default:
      return writing satisfies never;
  }
}
