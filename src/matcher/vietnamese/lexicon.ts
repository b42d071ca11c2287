import type { Lexicon } from '../../domain/knowledge.ts';
import { hasAccents, type Token, tokenise } from './tokens.ts';

/** What people type → the standard form. */
type Entry = { variant: Token[]; standard: Token[]; isSynonym: boolean };

export type CompiledLexicon = {
  /** Entries by the folded first word of their variant, the longest variants first. */
  entries: ReadonlyMap<string, Entry[]>;
  /** Every folded word of the lexicon: none of them is a typing error. */
  words: ReadonlySet<string>;
};

export const EMPTY_LEXICON: CompiledLexicon = { entries: new Map(), words: new Set() };

export function compileLexicon(lexicon: Lexicon): CompiledLexicon {
  const entries = new Map<string, Entry[]>();
  const words = new Set<string>();
  for (const [kind, table] of Object.entries(lexicon)) {
    for (const [standardText, variants] of Object.entries(table)) {
      const standard = tokenise(standardText);
      for (const variantText of variants) {
        const variant = tokenise(variantText);
        const first = variant[0]?.folded;
        if (!first) continue;
        entries.set(first, [
          ...(entries.get(first) ?? []),
          { variant, standard, isSynonym: kind === 'synonyms' },
        ]);
        for (const token of [...variant, ...standard]) words.add(token.folded);
      }
    }
  }
  for (const list of entries.values()) list.sort((a, b) => b.variant.length - a.variant.length);
  return { entries, words };
}

/** Replaces abbreviations and teencode (`synonyms: false`) or synonyms (`true`) by their standard form. */
export function applyLexicon(tokens: Token[], lexicon: CompiledLexicon, synonyms: boolean): Token[] {
  const result: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    const entry = lexicon.entries
      .get(tokens[at]?.folded ?? '')
      ?.find(candidate => candidate.isSynonym === synonyms && startsWith(tokens, at, candidate.variant));
    if (entry) {
      result.push(...entry.standard);
      at += entry.variant.length;
    } else {
      result.push(tokens[at] as Token);
      at += 1;
    }
  }
  return result;
}

/** An accented word must match with its accents ("cưới" is not "cuối"); a word without accents matches either. */
function startsWith(tokens: Token[], at: number, variant: Token[]): boolean {
  return variant.every((expected, offset) => {
    const token = tokens[at + offset];
    if (!token) return false;
    return hasAccents(token) ? token.text === expected.text : token.folded === expected.folded;
  });
}
