import { applyLexicon, type CompiledLexicon } from './lexicon.ts';
import { repairToken } from './repair.ts';
import { type Token, tokenise } from './tokens.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A text as the ranker sees it. */
export type Reading = {
  tokens: Token[];
  /** The same with everyday names put into their standard form; null where there are none. */
  standard: Token[] | null;
};

/** Reads a text: words, abbreviations and teencode spelled out, repairs of unknown words, synonyms beside. */
export function readText(text: string, lexicon: CompiledLexicon, vocabulary: Vocabulary | null): Reading {
  const spelledOut = applyLexicon(tokenise(text), lexicon, false);
  const tokens = vocabulary ? repair(spelledOut, lexicon, vocabulary) : spelledOut;
  const standard = applyLexicon(tokens, lexicon, true);
  return {
    tokens,
    standard:
      standard.length === tokens.length && standard.every((t, i) => t === tokens[i]) ? null : standard,
  };
}

/** A repaired word may itself be an abbreviation, so the lexicon has a second look. */
function repair(tokens: Token[], lexicon: CompiledLexicon, vocabulary: Vocabulary): Token[] {
  const repaired = tokens.flatMap(token =>
    lexicon.words.has(token.folded) ? [token] : repairToken(token, vocabulary),
  );
  return applyLexicon(repaired, lexicon, false);
}
