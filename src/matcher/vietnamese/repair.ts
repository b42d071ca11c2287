import { fold } from './normalise.ts';
import { decodeTypingKeys, stripTypingKeys } from './telex.ts';
import { type Token, toToken } from './tokens.ts';
import type { Vocabulary } from './vocabulary.ts';

const LONGEST_REPAIRED = 40;

/**
 * Repairs one word that the knowledge does not know: left-over typing keys, doubled letters, words glued together,
 * one wrong letter. Fires only where the repair is known; the word comes back as it was otherwise.
 */
export function repairToken(token: Token, vocabulary: Vocabulary): Token[] {
  if (vocabulary.knows(token.folded) || token.folded.length < 2 || token.text.length > LONGEST_REPAIRED) {
    return [token];
  }
  const whole = fromKeys(token.text, vocabulary) ?? withoutRepeats(token.text, vocabulary);
  if (whole) return [whole];
  const near = vocabulary.nearest(token.folded);
  const parts = split(token.text, vocabulary);
  if (parts) return parts;
  if (near) return [toToken(near)];
  const letters = stripTypingKeys(token.text);
  const nearLetters = letters && vocabulary.nearest(fold(letters));
  return [nearLetters ? toToken(nearLetters) : token];
}

function fromKeys(text: string, vocabulary: Vocabulary): Token | null {
  const decoded = decodeTypingKeys(text);
  return decoded ? known(decoded, vocabulary) : null;
}

function withoutRepeats(text: string, vocabulary: Vocabulary): Token | null {
  const single = text.replace(/(\p{L})\1+/gu, '$1');
  return single === text ? null : known(single, vocabulary);
}

/** "lãnhdaojd" → "lãnh đạo": both sides must be known, as they stand or by their keys. */
function split(text: string, vocabulary: Vocabulary): Token[] | null {
  for (let at = text.length - 2; at >= 2; at -= 1) {
    const left = knownOrDecoded(text.slice(0, at), vocabulary);
    const right = left && knownOrDecoded(text.slice(at), vocabulary);
    if (left && right) return [left, right];
  }
  return null;
}

function knownOrDecoded(text: string, vocabulary: Vocabulary): Token | null {
  return known(text, vocabulary) ?? fromKeys(text, vocabulary);
}

function known(text: string, vocabulary: Vocabulary): Token | null {
  const token = toToken(text);
  return vocabulary.knows(token.folded) ? token : null;
}
