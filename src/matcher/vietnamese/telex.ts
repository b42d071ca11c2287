import { parseSyllable, splitTone, type Tone, VOWEL, writeSyllable } from './syllable.ts';

/**
 * Typing keys that were left in the text because the keyboard was off or too slow: "hoof sow", "d9a8ng ky1",
 * "nôjp". Telex marks with letters, VNI with digits; both may come late in the word.
 */

const TONE_KEYS: Record<string, Tone> = {
  f: '\u0300',
  s: '\u0301',
  x: '\u0303',
  r: '\u0309',
  j: '\u0323',
  '2': '\u0300',
  '1': '\u0301',
  '4': '\u0303',
  '3': '\u0309',
  '5': '\u0323',
};
/** Key → what it does to the nearest letter before it. */
const SHAPE_KEYS: Record<string, Record<string, string>> = {
  a: { a: 'â' },
  e: { e: 'ê' },
  o: { o: 'ô' },
  d: { d: 'đ' },
  w: { a: 'ă', o: 'ơ', u: 'ư' },
  '6': { a: 'â', e: 'ê', o: 'ô' },
  '7': { o: 'ơ', u: 'ư' },
  '8': { a: 'ă' },
  '9': { d: 'đ' },
};

/**
 * The word that the keys would have made, or null when no key is left over or the result is no syllable.
 * "hoof" → "hồ", "d9a8ng" → "đăng", "kys" → "ký".
 */
export function decodeTypingKeys(word: string): string | null {
  const keys = pressKeys(word);
  if (!keys) return null;
  const syllable = parseSyllable(keys.letters);
  return syllable && writeSyllable({ ...syllable, tone: keys.tone });
}

/**
 * Presses every key that is left over; the letters that stay may make no syllable: "nôipj" → "nôip" and the tone.
 * Null when there is no key.
 */
export function pressKeys(word: string): { letters: string; tone: Tone } | null {
  const [plain, writtenTone] = splitTone(word);
  const letters: string[] = [];
  let tone = writtenTone;
  let pressed = false;
  for (const key of plain) {
    if (TONE_KEYS[key] && letters.some(letter => VOWEL.test(letter))) {
      tone = TONE_KEYS[key];
      pressed = true;
    } else if (reshape(letters, key)) {
      pressed = true;
    } else if (key === 'w') {
      // Telex makes an ư of a w that has nothing to mark.
      letters.push('ư');
      pressed = true;
    } else {
      letters.push(key);
    }
  }
  return pressed ? { letters: letters.join(''), tone } : null;
}

/** Applies a shape key to the nearest letter that it fits; false when it is an ordinary letter here. */
function reshape(letters: string[], key: string): boolean {
  const shapes = SHAPE_KEYS[key];
  if (!shapes) return false;
  const at = letters.findLastIndex(letter => shapes[letter]);
  if (at < 0) return false;
  letters[at] = shapes[letters[at] ?? ''] ?? '';
  // "uow" and "uo7" mean ươ.
  if ((key === 'w' || key === '7') && letters[at] === 'ơ' && letters[at - 1] === 'u') letters[at - 1] = 'ư';
  return true;
}
