/**
 * A text in parts of at most `limit` UTF-16 units, cut between paragraphs, lines or sentences where that can be,
 * else between words, and never inside a grapheme (unless one alone is longer than the limit).
 */
export function splitText(text: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > limit) {
    const at = cutAt(rest, limit);
    parts.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  if (rest) parts.push(rest);
  return parts.filter(Boolean);
}

/** The first at most `limit` UTF-16 units, never half a grapheme; the end of a longer text becomes "…". */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const room = limit - 1;
  const word = lastMatch(text, /\s+/g, room);
  // A cut after a word reads better, unless it costs more than half of what there is room for.
  const at = word >= room / 2 ? word : graphemeEnd(text, room);
  return `${text.slice(0, at).replace(/[\s,;:.–-]+$/u, '')}…`;
}

const PARAGRAPH = /\n\s*\n/g;
/** Not after "1." at a line's start, nor after capitals and single letters ("TP. Hạ Long"). */
const SENTENCE_OR_LINE =
  /\n|(?<![^\S\n]*(?:^|\n)[^\S\n]*\d{1,3})(?<=[\p{Ll}\d)”"%]{2}[.!?…][”")\]]?)\s+(?=[^\p{Ll}\s])/gu;
const WORD = /\s+/g;

/** Rather a shorter part than a torn one, but not less than a third of the limit. */
function cutAt(text: string, limit: number): number {
  for (const [boundary, least] of [
    [PARAGRAPH, limit / 2],
    [SENTENCE_OR_LINE, limit / 3],
    [WORD, 1],
  ] as const) {
    const at = lastMatch(text, boundary, limit);
    if (at >= least) return at;
  }
  return graphemeEnd(text, limit);
}

/** Where the last boundary within the limit begins; -1 where there is none. */
function lastMatch(text: string, boundary: RegExp, limit: number): number {
  let last = -1;
  for (const { index } of text.slice(0, limit + 2).matchAll(boundary)) if (index <= limit) last = index;
  return last;
}

const graphemes = new Intl.Segmenter('vi', { granularity: 'grapheme' });

function graphemeEnd(text: string, limit: number): number {
  let end = 0;
  for (const { index, segment } of graphemes.segment(text.slice(0, limit + 64))) {
    if (index + segment.length > limit) break;
    end = index + segment.length;
  }
  return end > 0 ? end : codePointEnd(text, limit);
}

function codePointEnd(text: string, limit: number): number {
  return /[\uDC00-\uDFFF]/.test(text[limit] ?? '') ? Math.max(1, limit - 1) : limit;
}
