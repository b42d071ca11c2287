import Tokenizer from 'natural/lib/natural/tokenizers/aggressive_tokenizer_vi.js';
import { fold, normaliseText } from './normalise.ts';
import { canonicalTone } from './syllable.ts';

/** One word as typed (normalised) and without accents. */
export type Token = { readonly text: string; readonly folded: string };

const tokenizer = new Tokenizer();

export function toToken(text: string): Token {
  return { text, folded: fold(text) };
}

/** Normalised words in order; punctuation, emoji and other signs are gone. */
export function tokenise(text: string): Token[] {
  return tokenizer
    .tokenize(normaliseText(text))
    .filter(word => word !== '')
    .map(tokenOf);
}

/** Words come back all the time, and Vietnamese has few: a look-up is faster than the rules of spelling. */
const remembered = new Map<string, Token>();
const MOST_REMEMBERED = 20_000;
const LONGEST_REMEMBERED = 16;

function tokenOf(word: string): Token {
  const before = remembered.get(word);
  if (before) return before;
  const token = toToken(canonicalTone(word));
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  if (word.length <= LONGEST_REMEMBERED) remembered.set(word, token);
  return token;
}

export function hasAccents(token: Token): boolean {
  return token.text !== token.folded;
}
