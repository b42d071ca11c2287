import { FACETS, type Facet } from '../domain/facet.ts';
import type { Facts, Procedure } from '../domain/topic.ts';

/** The fact that each facet is composed from; a facet without one is answered by a curated text. */
export const FACT_OF_FACET = {
  documents: 'documents',
  fee: 'fees',
  time: 'time',
  where: 'agency',
  online: 'online',
  forms: 'forms',
  legal: 'legal',
} as const satisfies Partial<Record<Facet, keyof Facts>>;

/** Facets that every procedure answers: composed from its name, and told for all procedures alike. */
const ALWAYS: readonly Facet[] = ['overview', 'status'];

/** The facets that a procedure can answer, in the order in which a reply offers them. */
export function answerableFacets(procedure: Procedure, overlay: Partial<Facts> = {}): Facet[] {
  return FACETS.filter(
    facet =>
      ALWAYS.includes(facet) || procedure.answers[facet] !== undefined || hasFact(procedure, facet, overlay),
  );
}

function hasFact(procedure: Procedure, facet: Facet, overlay: Partial<Facts>): boolean {
  if (!(facet in FACT_OF_FACET)) return false;
  const fact = FACT_OF_FACET[facet as keyof typeof FACT_OF_FACET];
  return (overlay[fact] ?? procedure.facts[fact]) !== undefined;
}
