import type { Token } from './tokens.ts';

/** What was read into a text: these words as typed stand for those. */
export type ReadingChange = {
  kind: 'abbreviation' | 'teencode' | 'synonym' | 'repair';
  from: string;
  to: string;
};

export function readingChange(
  kind: ReadingChange['kind'],
  from: readonly Token[],
  to: readonly Token[],
): ReadingChange {
  return { kind, from: textOf(from), to: textOf(to) };
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join(' ');
}
