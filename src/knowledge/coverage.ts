import { FACETS, type Facet } from '../domain/facet.ts';
import { evidenceOf, type Procedure, type Topic } from '../domain/topic.ts';
import { answerableFacets } from './facets-of.ts';

/** What the knowledge covers, and where it is thin. */
export type Coverage = {
  procedures: number;
  articles: number;
  /** Facets that procedures answer, and the answers of articles. */
  answers: number;
  phrases: number;
  /** Procedures of the imported catalogue. */
  catalogueProcedures: number;
  /** How many procedures answer each facet. */
  facets: Record<Facet, number>;
  holes: { id: string; label: string; missing: Facet[] }[];
  thinTopics: { id: string; label: string; phrases: number }[];
  /** Facts and texts that were not found to agree with their source. */
  unverified: { id: string; label: string; parts: string[] }[];
};

const FEW_PHRASES = 8;

/** Counts what the topics answer and lists where something is missing; the catalogue is not looked at. */
export function coverageOf(topics: readonly Topic[]): Coverage {
  const procedures = topics.filter(topic => topic.kind === 'procedure');
  const answered = procedures.map(procedure => ({ procedure, facets: curatedFacets(procedure) }));
  const articles = topics.length - procedures.length;
  return {
    procedures: procedures.length,
    articles,
    answers: sum(answered.map(({ facets }) => facets.length)) + articles,
    phrases: sum(topics.map(({ phrases }) => phrases.length)),
    catalogueProcedures: 0,
    facets: countFacets(answered.map(({ facets }) => facets)),
    holes: answered.map(holesOf).filter(({ missing }) => missing.length > 0),
    thinTopics: topics
      .filter(({ phrases }) => phrases.length < FEW_PHRASES)
      .map(({ id, label, phrases }) => ({ id, label, phrases: phrases.length })),
    unverified: topics
      .map(topic => ({ id: topic.id, label: topic.label, parts: unverifiedParts(topic) }))
      .filter(({ parts }) => parts.length > 0),
  };
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
