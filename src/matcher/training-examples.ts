import { FACETS, type Facet } from '../domain/facet.ts';
import type { FacetPhrases } from '../domain/knowledge.ts';
import type { Topic } from '../domain/topic.ts';
import type { Readings } from './ranker/feature-space.ts';
import type { Example } from './ranker/ranker.ts';

/** The label of a question that names no topic: "vậy lệ phí bao nhiêu?". */
export const NO_TOPIC = '(no topic)';

/** How many facet questions are composed for each procedure, so that facet words tell no topics apart. */
const COMPOSED_PER_PROCEDURE = 8;
/** How many greetings stand beside each topic's names, so that a greeting in front hides no question. */
const GREETED_PER_TOPIC = 3;
/** A longer phrase of small talk is a sentence of its own. */
const LONGEST_GREETING = 20;
const LONGEST_NAME = 160;
/** Likeness needs the whole of a title that is all a topic has. */
const LONGEST_TITLE = 400;
/** In how many questions each facet phrase is joined with the name of a procedure. */
const FACET_QUESTIONS_PER_PHRASE = 8;
/** In how many situations each facet phrase is told: "vợ tôi mới sinh xong, thì nộp giấy gì". */
const SITUATIONS_PER_PHRASE = 16;
/** Every so many situations stand alone, as the overview's. */
const SITUATIONS_PER_OVERVIEW = 4;
/** What stands before or after a facet when the topic is left out. */
const TOPICLESS = ['vậy', 'thế thì', 'thủ tục này', 'cái này', 'cái đó', 'còn', 'cho hỏi', 'việc này'];

/** Reads a text as it stands in the knowledge. */
type Read = (text: string) => Readings;

/**
 * What the topic ranker learns from: each topic's phrases, its names, and for procedures names joined with facet
 * questions. Facets alone are a class of their own, so that the ranker learns what is no evidence of a topic; those
 * that an article answers train that article.
 */
export function topicExamples(topics: readonly Topic[], facets: FacetPhrases, read: Read): Example[] {
  const facetPhrases = FACETS.flatMap(facet => facets[facet]);
  const articleOfFacet = new Map(
    topics.flatMap(topic =>
      topic.kind === 'article' && topic.answersFacet ? [[topic.answersFacet, topic.id]] : [],
    ),
  );
  const procedures = topics.filter(topic => topic.kind === 'procedure');
  const greetings = topics
    .filter(isSmalltalk)
    .flatMap(topic => topic.phrases.filter(phrase => phrase.length <= LONGEST_GREETING));
  const { asked, support, named } = exampleMakers(read);
  return [
    ...topics.flatMap(topic => [
      ...topic.phrases.map(phrase => asked(phrase, topic.id)),
      ...namesOf(topic).map(name => named(name, topic.id)),
    ]),
    ...procedures.flatMap((topic, number) =>
      composeQuestions(namesOf(topic), facetPhrases, COMPOSED_PER_PROCEDURE, number).map(text =>
        support(text, topic.id),
      ),
    ),
    ...topics
      .filter(topic => !isSmalltalk(topic))
      .flatMap((topic, number) =>
        composeQuestions(namesOf(topic), greetings, GREETED_PER_TOPIC, number).map(text =>
          support(text, topic.id),
        ),
      ),
    ...FACETS.flatMap(facet =>
      facets[facet].flatMap((phrase, i) => {
        const label = articleOfFacet.get(facet) ?? NO_TOPIC;
        const lead = TOPICLESS[i % TOPICLESS.length];
        return [support(phrase, label), support(`${lead} ${phrase}`, label)];
      }),
    ),
  ];
}

/**
 * What the facet ranker learns from: the facet phrases, alone and joined with names of topics, so that the words of
 * a topic speak for no facet. A name alone asks for the overview.
 */
export function facetExamples(topics: readonly Topic[], facets: FacetPhrases, read: Read): Example[] {
  const { asked, support } = exampleMakers(read);
  const names = topics.filter(topic => topic.kind === 'procedure').flatMap(namesOf);
  return [
    ...FACETS.flatMap(facet =>
      facets[facet].flatMap((phrase, i) => [
        asked(phrase, facet),
        ...composeQuestions(names, [phrase], FACET_QUESTIONS_PER_PHRASE, i).map(text => support(text, facet)),
      ]),
    ),
    ...names.map(name => support(name, 'overview' satisfies Facet)),
  ];
}

/**
 * Facet phrases within what citizens tell beside them, so that a long question does not drown the few words that ask.
 * @param situations training phrases of procedures that ask for no facet themselves
 */
export function situatedExamples(situations: readonly string[], facets: FacetPhrases, read: Read): Example[] {
  if (situations.length === 0) return [];
  const { support } = exampleMakers(read);
  const told = FACETS.flatMap((facet, number) =>
    facets[facet].flatMap((phrase, i) =>
      Array.from({ length: SITUATIONS_PER_PHRASE }, (_, k) => {
        const situation = situations[(i * 131 + k * 977 + number * 37) % situations.length];
        return support(k % 3 === 2 ? `${phrase} ${situation}` : `${situation}, ${phrase}`, facet);
      }),
    ),
  );
  const alone = situations.filter((_, i) => i % SITUATIONS_PER_OVERVIEW === 0);
  return [...told, ...alone.map(situation => support(situation, 'overview' satisfies Facet))];
}

export function isSmalltalk(topic: Topic): boolean {
  return topic.kind === 'article' && topic.group === 'smalltalk';
}

/** What the likeness of catalogue topics is measured on: their texts as they stand. */
export function untrainedExamples(catalogue: readonly Topic[], read: Read): Example[] {
  const { named } = exampleMakers(read);
  return catalogue.flatMap(topic =>
    [topic.name, ...topic.aliases, ...topic.phrases].map(text => ({
      ...named(text.slice(0, LONGEST_TITLE), topic.id),
      isUntrained: true,
    })),
  );
}

function exampleMakers(read: Read) {
  const asked = (text: string, label: string): Example => ({ text, readings: read(text), label });
  const support = (text: string, label: string): Example => ({ ...asked(text, label), isSupport: true });
  const named = (text: string, label: string): Example => ({ ...support(text, label), isName: true });
  return { asked, support, named };
}

/** Some official titles run to a thousand characters: no citizen types them, and they would drown the rest. */
function namesOf({ name, label, aliases }: Topic): string[] {
  return [name.slice(0, LONGEST_NAME), label, ...aliases];
}

/** Joins names and endings, each in turn, the name first or last: deterministic, spread over both lists. */
function composeQuestions(
  names: readonly string[],
  endings: readonly string[],
  count: number,
  start: number,
): string[] {
  if (names.length === 0 || endings.length === 0) return [];
  return Array.from({ length: count }, (_, i) => {
    const name = names[(start * 7 + i) % names.length];
    const ending = endings[(start * 13 + i * 37) % endings.length];
    return i % 2 === 0 ? `${name} ${ending}` : `${ending} ${name}`;
  });
}
