import type { GraphError, GraphErrorKind } from './graph-client.ts';

const PASSING: GraphErrorKind[] = ['retry-exhausted', 'dead-token', 'halted'];

/** Whether the same message may be taken later: the platform is unwell, or somebody has to put something right. */
export function isWorthWaiting({ kind }: GraphError): boolean {
  return PASSING.includes(kind);
}
