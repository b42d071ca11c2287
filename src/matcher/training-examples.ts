import { FACETS, type Facet } from '../domain/facet.ts';
import type { FacetPhrases } from '../domain/knowledge.ts';
import type { Topic } from '../domain/topic.ts';
import type { Example } from './ranker/ranker.ts';
import type { Readings } from './ranker/vectoriser.ts';

/** The label of a question that names no topic: "vậy lệ phí bao nhiêu?". */
export const NO_TOPIC = '(no topic)';

/** How many facet questions are composed for each procedure, so that facet words tell no topics apart. */
const COMPOSED_PER_PROCEDURE = 8;
/** How many greetings stand beside each topic's names, so that a greeting in front hides no question. */
const GREETED_PER_TOPIC = 3;
/** A longer phrase of small talk is a sentence of its own. */
const LONGEST_GREETING = 20;
const LONGEST_NAME = 160;
/** In how many questions each facet phrase is joined with the name of a procedure. */
const FACET_QUESTIONS_PER_PHRASE = 8;
/** What stands before or after a facet when the topic is left out. */
const TOPICLESS = ['vậy', 'thế thì', 'thủ tục này', 'cái này', 'cái đó', 'còn', 'cho hỏi', 'việc này'];

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
  return [
    ...topics.flatMap(topic => [
      ...topic.phrases.map(phrase => ({ readings: read(phrase), labels: [topic.id] })),
      ...namesOf(topic).map(name => support(read(name), topic.id)),
    ]),
    ...procedures.flatMap((topic, number) =>
      composeQuestions(namesOf(topic), facetPhrases, COMPOSED_PER_PROCEDURE, number).map(text =>
        support(read(text), topic.id),
      ),
    ),
    ...topics
      .filter(topic => !isSmalltalk(topic))
      .flatMap((topic, number) =>
        composeQuestions(namesOf(topic), greetings, GREETED_PER_TOPIC, number).map(text =>
          support(read(text), topic.id),
        ),
      ),
    ...FACETS.flatMap(facet =>
      facets[facet].flatMap((phrase, i) => {
        const label = articleOfFacet.get(facet) ?? NO_TOPIC;
        const lead = TOPICLESS[i % TOPICLESS.length];
        return [support(read(phrase), label), support(read(`${lead} ${phrase}`), label)];
      }),
    ),
  ];
}

/**
 * What the facet ranker learns from: the facet phrases, alone and joined with names of topics, so that the words of
 * a topic speak for no facet. A name alone asks for the overview.
 */
export function facetExamples(topics: readonly Topic[], facets: FacetPhrases, read: Read): Example[] {
  const names = topics.filter(topic => topic.kind === 'procedure').flatMap(namesOf);
  return [
    ...FACETS.flatMap(facet =>
      facets[facet].flatMap((phrase, i) => [
        { readings: read(phrase), labels: [facet] },
        ...composeQuestions(names, [phrase], FACET_QUESTIONS_PER_PHRASE, i).map(text =>
          support(read(text), facet),
        ),
      ]),
    ),
    ...names.map(name => support(read(name), 'overview' satisfies Facet)),
  ];
}

function isSmalltalk(topic: Topic): boolean {
  return topic.kind === 'article' && topic.group === 'smalltalk';
}

function support(readings: Readings, label: string): Example {
  return { readings, labels: [label], isSupport: true };
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
