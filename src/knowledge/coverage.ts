import { FACETS, type Facet } from '../domain/facet.ts';
import { evidenceOf, type Procedure, type Topic } from '../domain/topic.ts';
import { groupNearDuplicates } from '../matcher/evaluation/near-duplicates.ts';
import { compileLexicon } from '../matcher/vietnamese/lexicon.ts';
import { answerableFacets } from './facets-of.ts';

/** What the knowledge covers, and where it is thin. */
export type Coverage = {
  procedures: number;
  articles: number;
  /** Facets that procedures answer, and the answers of articles. */
  answers: number;
  phrases: number;
  /** Phrases of one topic that say nearly the same count once. */
  distinctPhrases: number;
  /** Procedures of the imported catalogue. */
  catalogueProcedures: number;
  /** How many procedures answer each facet. */
  facets: Record<Facet, number>;
  holes: { id: string; label: string; missing: Facet[] }[];
  thinTopics: { id: string; label: string; phrases: number }[];
  /** Facts and texts that were not found to agree with their source. */
  unverified: { id: string; label: string; parts: string[] }[];
  /** What was compared with its source longest ago, the oldest first. */
  oldestReviews: { id: string; label: string; checkedOn: string }[];
};

const FEW_PHRASES = 8;
const OLDEST_REVIEWS = 10;
const NO_LEXICON = compileLexicon({ abbreviations: {}, teencode: {}, synonyms: {} });

/**
 * Counts what the topics answer and lists where something is missing.
 * @param catalogueProcedures how many procedures were imported; they are counted, and not looked at
 */
export function coverageOf(topics: readonly Topic[], catalogueProcedures = 0): Coverage {
  const procedures = topics.filter(topic => topic.kind === 'procedure');
  const answered = procedures.map(procedure => ({ procedure, facets: curatedFacets(procedure) }));
  const articles = topics.length - procedures.length;
  return {
    procedures: procedures.length,
    articles,
    answers: sum(answered.map(({ facets }) => facets.length)) + articles,
    phrases: sum(topics.map(({ phrases }) => phrases.length)),
    distinctPhrases: sum(topics.map(distinctPhrases)),
    catalogueProcedures,
    facets: countFacets(answered.map(({ facets }) => facets)),
    holes: answered.map(holesOf).filter(({ missing }) => missing.length > 0),
    thinTopics: topics
      .filter(({ phrases }) => phrases.length < FEW_PHRASES)
      .map(({ id, label, phrases }) => ({ id, label, phrases: phrases.length })),
    unverified: topics
      .map(topic => ({ id: topic.id, label: topic.label, parts: unverifiedParts(topic) }))
      .filter(({ parts }) => parts.length > 0),
    oldestReviews: topics
      .flatMap(topic => {
        const checkedOn = checkedOnOf(topic);
        return checkedOn ? [{ id: topic.id, label: topic.label, checkedOn }] : [];
      })
      .sort((a, b) => (a.checkedOn < b.checkedOn ? -1 : 1))
      .slice(0, OLDEST_REVIEWS),
  };
}

function distinctPhrases({ phrases }: Topic): number {
  return new Set(groupNearDuplicates(phrases, NO_LEXICON)).size;
}

function checkedOnOf(topic: Topic): string | undefined {
  return topic.kind === 'article' ? topic.answer.checkedOn : topic.facts.evidence.checkedOn;
}

/** The status of a dossier is told for all procedures alike: no procedure is credited with it. */
function curatedFacets(procedure: Procedure): Facet[] {
  return answerableFacets(procedure).filter(facet => facet !== 'status' || procedure.answers.status);
}

function holesOf({ procedure, facets }: { procedure: Procedure; facets: Facet[] }) {
  const missing = FACETS.filter(facet => facet !== 'status' && !facets.includes(facet));
  return { id: procedure.id, label: procedure.label, missing };
}

function countFacets(lists: Facet[][]): Record<Facet, number> {
  const count = (facet: Facet) => lists.filter(list => list.includes(facet)).length;
  return Object.fromEntries(FACETS.map(facet => [facet, count(facet)])) as Record<Facet, number>;
}

function unverifiedParts(topic: Topic): string[] {
  if (topic.kind === 'article') return topic.answer.verified === false ? ['answer'] : [];
  const { evidence, url: _url, ...facts } = topic.facts;
  const parts = [
    ...Object.entries(facts).map(([name, fact]) => ({ name, own: fact })),
    ...Object.entries(topic.answers).map(([name, answer]) => ({ name: `answers.${name}`, own: answer })),
  ];
  return parts.filter(({ own }) => own && !evidenceOf(own, evidence).verified).map(({ name }) => name);
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
