/**
 * What a person can have meant to type: composed letters (NFC), no control characters but line breaks and tabs,
 * no halves of a surrogate pair. Null bytes break databases, escape sequences break terminals.
 */
export function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Surrogate}\p{Noncharacter_Code_Point}]/gu, '')
    .replace(/[^\P{Control}\n\t]/gu, '')
    .trim();
}
