import { compileMatcher, type MatcherKnowledge } from './compile-matcher.ts';
import type { Matcher } from './match.ts';
import { openMatcher } from './open-matcher.ts';

export type { MatcherKnowledge };

/** Trains a matcher and makes it ready, both on the caller's thread. */
export function buildMatcher(knowledge: MatcherKnowledge): Matcher {
  return openMatcher(compileMatcher(knowledge));
}
