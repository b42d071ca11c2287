/**
 * Masks what could tell who the citizen is (citizen ID numbers, phones, e-mails, accounts, passports, house addresses)
 * before a text is stored. Prices, dates, decrees and procedure codes stay.
 */
export function maskPersonalData(text: string): string {
  return MASKS.reduce((masked, { pattern, by, unless }) => {
    return masked.replace(pattern, (found: string) => (unless?.(found) ? found : by));
  }, plainDigits(text));
}

/** Full-width digits and invisible characters hide a number from the eye only. */
function plainDigits(text: string): string {
  return text.replace(/\p{Cf}/gu, '').replace(/[\uFF10-\uFF19]/g, digit => digit.normalize('NFKC'));
}

/** What people put between the digits of one number: "(0912) 345 - 678". */
const GAP = '[\\s.,_/()\\-–—]{0,3}';
const NUMBER_WORDS = 'cmnd|cmt|cmtnd|cccd|căn cước|can cuoc|chứng minh|chung minh|định danh|dinh danh';

const DATE = /(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?!\d)/;
/** "1.500.000", "12.000.000-15.000.000", "1.001193 1.004222": prices and codes of procedures. */
const HARMLESS =
  /^(?:[1-9]\d{0,2}(?:[.,]\d{3})+|\d\.\d{6})(?:[\s–—-]+(?:[1-9]\d{0,2}(?:[.,]\d{3})+|\d\.\d{6}))*$/;
const isHarmless = (number: string) => HARMLESS.test(number.trim());
const hasDate = (number: string) => DATE.test(number);

/** In their order: what is recognised surely before what is only long. */
const MASKS: { pattern: RegExp; by: string; unless?: (found: string) => boolean }[] = [
  {
    pattern:
      /[\p{L}\d._%+-]+\s*(?:@|\(a\)|[[(]at[\])]|\sa còng\s|\sa cong\s)\s*[\p{L}\d-]+(?:\s*\.\s*\p{L}{2,})+/giu,
    by: '[email]',
  },
  // House number and street. Where no punctuation ends it, 80 characters go.
  {
    pattern:
      /(?:số nhà|so nha|nhà số|nha so|địa chỉ|dia chi)\s*:?\s*(?=[^\d,.;?!\n]*\d)[^,.;?!\n]{1,80}(?<!\s)(?![\p{L}\d])/giu,
    by: '[địa chỉ]',
  },
  {
    pattern:
      /(?:số|so)?\s*\d+\p{L}?(?:\/\d+)*\s+(?:ngõ|ngo|ngách|ngach|hẻm|hem|kiệt|kiet)\s+[^,.;?!\n]{1,60}/giu,
    by: ' [địa chỉ]',
  },
  {
    pattern: /(?<=(?:ở|tại)\s)(?:số\s+)?\d+[A-Za-z]?(?:\/\d+)*\s+(?:đường |phố )?\p{Lu}[^,.;?!\n]{1,60}/gu,
    by: '[địa chỉ]',
  },
  {
    pattern: new RegExp(`(?<=(?:${NUMBER_WORDS})[^\\d\\n]{0,15})\\d(?:${GAP}\\d){8,18}(?!\\d)`, 'giu'),
    by: '[số định danh]',
    unless: hasDate,
  },
  {
    pattern: new RegExp(`(?<!\\d)0(?:${GAP}\\d){11}(?!\\d)`, 'g'),
    by: '[số định danh]',
    unless: isTwoNumbers,
  },
  {
    pattern: new RegExp(
      `(?<!\\d|(?<!\\d)\\d{1,2}[./-])\\(?(?:\\+?84|0)\\)?${GAP}(?:[35789](?:${GAP}\\d){8}|2(?:${GAP}\\d){9})(?!\\d)`,
      'g',
    ),
    by: '[số điện thoại]',
    unless: hasDate,
  },
  { pattern: /(?<!\d)\d{9}(?:\d{3})?(?!\d)/g, by: '[số định danh]' },
  { pattern: /(?<![\p{L}\d])[A-Za-z]\d{7,8}(?!\d)/gu, by: '[số hộ chiếu]' },
  { pattern: /(?<!\d)\d{8,}(?!\d)/g, by: '[dãy số]' },
  {
    pattern: /(?<![\d/]|\d[.,])\d(?:[\s.-]?\d){9,18}(?!\d|[.,/]\d)/g,
    by: '[dãy số]',
    unless: number => isHarmless(number) || hasDate(number),
  },
];

/** A phone number and another number, or a date, beside each other are no citizen ID. */
function isTwoNumbers(found: string): boolean {
  return hasDate(found) || /^0[35789]\d{8}\D/.test(found);
}
