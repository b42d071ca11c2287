/** The words that the knowledge is written in, folded, with how often each occurs. */
export type Vocabulary = {
  knows(folded: string): boolean;
  /** The most frequent known word at one typing error from this one, or null. */
  nearest(folded: string): string | null;
};

/** Shorter words have too many neighbours to be corrected. */
const MIN_CORRECTED_LENGTH = 4;

/**
 * Symmetric deletes: a word and its error share a form with at most one letter less, so that a look-up costs a few
 * hash probes instead of the hundreds of edits of a generate-and-test speller.
 */
export function buildVocabulary(counts: ReadonlyMap<string, number>): Vocabulary {
  const byDeletion = new Map<string, string[]>();
  for (const word of counts.keys()) {
    if (word.length < MIN_CORRECTED_LENGTH) continue;
    for (const form of [word, ...deletions(word)]) {
      byDeletion.set(form, [...(byDeletion.get(form) ?? []), word]);
    }
  }
  const knows = (folded: string) => counts.has(folded);
  const nearest = (folded: string) => {
    if (folded.length < MIN_CORRECTED_LENGTH || /\d/.test(folded)) return null;
    let best: string | null = null;
    for (const form of [folded, ...deletions(folded)]) {
      for (const word of byDeletion.get(form) ?? []) {
        if (!isOneTypingError(folded, word)) continue;
        if (best === null || preference(folded, word, counts) > preference(folded, best, counts)) best = word;
      }
    }
    return best;
  };
  return { knows, nearest };
}

function preference(typed: string, word: string, counts: ReadonlyMap<string, number>): number {
  const sameLetters = [...typed].sort().join('') === [...word].sort().join('');
  return (counts.get(word) ?? 0) * (sameLetters ? 10 : 1) * (typed[0] === word[0] ? 4 : 1);
}

function deletions(word: string): string[] {
  return Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1));
}

/** One insertion, deletion, substitution or swap of neighbours. */
function isOneTypingError(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  const [restA, restB] = [a.slice(start, endA), b.slice(start, endB)];
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restA === `${restB[1]}${restB[0]}`;
}

/** Counts folded words of many texts already split into tokens. */
export function countWords(texts: Iterable<readonly { folded: string }[]>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const tokens of texts) {
    for (const { folded } of tokens) counts.set(folded, (counts.get(folded) ?? 0) + 1);
  }
  return counts;
}
