import { type CompiledLexicon, spellOut } from './lexicon.ts';
import { fold } from './normalise.ts';
import { respell } from './respelling.ts';
import { canonicalTone, isWellFormed, splitTone, type Tone, withTone } from './syllable.ts';
import { decodeTypingKeys, pressKeys } from './telex.ts';
import { hasAccents, type Token, toToken } from './tokens.ts';
import {
  costOfTypingError,
  type TypingError,
  typingErrorBetween,
  undoTypingError,
  visitLetterSlips,
} from './typing-error.ts';
import { UNKNOWN, type Vocabulary } from './vocabulary.ts';

/** What is known: the words of the knowledge and those of the lexicon. */
export type Known = { vocabulary: Vocabulary; lexicon: CompiledLexicon };

/** Known words that an unknown one may stand for, by their numbers in the vocabulary. */
export type Repair = {
  first: number;
  last: number;
  /** Logarithmic probability of the words after the first, each after the one before it. */
  inner: number;
  /** How unlikely the error is: about the negative natural logarithm of its probability. */
  cost: number;
  /** The neighbour that the words take in, where a word was torn apart. */
  join?: 'previous' | 'next';
  /** The words with their accents, and what these cost. */
  write: () => Written;
};

type Written = { words: Token[]; cost: number };

/** The errors beside the slips of `typing-error.ts`, on the same scale and chosen in the same way. */
const COST = {
  /** Typing keys left over, where every word carries accents. */
  keys: 0.5,
  /** A letter with a digit ("b1", "a2") is more likely a class or a form than a vowel with its tone. */
  oneLetterKeys: 2,
  /** Accents as typed that the knowledge does not have on the word. */
  unknownForm: 1.5,
  /** Accents as typed that no form of the word has; keys and halves tell less than letters. */
  strangeAccents: 6,
  /** Spelt by ear, where every word carries accents. */
  respelt: 4.5,
  /** The same letter three times or more. */
  stretched: 0.5,
  glued: 3,
  /** A half of one letter. */
  shortHalf: 2,
  torn: 2.5,
} as const;
/** Typing keys are unlikely, not impossible, in a knowledge without accents. */
const SMALLEST_ACCENTED_SHARE = 0.001;

/** Shorter short forms are at one slip from too many words. */
const SHORTEST_SHORT_FORM = 3;

/** Of fewer letters too little is left when keys are taken out and a letter is changed. */
const SHORTEST_WITH_KEYS_AND_SLIP = 3;

/** A glued word of at least this many letters may hold three words or more. */
const SHORTEST_OF_THREE = 7;
const SHORTEST_PART = 2;
const LONGEST_PART = 10;

/** Every known reading of a word, alone or together with a neighbour. */
export function repairsOf(
  token: Token,
  previous: Token | undefined,
  next: Token | undefined,
  known: Known,
): Repair[] {
  const repairs: Repair[] = [];
  addAccents(repairs, token, known);
  addSlips(repairs, token, known);
  addKeys(repairs, token, known);
  addStretched(repairs, token, known);
  addRespellings(repairs, token, known);
  addTwo(repairs, token, known);
  addMany(repairs, token, known);
  if (previous) addTogether(repairs, previous, token, 'previous', known);
  if (next) addTogether(repairs, token, next, 'next', known);
  return repairs;
}

function knows(folded: string, { vocabulary, lexicon }: Known): boolean {
  return vocabulary.knows(folded) || lexicon.words.has(folded);
}

/** A repair by one word. A short form stands where the words that it is short for would stand. */
function oneWord(
  folded: string,
  cost: number,
  write: () => Written,
  { vocabulary, lexicon }: Known,
  number = vocabulary.numberOf(folded),
): Repair {
  if (number !== UNKNOWN) return { first: number, last: number, inner: 0, cost, write };
  const words = spellOut({ text: folded, folded }, lexicon);
  const first = vocabulary.numberOf(words[0]?.folded ?? folded);
  const last = vocabulary.numberOf(words.at(-1)?.folded ?? folded);
  return { first, last, inner: 0, cost, write };
}

/** Words with the accents that they were typed with. */
function asTyped(words: Token[], { vocabulary, lexicon }: Known): Written {
  const unknown = words.filter(word => !vocabulary.knowsForm(word) && !lexicon.words.has(word.text));
  return { words, cost: COST.unknownForm * unknown.length };
}

/** "ngừoi" → "người": the letters of a known word with accents that no word can have. */
function addAccents(repairs: Repair[], { text, folded }: Token, known: Known): void {
  if (!known.vocabulary.knows(folded) || isWellFormed(text)) return;
  const [letters, tone] = splitTone(text);
  const write = () => putRight({ letters, tone, unmarked: 'anywhere' }, folded, known);
  repairs.push(oneWord(folded, COST.unknownForm, write, known));
}

/** "snih" → "sinh". */
function addSlips(repairs: Repair[], { text, folded }: Token, known: Known): void {
  visitSlips(folded, known, (meant, error, number) => {
    const write = () => {
      const [letters, tone] = splitTone(text);
      return putRight(
        { letters: undoTypingError(letters, error), tone, unmarked: untypedIn(error) },
        meant,
        known,
      );
    };
    repairs.push(oneWord(meant, costOfTypingError(error, folded), write, known, number));
  });
}

/** Known words at one slip from this one; of short forms only those with a letter too many, or swapped. */
function visitSlips(
  folded: string,
  { vocabulary, lexicon }: Known,
  visit: (meant: string, error: TypingError, number: number) => void,
): void {
  vocabulary.visitNear(folded, number => {
    const meant = vocabulary.wordOf(number);
    const error = typingErrorBetween(folded, meant);
    if (error) visit(meant, error, number);
  });
  if (lexicon.words.size === 0) return;
  visitLetterSlips(folded, form => {
    if (form.length < SHORTEST_SHORT_FORM || !lexicon.words.has(form) || vocabulary.knows(form)) return;
    const error = typingErrorBetween(folded, form);
    if (error) visit(form, error, UNKNOWN);
  });
}

/** Letters and tone with the error put right. */
type PutRight = {
  letters: string;
  tone: Tone;
  /** Where letters may lack a mark that the word has: at the one that was not typed, or anywhere. */
  unmarked?: number | 'anywhere' | undefined;
};

function untypedIn({ at, wrong, right }: TypingError): number | undefined {
  return right !== '' && wrong.length < 2 ? at : undefined;
}

/**
 * The word meant, with the accents that were typed where they tell which form of it: "đưc" can only be "được".
 * Accents that no form of the word has speak against it; where they leave a choice none are better than wrong ones.
 */
function putRight(typed: PutRight, meant: string, { vocabulary, lexicon }: Known): Written {
  if (typed.tone === '' && typed.letters === meant) return { words: [toToken(meant)], cost: 0 };
  const word = { text: withTone(typed.letters, typed.tone), folded: meant };
  if (hasAccents(word) && (vocabulary.knowsForm(word) || lexicon.words.has(word.text)))
    return { words: [word], cost: 0 };
  const forms = vocabulary.formsOf(meant).filter(form => isSpeltLike(form, typed));
  const [form] = forms;
  if (!form) return { words: [toToken(meant)], cost: COST.strangeAccents };
  return { words: [toToken(forms.length === 1 ? form : meant)], cost: 0 };
}

function isSpeltLike(form: string, { letters, tone, unmarked }: PutRight): boolean {
  const [formLetters, formTone] = splitTone(form);
  if (tone !== formTone && (tone !== '' || unmarked === undefined)) return false;
  return Array.from(letters).every((letter, at) => {
    if (letter === formLetters[at]) return true;
    return (unmarked === 'anywhere' || unmarked === at) && letter === fold(letter);
  });
}

/** "hoof" → "hồ"; with a slip beside the keys, "nôipj" → "nộp". */
function addKeys(repairs: Repair[], { text }: Token, known: Known): void {
  const keys = pressKeys(text);
  if (!keys) return;
  const cost = keysCost(known.vocabulary);
  const decoded = decodedToken(text, known);
  if (decoded) {
    const single = text.length === 2 && /\d/.test(text) ? COST.oneLetterKeys : 0;
    repairs.push(oneWord(decoded.folded, cost + single, () => asTyped([decoded], known), known));
    return;
  }
  const folded = fold(keys.letters);
  if (knows(folded, known)) {
    // "truongf": the tone's key without the marks' keys.
    const write = () => putRight({ ...keys, unmarked: 'anywhere' }, folded, known);
    repairs.push(oneWord(folded, cost, write, known));
    return;
  }
  if (folded.length < SHORTEST_WITH_KEYS_AND_SLIP) return;
  visitSlips(folded, known, (meant, error, number) => {
    const letters = undoTypingError(keys.letters, error);
    const write = () => putRight({ letters, tone: keys.tone, unmarked: untypedIn(error) }, meant, known);
    repairs.push(oneWord(meant, cost + costOfTypingError(error, folded), write, known, number));
  });
}

function decodedToken(text: string, known: Known): Token | null {
  const decoded = decodeTypingKeys(text);
  const token = decoded === null ? null : toToken(decoded);
  return token && knows(token.folded, known) ? token : null;
}

function keysCost(vocabulary: Vocabulary): number {
  return COST.keys + costWithoutAccents(vocabulary);
}

function costWithoutAccents({ accentedShare }: Vocabulary): number {
  return -Math.log(Math.max(accentedShare, SMALLEST_ACCENTED_SHARE));
}

/** "khôngggg" → "không". */
function addStretched(repairs: Repair[], { text }: Token, known: Known): void {
  const single = text.replace(/(\p{L})\1{2,}/gu, '$1');
  if (single === text) return;
  const word = toToken(canonicalTone(single));
  if (knows(word.folded, known))
    repairs.push(oneWord(word.folded, COST.stretched, () => asTyped([word], known), known));
}

/** "dấy" → "giấy". */
function addRespellings(repairs: Repair[], { text }: Token, known: Known): void {
  const cost = COST.respelt + costWithoutAccents(known.vocabulary);
  const [letters, tone] = splitTone(text);
  for (const spelling of respell(letters)) {
    const meant = fold(spelling);
    if (knows(meant, known))
      repairs.push(oneWord(meant, cost, () => putRight({ letters: spelling, tone }, meant, known), known));
  }
}

/** "lãnhdaojd" → "lãnh đạo": both sides known, one as it stands, the other perhaps by its keys. */
function addTwo(repairs: Repair[], { text, folded }: Token, known: Known): void {
  for (let at = 1; at < text.length; at += 1) {
    const knowsLeft = knows(folded.slice(0, at), known);
    const knowsRight = knows(folded.slice(at), known);
    if (!knowsLeft && !knowsRight) continue;
    const [left, right] = [text.slice(0, at), text.slice(at)];
    const leftWord = knowsLeft ? toToken(left) : decodedToken(left, known);
    const rightWord = knowsRight ? toToken(right) : decodedToken(right, known);
    if (!leftWord || !rightWord) continue;
    const shortHalves = Number(left.length === 1) + Number(right.length === 1);
    const keys = knowsLeft && knowsRight ? 0 : keysCost(known.vocabulary);
    const cost = COST.glued + COST.shortHalf * shortHalves + keys;
    repairs.push(severalWords([leftWord, rightWord], cost, known));
  }
}

function severalWords(words: Token[], cost: number, known: Known): Repair {
  const spelled = words.map(({ folded }) => oneWord(folded, 0, () => ({ words, cost: 0 }), known));
  const inner = spelled
    .slice(1)
    .reduce(
      (sum, { first }, i) => sum + known.vocabulary.logProbability(first, (spelled[i] as Repair).last),
      0,
    );
  const first = (spelled[0] as Repair).first;
  const last = (spelled.at(-1) as Repair).last;
  return { first, last, inner, cost, write: () => asTyped(words, known) };
}

/** "đăngkýkhaisinh": the most probable cut into three known words or more, each by itself. */
function addMany(repairs: Repair[], { text, folded }: Token, known: Known): void {
  if (folded.length < SHORTEST_OF_THREE) return;
  const { vocabulary } = known;
  const cuts: (Cut | undefined)[] = [{ score: 0, start: 0, parts: 0 }];
  for (let end = SHORTEST_PART; end <= folded.length; end += 1) {
    for (let start = Math.max(0, end - LONGEST_PART); start <= end - SHORTEST_PART; start += 1) {
      const before = cuts[start];
      const part = before ? vocabulary.numberOf(folded.slice(start, end)) : UNKNOWN;
      if (!before || part === UNKNOWN) continue;
      const score = before.score + vocabulary.logProbability(part, UNKNOWN) - COST.glued;
      if (score > (cuts[end]?.score ?? Number.NEGATIVE_INFINITY))
        cuts[end] = { score, start, parts: before.parts + 1 };
    }
  }
  const parts = cuts[folded.length]?.parts ?? 0;
  if (parts >= 3) repairs.push(severalWords(cutApart(text, cuts), COST.glued * (parts - 1), known));
}

/** The best way to the letter where it stands: the part before it starts at `start`. */
type Cut = { score: number; start: number; parts: number };

function cutApart(text: string, cuts: readonly (Cut | undefined)[]): Token[] {
  const words: Token[] = [];
  for (let end = text.length; end > 0; end = cuts[end]?.start ?? 0)
    words.unshift(toToken(text.slice(cuts[end]?.start, end)));
  return words;
}

/** "thườ ng" → "thường". */
function addTogether(repairs: Repair[], a: Token, b: Token, join: 'previous' | 'next', known: Known): void {
  if (!knows(a.folded + b.folded, known)) return;
  const word = toToken(canonicalTone(a.text + b.text));
  repairs.push({ ...oneWord(word.folded, COST.torn, () => asTyped([word], known), known), join });
}
