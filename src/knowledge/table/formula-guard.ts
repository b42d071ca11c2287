/**
 * A spreadsheet runs a cell that begins with one of these (CSV injection,
 * https://owasp.org/www-community/attacks/CSV_Injection). papaparse's own `escapeFormulae` misses cells of several
 * lines and cannot be undone where a text begins with an apostrophe by itself, so both formats use this pair.
 */
const LOOKS_LIKE_FORMULA = /^'*[=+\-@\t\r]/;
const NEUTRALISED = /^'+[=+\-@\t\r]/;

/** The text with an apostrophe in front where a spreadsheet could take it for a formula. */
export function neutraliseFormula(text: string): string {
  return LOOKS_LIKE_FORMULA.test(text) ? `'${text}` : text;
}

/** Undoes `neutraliseFormula`. */
export function restoreText(cell: string): string {
  return NEUTRALISED.test(cell) ? cell.slice(1) : cell;
}
