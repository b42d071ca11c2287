import { type CompiledLexicon, spellOut } from './lexicon.ts';
import { type ReadingChange, readingChange } from './reading-change.ts';
import { type Known, type Repair, repairsOf } from './repair-candidates.ts';
import { isWellFormed, VOWEL } from './syllable.ts';
import type { Token } from './tokens.ts';
import { BORDER, UNKNOWN, type Vocabulary } from './vocabulary.ts';

/**
 * A word that the knowledge lacks, as an ordinary word: one in fifty is one, and a letter more makes any given word
 * this much rarer. A possible Vietnamese syllable is more likely meant as it stands. Natural logarithms, like the
 * costs of the repairs, and chosen with them.
 */
const UNKNOWN_WORD = Math.log(0.02);
const UNKNOWN_LETTER = -2.2;
const UNKNOWN_SYLLABLE = { accented: 6, bare: 4 } as const;
/** Where every word carries accents, a word that is no syllable is a rare guest; one without vowels is short for something. */
const FOREIGN_WORD = -3;
/** A known word with accents that the knowledge does not have on it: another word, or where none is, a slip. */
const UNKNOWN_FORM = { wellFormed: 1, other: -3 } as const;

const LONGEST_REPAIRED = 40;
const SHORTEST_REPAIRED = 2;

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
  const known: Known = { vocabulary, lexicon };
  const repaired: Token[] = [];
  const changes: ReadingChange[] = [];
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at] as Token;
    const repair = isUnknown(token, known) ? bestRepair(tokens, at, repaired, known) : null;
    const from = repair?.join === 'previous' ? at - 1 : at;
    const to = repair?.join === 'next' ? at + 2 : at + 1;
    if (repair) changes.push(readingChange('repair', tokens.slice(from, to), repair.words));
    if (repair?.join === 'previous') repaired.pop();
    repaired.push(...(repair?.words ?? [token]));
    at = to;
  }
  return { tokens: repaired, changes };
}

function isUnknown(token: Token, { vocabulary, lexicon }: Known): boolean {
  const { text, folded } = token;
  if (vocabulary.knowsForm(token) || lexicon.words.has(text)) return false;
  return folded.length >= SHORTEST_REPAIRED && text.length <= LONGEST_REPAIRED && !/^\d+$/.test(folded);
}

type BestRepair = { words: Token[]; join: Repair['join'] };

function bestRepair(
  tokens: readonly Token[],
  at: number,
  repaired: readonly Token[],
  known: Known,
): BestRepair | null {
  const token = tokens[at] as Token;
  const previous = repaired.at(-1) === tokens[at - 1] ? tokens[at - 1] : undefined;
  const repairs = repairsOf(token, previous, tokens[at + 1], known);
  if (repairs.length === 0) return null;
  const { vocabulary } = known;
  const context = contextOf(tokens, at, repaired, known);
  let best: BestRepair | null = null;
  let highest = scoreAsItIs(token, context, vocabulary);
  for (const { first, last, inner, join, cost, write } of repairs) {
    const score = scoreBetween(first, last, join, context, vocabulary) + inner - cost;
    // Most readings lose by their letters alone: only the others are written out.
    if (score <= highest) continue;
    const written = write();
    if (score - written.cost <= highest) continue;
    highest = score - written.cost;
    best = { words: written.words, join };
  }
  return best;
}

/** A word beside the unknown one; `asUnknown` is its logarithmic probability where it has no number. */
type Place = { number: number; asUnknown: number };

/** The words around the place, short forms spelled out. */
type Context = { beforePrevious: Place; previous: Place; next: Place; afterNext: Place };

function contextOf(
  tokens: readonly Token[],
  at: number,
  repaired: readonly Token[],
  { vocabulary, lexicon }: Known,
): Context {
  const first = (token: Token | undefined) => placeOf(token && spellOut(token, lexicon)[0], vocabulary);
  const last = (token: Token | undefined) => placeOf(token && spellOut(token, lexicon).at(-1), vocabulary);
  return {
    beforePrevious: last(repaired.at(-2)),
    previous: last(repaired.at(-1)),
    next: first(tokens[at + 1]),
    afterNext: first(tokens[at + 2]),
  };
}

function placeOf(token: Token | undefined, vocabulary: Vocabulary): Place {
  const number = token ? vocabulary.numberOf(token.folded) : BORDER;
  return { number, asUnknown: token && number === UNKNOWN ? unknownWord(token, vocabulary) : 0 };
}

/** How probable the words from `first` to `last` are between the neighbours, of which one may be taken in. */
function scoreBetween(
  first: number,
  last: number,
  join: Repair['join'],
  { beforePrevious, previous, next, afterNext }: Context,
  vocabulary: Vocabulary,
): number {
  const isBefore = join !== 'previous' && previous.number !== BORDER;
  const lead = isBefore ? follow(previous, beforePrevious.number, vocabulary) : 0;
  const before = join === 'previous' ? beforePrevious.number : previous.number;
  const entry = vocabulary.logProbability(first, before);
  if (join === 'next') return lead + entry + follow(afterNext, last, vocabulary);
  const exit = follow(next, last, vocabulary);
  return lead + entry + exit + (next.number === BORDER ? 0 : follow(afterNext, next.number, vocabulary));
}

function scoreAsItIs(token: Token, context: Context, vocabulary: Vocabulary): number {
  const number = vocabulary.numberOf(token.folded);
  const score = scoreBetween(number, number, undefined, context, vocabulary);
  if (number !== UNKNOWN)
    return score + (isWellFormed(token.text) ? UNKNOWN_FORM.wellFormed : UNKNOWN_FORM.other);
  return score - vocabulary.logProbability(number, context.previous.number) + unknownWord(token, vocabulary);
}

function follow({ number, asUnknown }: Place, before: number, vocabulary: Vocabulary): number {
  return number === UNKNOWN ? asUnknown : vocabulary.logProbability(number, before);
}

function unknownWord({ text, folded }: Token, { accentedShare }: Vocabulary): number {
  const letters = UNKNOWN_WORD + UNKNOWN_LETTER * folded.length;
  if (!isWellFormed(text)) return letters + (VOWEL.test(folded) ? FOREIGN_WORD * accentedShare : 0);
  return letters + (text === folded ? UNKNOWN_SYLLABLE.bare : UNKNOWN_SYLLABLE.accented);
}
