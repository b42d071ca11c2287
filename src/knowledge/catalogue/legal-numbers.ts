/**
 * "123/2015/NĐ-CP", "66.7/2025/NQ-CP". In the catalogue a number follows the title without a space
 * ("… năm 202076/2025/QH15"), and the next title follows the number ("53/2025/TT-BCAThông tư …").
 */
const LEGAL_NUMBER =
  /(?:(?<!\d)(?:(?:19|20)\d\d)?|(?<=QH\d\d))(\d{1,3}(?:\.\d{1,2})?\/\d{4}\/(?:QH\d\d|[A-ZĐ]+(?:-[A-ZĐ]+)*))(?![a-zà-ỹ])/gu;

/** The numbers of legal texts that a text names, in their order, repeats included. */
export function legalNumbers(text: string): string[] {
  return [...text.normalize('NFC').matchAll(LEGAL_NUMBER)].flatMap(([, number]) => number ?? []);
}
