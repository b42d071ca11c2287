import type { Lexicon } from '../../domain/knowledge.ts';
import { type ReadingChange, readingChange } from './reading-change.ts';
import { hasAccents, type Token, tokenise } from './tokens.ts';

export type LexiconKind = Exclude<ReadingChange['kind'], 'repair'>;

/** What people type → the standard form. */
type Entry = { kind: LexiconKind; variant: Token[]; standard: Token[] };

/** Plain data: it can be saved and sent to another thread. */
export type CompiledLexicon = {
  /** Entries by the folded first word of their variant, in the order in which they are tried. */
  entries: ReadonlyMap<string, Entry[]>;
  /** Every word of the lexicon, with and without its accents: none of them is a typing error. */
  words: ReadonlySet<string>;
};

export const EMPTY_LEXICON: CompiledLexicon = { entries: new Map(), words: new Set() };

/** What is spelled out before anything is compared, and what stands beside the text as another reading. */
export const SHORT_FORMS: readonly LexiconKind[] = ['abbreviation', 'teencode'];
export const EVERYDAY_NAMES: readonly LexiconKind[] = ['synonym'];

const KIND_OF_TABLE: Record<keyof Lexicon, LexiconKind> = {
  abbreviations: 'abbreviation',
  teencode: 'teencode',
  synonyms: 'synonym',
};

export function compileLexicon(lexicon: Lexicon): CompiledLexicon {
  const entries = new Map<string, Entry[]>();
  const words = new Set<string>();
  for (const [table, forms] of Object.entries(lexicon) as [keyof Lexicon, Lexicon[keyof Lexicon]][]) {
    for (const [standardText, variants] of Object.entries(forms)) {
      const standard = tokenise(standardText);
      for (const variantText of variants) {
        const variant = tokenise(variantText);
        const first = variant[0]?.folded;
        if (!first) continue;
        const entry = { kind: KIND_OF_TABLE[table], variant, standard };
        entries.set(first, [...(entries.get(first) ?? []), entry]);
        for (const { text, folded } of [...variant, ...standard]) words.add(text).add(folded);
      }
    }
  }
  for (const list of entries.values()) list.sort(inOrderOfTrial);
  return { entries, words };
}

/** The longest variants first; "ko" without accents is "ko" before it is "kó". */
function inOrderOfTrial(a: Entry, b: Entry): number {
  return b.variant.length - a.variant.length || Number(isAccented(a)) - Number(isAccented(b));
}

function isAccented({ variant }: Entry): boolean {
  return variant.some(hasAccents);
}

/** Replaces what people type by its standard form, for the kinds asked for. */
export function applyLexicon(
  tokens: readonly Token[],
  lexicon: CompiledLexicon,
  kinds: readonly LexiconKind[],
): { tokens: Token[]; changes: ReadingChange[] } {
  const result: Token[] = [];
  const changes: ReadingChange[] = [];
  for (let at = 0; at < tokens.length; ) {
    const entry = entryAt(tokens, at, lexicon, kinds);
    const length = entry?.variant.length ?? 1;
    const typed = tokens.slice(at, at + length);
    if (entry) changes.push(readingChange(entry.kind, typed, entry.standard));
    result.push(...(entry?.standard ?? typed));
    at += length;
  }
  return { tokens: result, changes };
}

/** The words that one short form stands for, or the word itself: what its neighbours are to be judged by. */
export function spellOut(token: Token, lexicon: CompiledLexicon): readonly Token[] {
  return entryAt([token], 0, lexicon, SHORT_FORMS)?.standard ?? [token];
}

function entryAt(
  tokens: readonly Token[],
  at: number,
  { entries }: CompiledLexicon,
  kinds: readonly LexiconKind[],
): Entry | undefined {
  return entries
    .get(tokens[at]?.folded ?? '')
    ?.find(({ kind, variant }) => kinds.includes(kind) && startsWith(tokens, at, variant));
}

/** An accented word must match with its accents ("cưới" is not "cuối"); a word without accents matches either. */
function startsWith(tokens: readonly Token[], at: number, variant: readonly Token[]): boolean {
  return variant.every((expected, offset) => {
    const token = tokens[at + offset];
    if (!token) return false;
    return hasAccents(token) ? token.text === expected.text : token.folded === expected.folded;
  });
}
