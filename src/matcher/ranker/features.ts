import type { Token } from '../vietnamese/tokens.ts';
import { hasAccents } from '../vietnamese/tokens.ts';

/**
 * The families of features that a text is taken apart into, each with its weight in the vector.
 * Weights: chosen on the validation splits of public sets and on cross-validation of the project's own phrases.
 */
export const FEATURE_FAMILIES = {
  /** Words without accents: what every spelling of a question shares. */
  word: 1,
  /** Words with accents, where they were typed. */
  accented: 0.5,
  /** Neighbouring words. */
  pair: 0.7,
  /** Words with one word between them. */
  skip: 0.35,
  /** Three or four letters in a row within a word and its borders. */
  letters: 0.45,
} as const;

export type FeatureFamily = keyof typeof FEATURE_FAMILIES;
/** First character of a feature's name → its family; names stay short because there are many. */
const PREFIX = { word: 'w', accented: 'a', pair: 'p', skip: 's', letters: 'c' } as const;

const MIN_GRAM = 3;
const MAX_GRAM = 4;

/** Calls `visit` for every feature of the text, repeats included. */
export function visitFeatures(
  tokens: readonly Token[],
  visit: (name: string, family: FeatureFamily) => void,
): void {
  let previous = '^';
  let beforePrevious = '';
  for (const token of tokens) {
    const { text, folded } = token;
    visit(PREFIX.word + folded, 'word');
    if (hasAccents(token)) visit(PREFIX.accented + text, 'accented');
    visit(`${PREFIX.pair}${previous} ${folded}`, 'pair');
    if (beforePrevious) visit(`${PREFIX.skip}${beforePrevious} ${folded}`, 'skip');
    visitLetters(folded, visit);
    beforePrevious = previous;
    previous = folded;
  }
  if (tokens.length > 0) visit(`${PREFIX.pair}${previous} $`, 'pair');
}

function visitLetters(folded: string, visit: (name: string, family: FeatureFamily) => void): void {
  const bordered = ` ${folded} `;
  for (let size = MIN_GRAM; size <= MAX_GRAM; size += 1) {
    for (let at = 0; at + size <= bordered.length; at += 1) {
      visit(PREFIX.letters + bordered.slice(at, at + size), 'letters');
    }
  }
}
