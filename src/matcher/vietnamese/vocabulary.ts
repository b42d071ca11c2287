import { buildDeletionIndex } from './deletion-index.ts';
import { fold } from './normalise.ts';
import { hasAccents, type Token } from './tokens.ts';

/**
 * The words that the knowledge is written in, folded, with what usually stands beside what. A word has a number;
 * that of the border of a text is `BORDER`, that of an unknown word `UNKNOWN`.
 */
export type Vocabulary = {
  knows(folded: string): boolean;
  /** Whether the word occurs with just these accents. */
  knowsForm(token: Token): boolean;
  /** The accents that the word carries in the knowledge: "so" → "số", "sổ", "sơ"; the bare word is not among them. */
  formsOf(folded: string): readonly string[];
  numberOf(folded: string): number;
  wordOf(number: number): string;
  /** Calls `visit` with the known words at one typing error from this one, and perhaps with some others. */
  visitNear(folded: string, visit: (number: number) => void): void;
  /** Natural logarithm of how probable the word is after the other. */
  logProbability(word: number, previous: number): number;
  /** Share (0–1) of the words that carry accents: 0 in a knowledge without Vietnamese. */
  readonly accentedShare: number;
};

export const BORDER = 0;
export const UNKNOWN = -1;

/** A vocabulary to be saved, or sent to another thread; arrays of one length belong together. */
export type VocabularyData = {
  /** Folded words; the first is `''`, the border of a text. */
  words: string[];
  /** How often each word occurs. */
  counts: Uint32Array;
  accentedShare: number;
  /** Every word that occurs with accents, as it is written. */
  accentedForms: string[];
  /** Neighbours: those of word `w` are `pairSeconds[pairEnds[w - 1] … pairEnds[w]]`, ascending. */
  pairEnds: Uint32Array;
  pairSeconds: Uint32Array;
  pairCounts: Uint32Array;
};

const BORDER_WORD = '';
/** A pair as one number: below 2 ** 53 for as many words as fit into memory. */
const PAIR_FACTOR = 2 ** 26;
/** How much a pair that was seen counts against the word alone. */
const PAIR_WEIGHT = 0.6;
/** A word that the knowledge does not count is as rare as half an occurrence. */
const UNSEEN_COUNT = 0.5;

export function buildVocabulary(texts: Iterable<readonly Token[]>): Vocabulary {
  return openVocabulary(compileVocabulary(texts));
}

/** Counts the words, and the pairs of neighbours, of many texts. */
export function compileVocabulary(texts: Iterable<readonly Token[]>): VocabularyData {
  const numbers = new Map([[BORDER_WORD, BORDER]]);
  const counts = [0];
  const pairs = growingList();
  const accentedForms = new Set<string>();
  let accented = 0;
  let total = 0;
  const count = (folded: string) => {
    const number = numbers.get(folded) ?? numbers.size;
    numbers.set(folded, number);
    counts[number] = (counts[number] ?? 0) + 1;
    return number;
  };
  for (const tokens of texts) {
    let previous = count(BORDER_WORD);
    for (const token of tokens) {
      const number = count(token.folded);
      pairs.add(previous * PAIR_FACTOR + number);
      previous = number;
      total += 1;
      if (!hasAccents(token)) continue;
      accented += 1;
      accentedForms.add(token.text);
    }
    pairs.add(previous * PAIR_FACTOR + BORDER);
  }
  return {
    words: [...numbers.keys()],
    counts: Uint32Array.from(counts),
    accentedShare: total > 0 ? accented / total : 0,
    accentedForms: [...accentedForms],
    ...countPairs(pairs.values().sort(), numbers.size),
  };
}

export function openVocabulary(data: VocabularyData): Vocabulary {
  const { words, counts, accentedShare } = data;
  const numbers = new Map(words.map((word, number) => [word, number]));
  const forms = groupByFolded(data.accentedForms);
  const index = buildDeletionIndex(words);
  const total = counts.reduce((sum, count) => sum + count, 0) + UNSEEN_COUNT * words.length;

  const numberOf = (folded: string) => numbers.get(folded) ?? UNKNOWN;
  const formsOf = (folded: string) => forms.get(folded) ?? [];
  const logProbability = (word: number, previous: number) => {
    const alone = (counts[word] ?? UNSEEN_COUNT) / total;
    if (previous === UNKNOWN) return Math.log(alone);
    const after = countOfPair(data, previous, word) / Math.max(1, counts[previous] as number);
    return Math.log(PAIR_WEIGHT * after + (1 - PAIR_WEIGHT) * alone);
  };
  return {
    knows: folded => numberOf(folded) > BORDER,
    knowsForm: token =>
      hasAccents(token) ? formsOf(token.folded).includes(token.text) : numberOf(token.folded) > BORDER,
    formsOf,
    numberOf,
    wordOf: number => words[number] as string,
    visitNear: index.visitNear,
    logProbability,
    accentedShare,
  };
}

function groupByFolded(forms: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const form of forms) {
    const folded = fold(form);
    const group = groups.get(folded);
    if (group) group.push(form);
    else groups.set(folded, [form]);
  }
  return groups;
}

type PairTable = Pick<VocabularyData, 'pairEnds' | 'pairSeconds' | 'pairCounts'>;

/** Runs of equal numbers in the sorted pairs become rows by first word. */
function countPairs(sorted: Float64Array, wordCount: number): PairTable {
  const distinct = sorted.filter((pair, i) => pair !== sorted[i - 1]);
  const table: PairTable = {
    pairEnds: new Uint32Array(wordCount),
    pairSeconds: new Uint32Array(distinct.length),
    pairCounts: new Uint32Array(distinct.length),
  };
  let from = 0;
  distinct.forEach((pair, i) => {
    const first = Math.floor(pair / PAIR_FACTOR);
    let to = from;
    while (sorted[to] === pair) to += 1;
    table.pairSeconds[i] = pair % PAIR_FACTOR;
    table.pairCounts[i] = to - from;
    table.pairEnds[first] = i + 1;
    from = to;
  });
  // A word that begins no pair has an empty row.
  for (let word = 1; word < wordCount; word += 1)
    table.pairEnds[word] = Math.max(table.pairEnds[word] as number, table.pairEnds[word - 1] as number);
  return table;
}

function countOfPair(
  { pairEnds, pairSeconds, pairCounts }: PairTable,
  first: number,
  second: number,
): number {
  let low = pairEnds[first - 1] ?? 0;
  let high = pairEnds[first] as number;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((pairSeconds[middle] as number) < second) low = middle + 1;
    else high = middle;
  }
  const isThere = low < (pairEnds[first] as number) && pairSeconds[low] === second;
  return isThere ? (pairCounts[low] as number) : 0;
}

/** Numbers one after the other, without an object for each: there may be millions of pairs. */
function growingList(): { add(value: number): void; values(): Float64Array } {
  let list = new Float64Array(1024);
  let length = 0;
  const add = (value: number) => {
    if (length === list.length) {
      const longer = new Float64Array(length * 2);
      longer.set(list);
      list = longer;
    }
    list[length] = value;
    length += 1;
  };
  return { add, values: () => list.slice(0, length) };
}
