/** Where one question may end and another begin: punctuation and the words that join. */
const BOUNDARY = /[,;.?!\n]+|\s(?:và|va|với cả|voi ca|cùng với|đồng thời|ngoài ra|rồi thì|còn)\s/giu;
/** Emphasis such as "?!!" makes no segments; more than this is a story, not a list of questions. */
const MAX_SEGMENTS = 6;

/** The parts of a question in their order; one part when nothing joins. */
export function splitSegments(text: string): string[] {
  const segments = text
    .split(BOUNDARY)
    .map(segment => segment.trim())
    .filter(segment => /\p{L}/u.test(segment));
  return segments.length <= MAX_SEGMENTS ? segments : [text];
}
