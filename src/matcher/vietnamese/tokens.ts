import Tokenizer from 'natural/lib/natural/tokenizers/aggressive_tokenizer_vi.js';
import { fold, normaliseText } from './normalise.ts';
import { canonicalTone } from './syllable.ts';

/** One word as typed (normalised) and without accents. */
export type Token = { text: string; folded: string };

const tokenizer = new Tokenizer();

export function toToken(text: string): Token {
  return { text, folded: fold(text) };
}

/** Normalised words in order; punctuation, emoji and other signs are gone. */
export function tokenise(text: string): Token[] {
  return tokenizer
    .tokenize(normaliseText(text))
    .filter(word => word !== '')
    .map(word => toToken(canonicalTone(word)));
}

export function hasAccents(token: Token): boolean {
  return token.text !== token.folded;
}
