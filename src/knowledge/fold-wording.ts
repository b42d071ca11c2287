import { fold, normaliseText } from '../matcher/vietnamese/normalise.ts';

/** Lower case, no accents, no punctuation: two wordings that fold alike are one wording to a citizen. */
export function foldWording(text: string): string {
  return fold(normaliseText(text))
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
