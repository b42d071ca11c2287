import type { CompiledLexicon } from './lexicon.ts';
import { fold } from './normalise.ts';
import { respell } from './respelling.ts';
import { canonicalTone, splitTone, type Tone, withTone } from './syllable.ts';
import { decodeTypingKeys, pressKeys } from './telex.ts';
import { type Token, toToken } from './tokens.ts';
import {
  costOfTypingError,
  type TypingError,
  typingErrorBetween,
  undoTypingError,
  visitLetterSlips,
} from './typing-error.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What is known: the words of the knowledge and of the lexicon. */
export type Known = {
  vocabulary: Vocabulary;
  lexicon: CompiledLexicon;
  knows: (folded: string) => boolean;
  /** The word with just these accents. */
  knowsForm: (token: Token) => boolean;
};

/** Known words that an unknown one may stand for. */
export type Repair = {
  words: Token[];
  /** How unlikely the error is: about the negative natural logarithm of its probability. */
  cost: number;
  /** The neighbour that the words take in, where a word was torn apart. */
  join?: 'previous' | 'next';
};

/** The errors beside the slips of `typing-error.ts`, on the same scale and chosen in the same way. */
const COST = {
  /** Typing keys left over, where every word carries accents. */
  keys: 0.5,
  /** A letter with a digit ("b1", "a2") is more likely a class or a form than a vowel with its tone. */
  oneLetterKeys: 2,
  /** Accents that the word meant never carries. */
  strangeAccents: 6,
  /** Spelt by ear, where every word carries accents. */
  respelt: 3,
  /** The same letter three times or more. */
  stretched: 0.5,
  glued: 3,
  /** A half of one letter. */
  shortHalf: 2,
  torn: 2.5,
} as const;
/** Typing keys are unlikely, not impossible, in a knowledge without accents. */
const SMALLEST_ACCENTED_SHARE = 0.001;

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
  return [
    ...fromKeys(token, known),
    ...withoutStretching(token, known),
    ...fromRespelling(token, known),
    ...fromSlip(token, known),
    ...inTwo(token, known),
    ...inManyParts(token, known),
    ...(previous ? together(previous, token, 'previous', known) : []),
    ...(next ? together(token, next, 'next', known) : []),
  ];
}

/** "hoof" → "hồ"; with a slip beside the keys, "nôipj" → "nộp". */
function fromKeys({ text }: Token, known: Known): Repair[] {
  const keys = pressKeys(text);
  if (!keys) return [];
  const cost = keysCost(known.vocabulary);
  const single = text.length === 2 && /\d/.test(text) ? COST.oneLetterKeys : 0;
  const decoded = decodedToken(text, known);
  const slips = slipsFrom(fold(keys.letters), known).map(({ meant, error, cost: slip }) =>
    putRight(undoTypingError(keys.letters, error), keys.tone, meant, cost + slip, known),
  );
  return decoded ? [{ words: [decoded], cost: cost + single }, ...slips] : slips;
}

function decodedToken(text: string, { knows }: Known): Token | null {
  const decoded = decodeTypingKeys(text);
  const token = decoded === null ? null : toToken(decoded);
  return token && knows(token.folded) ? token : null;
}

function keysCost(vocabulary: Vocabulary): number {
  return COST.keys + costWithoutAccents(vocabulary);
}

function costWithoutAccents({ accentedShare }: Vocabulary): number {
  return -Math.log(Math.max(accentedShare, SMALLEST_ACCENTED_SHARE));
}

/** "khôngggg" → "không". */
function withoutStretching({ text }: Token, { knows }: Known): Repair[] {
  const single = text.replace(/(\p{L})\1{2,}/gu, '$1');
  if (single === text || !knows(fold(single))) return [];
  return [{ words: [toToken(canonicalTone(single))], cost: COST.stretched }];
}

/** "dấy" → "giấy". */
function fromRespelling({ text }: Token, known: Known): Repair[] {
  const cost = COST.respelt + costWithoutAccents(known.vocabulary);
  const [letters, tone] = splitTone(text);
  return respell(letters).flatMap(spelling => {
    const meant = fold(spelling);
    return known.knows(meant) ? [putRight(spelling, tone, meant, cost, known)] : [];
  });
}

/** "snih" → "sinh". */
function fromSlip({ text, folded }: Token, known: Known): Repair[] {
  const [letters, tone] = splitTone(text);
  return slipsFrom(folded, known).map(({ meant, error, cost }) =>
    putRight(undoTypingError(letters, error), tone, meant, cost, known),
  );
}

/**
 * The word meant, with the accents that were typed where they tell which form of it: "đưc" can only be "được".
 * Accents that no form of the word has speak against it; where they leave a choice none are better than wrong ones.
 */
function putRight(letters: string, tone: Tone, meant: string, cost: number, known: Known): Repair {
  if (tone === '' && letters === meant) return { words: [toToken(meant)], cost };
  const typed = { text: withTone(letters, tone), folded: meant };
  if (known.knowsForm(typed)) return { words: [typed], cost };
  const forms = known.vocabulary.formsOf(meant).filter(form => isSpeltLike(form, letters, tone));
  const [form] = forms;
  if (!form) return { words: [toToken(meant)], cost: cost + COST.strangeAccents };
  return { words: [toToken(forms.length === 1 ? form : meant)], cost };
}

/** Whether the form has every accent that was typed, and perhaps more. */
function isSpeltLike(form: string, letters: string, tone: Tone): boolean {
  const [formLetters, formTone] = splitTone(form);
  if (tone !== '' && tone !== formTone) return false;
  return Array.from(letters).every((letter, at) => letter === formLetters[at] || letter === fold(letter));
}

type Slip = { meant: string; error: TypingError; cost: number };

/** Known words at one slip from this one; of short forms only those with a letter too many, or swapped. */
function slipsFrom(folded: string, { vocabulary, lexicon }: Known): Slip[] {
  const slips: Slip[] = [];
  const add = (meant: string) => {
    const error = typingErrorBetween(folded, meant);
    if (error) slips.push({ meant, error, cost: costOfTypingError(error, folded) });
  };
  vocabulary.visitNear(folded, add);
  visitLetterSlips(folded, form => {
    if (lexicon.words.has(form) && !vocabulary.knows(form)) add(form);
  });
  return slips;
}

/** "lãnhdaojd" → "lãnh đạo": both sides known, one as it stands, the other perhaps by its keys. */
function inTwo({ text, folded }: Token, known: Known): Repair[] {
  const found: Repair[] = [];
  for (let at = 1; at < text.length; at += 1) {
    const knowsLeft = known.knows(folded.slice(0, at));
    const knowsRight = known.knows(folded.slice(at));
    if (!knowsLeft && !knowsRight) continue;
    const [left, right] = [text.slice(0, at), text.slice(at)];
    const words = [
      knowsLeft ? toToken(left) : decodedToken(left, known),
      knowsRight ? toToken(right) : decodedToken(right, known),
    ];
    if (!words.every(word => word !== null)) continue;
    const shortHalves = Number(left.length === 1) + Number(right.length === 1);
    const keys = knowsLeft && knowsRight ? 0 : keysCost(known.vocabulary);
    found.push({ words, cost: COST.glued + COST.shortHalf * shortHalves + keys });
  }
  return found;
}

/** "đăngkýkhaisinh": the most probable cut into three known words or more, each by itself. */
function inManyParts({ text, folded }: Token, { vocabulary }: Known): Repair[] {
  if (folded.length < SHORTEST_OF_THREE) return [];
  const cuts: (Cut | undefined)[] = [{ score: 0, start: 0, parts: 0 }];
  for (let end = SHORTEST_PART; end <= folded.length; end += 1) {
    for (let start = Math.max(0, end - LONGEST_PART); start <= end - SHORTEST_PART; start += 1) {
      const before = cuts[start];
      const part = folded.slice(start, end);
      if (!before || !vocabulary.knows(part)) continue;
      const score = before.score + vocabulary.logProbability(part, null) - COST.glued;
      if (score > (cuts[end]?.score ?? Number.NEGATIVE_INFINITY))
        cuts[end] = { score, start, parts: before.parts + 1 };
    }
  }
  const parts = cuts[folded.length]?.parts ?? 0;
  return parts < 3 ? [] : [{ words: cutApart(text, cuts), cost: COST.glued * (parts - 1) }];
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
function together(a: Token, b: Token, join: 'previous' | 'next', { knows }: Known): Repair[] {
  if (!knows(a.folded + b.folded)) return [];
  return [{ words: [toToken(canonicalTone(a.text + b.text))], cost: COST.torn, join }];
}
