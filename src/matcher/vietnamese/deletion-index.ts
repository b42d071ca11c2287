/** Finds the words of a list at one typing error from another word. */
export type DeletionIndex = {
  /** Calls `visit` with the number of every word that may be at one error; some are not, some come twice. */
  visitNear(typed: string, visit: (word: number) => void): void;
};

/** FNV-1a's start and factor, for 32 bits. */
const HASH_START = 0x811c9dc5;
const HASH_FACTOR = 0x01000193;
const NO_DELETION = -1;

/**
 * Symmetric deletes (Wolf Garbe's SymSpell): a word and its error share a form with at most one letter less, so that
 * a look-up costs a few probes instead of the hundreds of edits of a generate-and-test speller. The forms themselves
 * are not kept, only word numbers in buckets by the form's hash: 60,000 words take some 3 MB and 50 ms.
 */
export function buildDeletionIndex(words: readonly string[]): DeletionIndex {
  const size = bucketCount(words);
  const mask = size - 1;
  const ends = new Uint32Array(size + 1);
  visitForms(words, hash => {
    const bucket = hash & mask;
    ends[bucket + 1] = (ends[bucket + 1] as number) + 1;
  });
  for (let bucket = 0; bucket < size; bucket += 1)
    ends[bucket + 1] = (ends[bucket + 1] as number) + (ends[bucket] as number);
  const entries = new Uint32Array(ends[size] as number);
  const filled = ends.slice();
  visitForms(words, (hash, word) => {
    const at = filled[hash & mask] as number;
    entries[at] = word;
    filled[hash & mask] = at + 1;
  });

  const visitNear = (typed: string, visit: (word: number) => void) => {
    for (let deleted = NO_DELETION; deleted < typed.length; deleted += 1) {
      const bucket = hashWithout(typed, deleted) & mask;
      for (let at = ends[bucket] as number; at < (ends[bucket + 1] as number); at += 1)
        visit(entries[at] as number);
    }
  };
  return { visitNear };
}

/** A power of two, about as many as there are forms. */
function bucketCount(words: readonly string[]): number {
  const forms = words.reduce((sum, word) => sum + word.length + 1, 1);
  return 2 ** Math.ceil(Math.log2(forms));
}

function visitForms(words: readonly string[], visit: (hash: number, word: number) => void): void {
  words.forEach((text, word) => {
    if (text === '') return;
    for (let deleted = NO_DELETION; deleted < text.length; deleted += 1)
      visit(hashWithout(text, deleted), word);
  });
}

function hashWithout(text: string, deleted: number): number {
  let hash = HASH_START;
  for (let at = 0; at < text.length; at += 1) {
    if (at !== deleted) hash = Math.imul(hash ^ text.charCodeAt(at), HASH_FACTOR);
  }
  // The low bits choose the bucket: let the high ones speak there too.
  return (hash ^ (hash >>> 15)) >>> 0;
}
