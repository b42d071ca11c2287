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
  return text.normalize('NFD').replace(COMBINING, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');
}
