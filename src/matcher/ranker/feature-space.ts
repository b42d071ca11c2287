import { hasAccents, type Token } from '../vietnamese/tokens.ts';

/**
 * The families of features that a text is taken apart into, each with its weight in the vector.
 * Weights: chosen on the validation splits of public sets and on cross-validation of the project's own phrases.
 */
const FEATURE_WEIGHTS = {
  /** Words without accents: what every spelling of a question shares. */
  words: 1,
  /** Words with accents, where they were typed. */
  accented: 0.6,
  /** Neighbouring words. */
  pairs: 0.7,
  /** Words with one word between them. */
  skips: 0.35,
  /** Three or four letters in a row within a word and its borders. */
  grams: 0.35,
} as const;

/** Of groups of letters in a language whose words change their form, as Vietnamese ones never do. */
const INFLECTED_GRAMS = 0.5;

type Family = keyof typeof FEATURE_WEIGHTS;
/** The families in the order of their blocks of ids. */
const FAMILIES = ['words', 'accented', 'pairs', 'skips', 'grams'] as const satisfies readonly Family[];

/** A text in one or more readings (as typed; with standard names); its features are those of all. */
export type Readings = readonly (readonly Token[])[];

/** Every feature that the training texts have, by family: structured-clonable. Pairs are `wordKey(first, second)`. */
export type FeatureNames = {
  words: string[];
  accented: string[];
  grams: string[];
  pairs: Float64Array;
  skips: Float64Array;
};

/** What a text consists of, in feature ids. */
export type TextFeatures = {
  /** Each known feature once, in no order. */
  ids: Int32Array;
  /** For every word of every reading its feature id, or -1 for one that no training text has. */
  words: Int32Array;
  /** The same with the accented form's id where that was typed and is known. */
  spellings: Int32Array;
  /** False for a text in which no known word has accents: people who type without leave them all out. */
  isAccented: boolean;
};

/** Numbers the features of texts: words first, then the other families in blocks, groups of letters last. */
export type FeatureSpace = {
  /** Number of features. */
  readonly size: number;
  /** Features below this number are words and pairs of words, those from it on are groups of letters. */
  readonly wholeWords: number;
  /** Whether the feature is a word with accents. */
  isAccented(id: number): boolean;
  /** The weight of each feature's family. */
  readonly familyWeights: Float32Array;
  featuresOf(readings: Readings): TextFeatures;
  /** The feature for people: `khai sinh` for a pair, `khai … sinh` for a skip pair, null for letters. */
  describe(id: number): string | null;
};

const UNKNOWN = -1;
const MIN_GRAM = 3;
const MAX_GRAM = 4;
/** The borders of a text take part in pairs, as words of their own. */
const START = -2;
const END = -3;
/** Above any number of words; two numbers stay exact in one double. */
const KEY_BASE = 2 ** 24;
/** Makes the borders positive. */
const KEY_SHIFT = 4;

function wordKey(first: number, second: number): number {
  return (first + KEY_SHIFT) * KEY_BASE + second + KEY_SHIFT;
}

/** Collects the features of all training texts. */
export function collectFeatures(texts: Iterable<Readings>): FeatureNames {
  const words = new Map<string, number>();
  const [accented, grams] = [new Set<string>(), new Set<string>()];
  const [pairs, skips] = [new Set<number>(), new Set<number>()];
  const numberOf = (word: string) => {
    const known = words.get(word);
    if (known !== undefined) return known;
    words.set(word, words.size);
    visitGrams(word, gram => grams.add(gram));
    return words.size - 1;
  };
  for (const readings of texts) {
    for (const tokens of readings) {
      for (const token of tokens) if (hasAccents(token)) accented.add(token.text);
      const numbers = tokens.map(({ folded }) => numberOf(folded));
      visitPairs(
        numbers,
        key => pairs.add(key),
        key => skips.add(key),
      );
    }
  }
  return {
    words: [...words.keys()],
    accented: [...accented],
    grams: [...grams],
    pairs: Float64Array.from(pairs),
    skips: Float64Array.from(skips),
  };
}

export function openFeatureSpace(names: FeatureNames): FeatureSpace {
  const starts = {} as Record<Family, number>;
  let size = 0;
  for (const family of FAMILIES) {
    starts[family] = size;
    size += names[family].length;
  }
  const words = numbered(names.words, starts.words);
  const accented = numbered(names.accented, starts.accented);
  const pairs = numbered(names.pairs, starts.pairs);
  const skips = numbered(names.skips, starts.skips);
  const grams = numbered(names.grams, starts.grams);
  const familyWeights = new Float32Array(size);
  for (const family of FAMILIES) {
    const isInflected = family === 'grams' && names.accented.length === 0;
    const weight = isInflected ? INFLECTED_GRAMS : FEATURE_WEIGHTS[family];
    familyWeights.fill(weight, starts[family], starts[family] + names[family].length);
  }

  // Reused between calls: the matcher is synchronous, so that no two calls overlap.
  const seenIn = new Int32Array(size);
  const touched: number[] = [];
  let call = 0;
  const touch = (id: number | undefined) => {
    if (id === undefined || seenIn[id] === call) return;
    seenIn[id] = call;
    touched.push(id);
  };
  const gramsOfWord: (Int32Array | undefined)[] = new Array(words.size);
  const touchGrams = (word: number, folded: string) => {
    if (word === UNKNOWN) return visitGrams(folded, gram => touch(grams.get(gram)));
    gramsOfWord[word] ??= gramIds(folded, grams);
    for (const id of gramsOfWord[word]) touch(id);
  };

  const featuresOf = (readings: Readings): TextFeatures => {
    call += 1;
    touched.length = 0;
    const numbers: number[] = [];
    const spellings: number[] = [];
    for (const tokens of readings) {
      const from = numbers.length;
      for (const token of tokens) {
        const word = words.get(token.folded) ?? UNKNOWN;
        const spelling = hasAccents(token) ? accented.get(token.text) : undefined;
        numbers.push(word);
        spellings.push(spelling ?? word);
        if (word !== UNKNOWN) touch(word);
        touch(spelling);
        touchGrams(word, token.folded);
      }
      visitPairs(
        from === 0 ? numbers : numbers.slice(from),
        key => touch(pairs.get(key)),
        key => touch(skips.get(key)),
      );
    }
    return {
      ids: Int32Array.from(touched),
      words: Int32Array.from(numbers),
      spellings: Int32Array.from(spellings),
      isAccented: spellings.some((spelling, i) => spelling !== numbers[i]),
    };
  };
  const describe = (id: number): string | null => {
    if (id < starts.pairs) return names.words[id] ?? names.accented[id - starts.accented] ?? null;
    if (id >= starts.grams) return null;
    if (id < starts.skips) return wordsOfKey(names.pairs[id - starts.pairs] as number, names.words).join(' ');
    return wordsOfKey(names.skips[id - starts.skips] as number, names.words).join(' … ');
  };
  const isAccented = (id: number) => id >= starts.accented && id < starts.pairs;
  return { size, wholeWords: starts.grams, isAccented, familyWeights, featuresOf, describe };
}

function wordsOfKey(key: number, words: readonly string[]): string[] {
  const numbers = [Math.floor(key / KEY_BASE), key % KEY_BASE].map(number => number - KEY_SHIFT);
  return numbers.map(number => words[number] ?? '').filter(word => word !== '');
}

/** Neighbours, and words with one word between them; the text's borders count as words, unknown words as gaps. */
function visitPairs(
  words: readonly number[],
  visitPair: (key: number) => void,
  visitSkip: (key: number) => void,
): void {
  if (words.length === 0) return;
  let previous = START;
  let beforePrevious = UNKNOWN;
  for (const word of words) {
    if (word !== UNKNOWN && previous !== UNKNOWN) visitPair(wordKey(previous, word));
    if (word !== UNKNOWN && beforePrevious !== UNKNOWN) visitSkip(wordKey(beforePrevious, word));
    beforePrevious = previous;
    previous = word;
  }
  if (previous !== UNKNOWN) visitPair(wordKey(previous, END));
}

function visitGrams(folded: string, visit: (gram: string) => void): void {
  const bordered = ` ${folded} `;
  for (let size = MIN_GRAM; size <= MAX_GRAM; size += 1) {
    for (let at = 0; at + size <= bordered.length; at += 1) visit(bordered.slice(at, at + size));
  }
}

function gramIds(folded: string, grams: ReadonlyMap<string, number>): Int32Array {
  const ids: number[] = [];
  visitGrams(folded, gram => {
    const id = grams.get(gram);
    if (id !== undefined) ids.push(id);
  });
  return Int32Array.from(ids);
}

function numbered<T>(names: Iterable<T>, from: number): Map<T, number> {
  const numbers = new Map<T, number>();
  for (const name of names) numbers.set(name, from + numbers.size);
  return numbers;
}
