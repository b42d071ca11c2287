import { neighbouringKeys } from './keyboard.ts';
import { fold } from './normalise.ts';

/** One slip: at this place there is `wrong` (at most two letters) where `right` is meant. */
export type TypingError = { at: number; wrong: string; right: string };

/**
 * What an error costs: about the negative natural logarithm of how rarely a word is mistyped that way. Chosen on
 * generated noise, and on how seldom words of real questions that the knowledge lacks are "repaired".
 */
const COST = {
  swapped: 2,
  doubled: 1.5,
  /** A letter too many, from the key beside. */
  brushed: 3,
  extra: 4.5,
  missing: 3,
  beside: 3,
  /** Another letter for one that some regions speak alike. */
  alike: 3.5,
  other: 6,
} as const;
/** The first letter is the one that people see. */
const FIRST_LETTER_COST = 1;

/** Typed and meant letters that are mixed up by ear. */
const ALIKE = new Set('sx xs ln nl iy yi ck kc uo ou dr rd dv vd dz zd rg gr ae ea ie ei'.split(' '));

/**
 * The one letter that is missing, too many or another, or the two neighbours that have changed places; null where
 * more is wrong, or a digit. Both words without accents.
 */
export function typingErrorBetween(typed: string, meant: string): TypingError | null {
  if (Math.abs(typed.length - meant.length) > 1 || typed === meant) return null;
  let at = 0;
  while (at < typed.length && typed[at] === meant[at]) at += 1;
  let end = 0;
  const shorter = Math.min(typed.length, meant.length) - at;
  while (end < shorter && typed[typed.length - 1 - end] === meant[meant.length - 1 - end]) end += 1;
  const length = Math.max(typed.length, meant.length) - end - at;
  if (length > 2) return null;
  const wrong = typed.slice(at, typed.length - end);
  const right = meant.slice(at, meant.length - end);
  const isOneError = length === 1 || isSwap(wrong, right);
  return isOneError && !/\d/.test(wrong + right) ? { at, wrong, right } : null;
}

export function costOfTypingError(error: TypingError, typed: string): number {
  return costOf(error, typed) + (error.at === 0 ? FIRST_LETTER_COST : 0);
}

/** The word put right; the letters around the error keep their accents, and of a doubled letter the accented stays. */
export function undoTypingError(text: string, { at, wrong, right }: TypingError): string {
  const isDoubled = right === '' && fold(text[at - 1] ?? '') === wrong;
  if (isDoubled && text[at] !== wrong) return text.slice(0, at - 1) + text.slice(at);
  const letters = isSwap(wrong, right) ? `${text[at + 1]}${text[at]}` : right;
  return text.slice(0, at) + letters + text.slice(at + wrong.length);
}

/** The forms of a word with one letter less, or with two neighbours in each other's place. */
export function visitLetterSlips(word: string, visit: (form: string) => void): void {
  for (let at = 0; at < word.length; at += 1) {
    const before = word.slice(0, at);
    visit(before + word.slice(at + 1));
    if (at + 1 < word.length) visit(`${before}${word[at + 1]}${word[at]}${word.slice(at + 2)}`);
  }
}

function isSwap(wrong: string, right: string): boolean {
  return wrong.length === 2 && right === `${wrong[1]}${wrong[0]}`;
}

function costOf({ at, wrong, right }: TypingError, typed: string): number {
  if (wrong.length === 2) return COST.swapped;
  if (wrong === '') return COST.missing;
  if (right === '') return costOfExtra(wrong, typed[at - 1], typed[at + 1]);
  if (neighbouringKeys(wrong).includes(right)) return COST.beside;
  return ALIKE.has(wrong + right) ? COST.alike : COST.other;
}

function costOfExtra(letter: string, before: string | undefined, after: string | undefined): number {
  if (letter === before) return COST.doubled;
  const isBrushed = [before, after].some(key => key && neighbouringKeys(key).includes(letter));
  return isBrushed ? COST.brushed : COST.extra;
}
