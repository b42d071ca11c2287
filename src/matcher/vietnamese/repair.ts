import { type CompiledLexicon, spellOut } from './lexicon.ts';
import { fold } from './normalise.ts';
import { type ReadingChange, readingChange } from './reading-change.ts';
import { respell } from './respelling.ts';
import { canonicalTone, parseSyllable, writeSyllable } from './syllable.ts';
import { decodeTypingKeys, pressKeys } from './telex.ts';
import { type Token, toToken } from './tokens.ts';
import { costOfTypingError, typingErrorBetween, undoTypingError } from './typing-error.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * What an error costs beside the slips of `typing-error.ts`, on the same scale: natural logarithms, chosen on
 * generated noise and on how seldom words of real questions that the knowledge lacks are "repaired".
 */
const COST = {
  /** Typing keys left over, where every word carries accents. */
  keys: 0.5,
  respelt: 3,
  /** For each letter typed three times or more. */
  stretched: 0.5,
  glued: 3,
  /** Half of a glued word with one letter. */
  shortHalf: 2,
  torn: 2.5,
} as const;
/** Typing keys are unlikely, not impossible, in a knowledge without accents. */
const SMALLEST_ACCENTED_SHARE = 0.001;

/**
 * A word that the knowledge lacks, as an ordinary word: one in fifty is one, and a letter more makes any given word
 * this much rarer. A possible Vietnamese syllable is more likely meant as it stands.
 */
const UNKNOWN_WORD = Math.log(0.02);
const UNKNOWN_LETTER = -1.8;
const UNKNOWN_SYLLABLE = 2.5;

const LONGEST_REPAIRED = 40;
const SHORTEST_REPAIRED = 2;
/** A glued word of at least this many letters may hold three words or more. */
const SHORTEST_OF_THREE = 7;
const LONGEST_PART = 10;

/**
 * Repairs the words that neither knowledge nor lexicon knows: left-over typing keys, slips, stretched and misspelt
 * words, words glued together or torn apart. A noisy channel: of all known readings the one is taken that is the
 * most probable between its neighbours, minus the cost of the error; a word stays when nothing beats it as it is.
 */
export function repairTokens(
  tokens: readonly Token[],
  lexicon: CompiledLexicon,
  vocabulary: Vocabulary,
): { tokens: Token[]; changes: ReadingChange[] } {
  const knows = (folded: string) => vocabulary.knows(folded) || lexicon.words.has(folded);
  const known: Known = { knows, vocabulary };
  const repaired: Token[] = [];
  const changes: ReadingChange[] = [];
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at] as Token;
    const repair =
      knows(token.folded) || !isRepairable(token) ? null : bestRepair(tokens, at, repaired, lexicon, known);
    if (!repair) {
      repaired.push(token);
      at += 1;
      continue;
    }
    const from = tokens.slice(
      repair.join === 'previous' ? at - 1 : at,
      repair.join === 'next' ? at + 2 : at + 1,
    );
    if (repair.join === 'previous') repaired.pop();
    repaired.push(...repair.words);
    changes.push(readingChange('repair', from, repair.words));
    at += repair.join === 'next' ? 2 : 1;
  }
  return { tokens: repaired, changes };
}

type Known = { knows: (folded: string) => boolean; vocabulary: Vocabulary };
type Candidate = {
  words: Token[];
  cost: number;
  /** The neighbour that the words take in, where a word was torn apart. */
  join?: 'previous' | 'next';
};

function isRepairable({ text, folded }: Token): boolean {
  return folded.length >= SHORTEST_REPAIRED && text.length <= LONGEST_REPAIRED && !/^\d+$/.test(folded);
}

function bestRepair(
  tokens: readonly Token[],
  at: number,
  repaired: readonly Token[],
  lexicon: CompiledLexicon,
  known: Known,
): Candidate | null {
  const token = tokens[at] as Token;
  const previous = repaired.at(-1) === tokens[at - 1] ? tokens[at - 1] : undefined;
  const candidates = [
    ...inPlace(token, known),
    ...joined(previous, token, 'previous', known),
    ...joined(token, tokens[at + 1], 'next', known),
  ];
  if (candidates.length === 0) return null;
  const context = contextOf(tokens, at, repaired, lexicon);
  let best: Candidate | null = null;
  let highest = scoreOf([token], undefined, context, known);
  for (const candidate of candidates) {
    const score = scoreOf(candidate.words, candidate.join, context, known) - candidate.cost;
    if (score <= highest) continue;
    highest = score;
    best = candidate;
  }
  return best;
}

/** The folded words around the place, short forms spelled out; `''` is the border of the text. */
type Context = { beforePrevious: string; previous: string; next: string; afterNext: string };

function contextOf(
  tokens: readonly Token[],
  at: number,
  repaired: readonly Token[],
  lexicon: CompiledLexicon,
): Context {
  const last = (token: Token | undefined) => (token ? (spellOut(token, lexicon).at(-1)?.folded ?? '') : '');
  const first = (token: Token | undefined) => (token ? (spellOut(token, lexicon)[0]?.folded ?? '') : '');
  return {
    beforePrevious: last(repaired.at(-2)),
    previous: last(repaired.at(-1)),
    next: first(tokens[at + 1]),
    afterNext: first(tokens[at + 2]),
  };
}

/** How probable the words are between the neighbours, of which one may be taken in. */
function scoreOf(
  words: readonly Token[],
  join: Candidate['join'],
  { beforePrevious, previous, next, afterNext }: Context,
  { vocabulary }: Known,
): number {
  let score = 0;
  let before = beforePrevious;
  const follow = (word: string) => {
    score += logProbability(word, before, vocabulary);
    before = word;
  };
  if (join !== 'previous' && previous !== '') follow(previous);
  for (const { folded } of words) follow(folded);
  if (join !== 'next') follow(next);
  if (next !== '') follow(afterNext);
  return score;
}

function logProbability(word: string, before: string, vocabulary: Vocabulary): number {
  if (word === '' || vocabulary.knows(word)) return vocabulary.logProbability(word, before);
  return UNKNOWN_WORD + UNKNOWN_LETTER * word.length + (parseSyllable(word) ? UNKNOWN_SYLLABLE : 0);
}

function joined(
  a: Token | undefined,
  b: Token | undefined,
  join: 'previous' | 'next',
  known: Known,
): Candidate[] {
  if (!a || !b) return [];
  const whole = toToken(canonicalTone(a.text + b.text));
  return known.knows(whole.folded) ? [{ words: [whole], cost: COST.torn, join }] : [];
}

/** Every known reading of one word. */
function inPlace(token: Token, known: Known): Candidate[] {
  return [
    ...fromKeys(token.text, known),
    ...withoutStretching(token.text, known),
    ...fromRespelling(token.text, known),
    ...fromTypingError(token, known),
    ...inTwo(token.text, known),
    ...inManyParts(token, known),
  ];
}

function fromKeys(text: string, { knows, vocabulary }: Known): Candidate[] {
  const keys = pressKeys(text);
  if (!keys) return [];
  const cost = keysCost(vocabulary);
  const decoded = decodedToken(text, knows);
  const letters = fold(keys.letters);
  return [
    ...(decoded ? [{ words: [decoded], cost }] : []),
    ...slipsFrom(letters, vocabulary).map(({ meant, slip, error }) => {
      const syllable = parseSyllable(undoTypingError(keys.letters, error));
      const text = syllable ? writeSyllable({ ...syllable, tone: keys.tone }) : meant;
      return { words: [isVowel(error.right) ? toToken(meant) : toToken(text)], cost: cost + slip };
    }),
  ];
}

/** "hoof" → "hồ". A letter with a digit ("b1", "a2") is more likely a class or a form. */
function decodedToken(text: string, knows: Known['knows']): Token | null {
  const decoded = decodeTypingKeys(text);
  if (!decoded || (text.length < 3 && /\d/.test(text))) return null;
  const token = toToken(decoded);
  return knows(token.folded) ? token : null;
}

function keysCost({ accentedShare }: Vocabulary): number {
  return COST.keys - Math.log(Math.max(accentedShare, SMALLEST_ACCENTED_SHARE));
}

/** "khôngggg" → "không". */
function withoutStretching(text: string, { knows }: Known): Candidate[] {
  const single = text.replace(/(\p{L})\1{2,}/gu, '$1');
  if (single === text || !knows(fold(single))) return [];
  return [{ words: [toToken(canonicalTone(single))], cost: COST.stretched }];
}

function fromRespelling(text: string, { knows, vocabulary }: Known): Candidate[] {
  const cost = COST.respelt - Math.log(Math.max(vocabulary.accentedShare, SMALLEST_ACCENTED_SHARE));
  return respell(text)
    .filter(spelling => knows(fold(spelling)))
    .map(spelling => ({ words: [toToken(canonicalTone(spelling))], cost }));
}

function fromTypingError({ text, folded }: Token, { vocabulary }: Known): Candidate[] {
  return slipsFrom(folded, vocabulary).map(({ meant, slip, error }) => {
    // The accents of a vowel that was not typed are not known: no accents are better than wrong ones.
    const word = isVowel(error.right) ? meant : canonicalTone(undoTypingError(text, error));
    return { words: [toToken(word)], cost: slip };
  });
}

function slipsFrom(folded: string, vocabulary: Vocabulary) {
  return vocabulary.near(folded).flatMap(meant => {
    const error = typingErrorBetween(folded, meant);
    return error ? [{ meant, error, slip: costOfTypingError(error, folded) }] : [];
  });
}

function isVowel(letters: string): boolean {
  return letters.length === 1 && 'aeiouy'.includes(letters);
}

/** "lãnhdaojd" → "lãnh đạo": both sides known, one as it stands, the other perhaps by its keys. */
function inTwo(text: string, known: Known): Candidate[] {
  const found: Candidate[] = [];
  for (let at = 1; at < text.length; at += 1) {
    const [left, right] = [toToken(text.slice(0, at)), toToken(text.slice(at))];
    const knowsLeft = known.knows(left.folded);
    const knowsRight = known.knows(right.folded);
    if (!knowsLeft && !knowsRight) continue;
    const words = [
      knowsLeft ? left : decodedToken(left.text, known.knows),
      knowsRight ? right : decodedToken(right.text, known.knows),
    ];
    if (!words.every(word => word !== null)) continue;
    const shortHalves = Number(at === 1) + Number(at === text.length - 1);
    const keys = knowsLeft && knowsRight ? 0 : keysCost(known.vocabulary);
    found.push({ words, cost: COST.glued + COST.shortHalf * shortHalves + keys });
  }
  return found;
}

/** "đăngkýkhaisinh": the most probable cut into known words, each by itself; the neighbours judge it later. */
function inManyParts({ text, folded }: Token, { vocabulary }: Known): Candidate[] {
  if (folded.length < SHORTEST_OF_THREE) return [];
  const best: ({ score: number; start: number; parts: number } | undefined)[] = [
    { score: 0, start: 0, parts: 0 },
  ];
  for (let end = 2; end <= folded.length; end += 1) {
    for (let start = Math.max(0, end - LONGEST_PART); start <= end - 2; start += 1) {
      const before = best[start];
      const part = folded.slice(start, end);
      if (!before || !vocabulary.knows(part)) continue;
      const score = before.score + vocabulary.logProbability(part, null) - COST.glued;
      if (score > (best[end]?.score ?? Number.NEGATIVE_INFINITY))
        best[end] = { score, start, parts: before.parts + 1 };
    }
  }
  const parts = best[folded.length]?.parts ?? 0;
  if (parts < 3) return [];
  const words: Token[] = [];
  for (let end = folded.length; end > 0; end = best[end]?.start ?? 0)
    words.unshift(toToken(text.slice(best[end]?.start, end)));
  return [{ words, cost: COST.glued * (parts - 1) }];
}
