/** Text as the matcher compares it. Pure functions over strings; everything is NFC. */

const FORMATTING = /\p{Cf}/gu;
const CONTROL = /\p{Cc}/gu;
const COMBINING = /[\u0300-\u036f]/g;

/**
 * NFC, lower case, without invisible characters, compatibility forms (full-width letters, ligatures) unfolded.
 * Icelandic ð and the barred capital Ɖ, which some keyboards produce, become đ.
 */
export function normaliseText(text: string): string {
  return text
    .replace(FORMATTING, '')
    .replace(CONTROL, ' ')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ðɖ]/g, 'đ')
    .normalize('NFC');
}

/** Without accents: "đăng ký" → "dang ky". */
export function fold(text: string): string {
  return text.replace(
    NOT_PLAIN,
    letter => FOLDED.get(letter) ?? letter.normalize('NFD').replace(COMBINING, ''),
  );
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: everything but ASCII, control characters included
const NOT_PLAIN = /[^\x00-\x7f]/g;

/** The Vietnamese letters, which are nearly all that is folded: a look-up is ten times faster than NFD. */
const FOLDED: ReadonlyMap<string, string> = new Map([
  ['đ', 'd'],
  ['Đ', 'D'],
  ...Array.from('ăâeêioôơuưyaĂÂEÊIOÔƠUƯYA').flatMap(vowel =>
    ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'].map(
      tone => [(vowel + tone).normalize('NFC'), vowel.normalize('NFD')[0] as string] as const,
    ),
  ),
]);
