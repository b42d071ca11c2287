import { applyLexicon, type CompiledLexicon, EVERYDAY_NAMES, SHORT_FORMS } from './lexicon.ts';
import type { ReadingChange } from './reading-change.ts';
import { repairTokens } from './repair.ts';
import { type Token, tokenise } from './tokens.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A text as the ranker sees it. */
export type Reading = {
  tokens: Token[];
  /** The same with everyday names put into their standard form; null where there are none. */
  standard: Token[] | null;
  /** What was read into the text, in the order of the steps; a repaired word may then be spelled out. */
  changes: ReadingChange[];
};

/**
 * Reads a text: words, repairs of unknown words, abbreviations and teencode spelled out, everyday names beside.
 * Without a vocabulary nothing is repaired: that is how the knowledge itself is read.
 */
export function readText(text: string, lexicon: CompiledLexicon, vocabulary: Vocabulary | null): Reading {
  const typed = tokenise(text);
  const repaired = vocabulary ? repairTokens(typed, lexicon, vocabulary) : { tokens: typed, changes: [] };
  const spelledOut = applyLexicon(repaired.tokens, lexicon, SHORT_FORMS);
  const standard = applyLexicon(spelledOut.tokens, lexicon, EVERYDAY_NAMES);
  return {
    tokens: spelledOut.tokens,
    standard: standard.changes.length > 0 ? standard.tokens : null,
    changes: [...repaired.changes, ...spelledOut.changes, ...standard.changes],
  };
}

/** The token lists whose features stand for the text. */
export function toReadings({ tokens, standard }: Reading): Token[][] {
  return standard ? [tokens, standard] : [tokens];
}
