import { fold } from '../../../src/matcher/vietnamese/normalise.ts';

/**
 * Terms for the peers that take a tokeniser. Their own ones break Vietnamese words at accented letters or keep đ
 * apart from d, and would lose for that alone.
 */

/** "Làm giấy" → làm, giấy. */
function syllables(text: string): string[] {
  return text
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '');
}

/** "Làm giấy" → lam, giay. */
export function foldedSyllables(text: string): string[] {
  return syllables(fold(text));
}

/** "Làm giấy" → làm, lam, giấy, giay. */
export function bothSyllables(text: string): string[] {
  return syllables(text).flatMap(word => [...new Set([word, fold(word)])]);
}

/** "Làm giấy" → lam giay: most Vietnamese words have two syllables. */
export function foldedPairs(text: string): string[] {
  const words = foldedSyllables(text);
  return words.slice(1).map((word, i) => `${words[i]} ${word}`);
}
