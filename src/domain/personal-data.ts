/** What stands in place of a masked number or address. */
const MASKS = {
  email: '[email]',
  phone: '[số điện thoại]',
  citizenId: '[số định danh]',
  account: '[dãy số]',
  address: '[địa chỉ]',
} as const;

const EMAIL = /[\p{L}\d._%+-]+\s?@\s?[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/gu;
/**
 * Digits that people part with spaces, dots or hyphens; not the end or the beginning of a decimal number or of a date
 * ("01/07/2025"). A slash between two long numbers, or a dot after a word, hides nothing ("sđt.0912345678").
 */
const DIGIT_RUN =
  /(?<!\d|\d[.,]|(?<!\d)\d{1,2}\/)\+?\d(?:[\s.-]?\d){7,18}(?!\d|[.,]\d|(?<=(?<!\d)\d{1,2})\/\d)/g;
const DATE = /^\d{1,2}[\s.-]\d{1,2}[\s.-]\d{4}$/;
/** "1.001193": the national code of a procedure is no personal data. */
const PROCEDURE_CODE = /^\d\.\d{6}$/;
/** Prices such as "1.500.000" are no personal data either; unlike citizen ID numbers they never begin with 0. */
const GROUPED_AMOUNT = /^[1-9]\d{0,2}(?:\.\d{3})+$/;
/** House number and street: "số nhà 12 ngõ 5 đường Trần Phú". Where no punctuation ends it, 80 characters go. */
const ADDRESS =
  /(?:số nhà|so nha|nhà số|nha so|địa chỉ|dia chi)\s*:?\s*(?=[^\d,.;?!\n]*\d)[^,.;?!\n]{1,80}(?<!\s)(?![\p{L}\d])/giu;

/**
 * Masks what could tell who the citizen is (citizen ID numbers, phones, e-mails, bank accounts, house addresses)
 * before a text is stored. Prices, dates and procedure codes stay.
 */
export function maskPersonalData(text: string): string {
  return text.replace(EMAIL, MASKS.email).replace(ADDRESS, MASKS.address).replace(DIGIT_RUN, maskDigits);
}

function maskDigits(run: string): string {
  if (DATE.test(run) || PROCEDURE_CODE.test(run) || GROUPED_AMOUNT.test(run)) return run;
  const digits = run.replace(/\D/g, '');
  if (/^(?:84|0)(?:[35789]\d{8}|2\d{9})$/.test(digits)) return MASKS.phone;
  if (digits.length === 9 || digits.length === 12) return MASKS.citizenId;
  return digits.length >= 8 ? MASKS.account : run;
}
