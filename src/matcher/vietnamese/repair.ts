import { type CompiledLexicon, spellOut } from './lexicon.ts';
import { type ReadingChange, readingChange } from './reading-change.ts';
import { type Known, type Repair, repairsOf } from './repair-candidates.ts';
import { isWellFormed } from './syllable.ts';
import { hasAccents, type Token } from './tokens.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * A word that the knowledge lacks, as an ordinary word: one in fifty is one, and a letter more makes any given word
 * this much rarer. A possible Vietnamese syllable is more likely meant as it stands. Natural logarithms, like the
 * costs of the repairs, and chosen with them.
 */
const UNKNOWN_WORD = Math.log(0.02);
const UNKNOWN_LETTER = -2.2;
const UNKNOWN_SYLLABLE = { accented: 6, bare: 4 } as const;
/** Where every word carries accents, a word that is no syllable is a rare guest. */
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
  const known: Known = {
    vocabulary,
    lexicon,
    knows: folded => vocabulary.knows(folded) || lexicon.words.has(folded),
    knowsForm: token => vocabulary.knowsForm(token) || lexicon.words.has(token.text),
  };
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

function isUnknown(token: Token, known: Known): boolean {
  if (known.knowsForm(token)) return false;
  const { text, folded } = token;
  return folded.length >= SHORTEST_REPAIRED && text.length <= LONGEST_REPAIRED && !/^\d+$/.test(folded);
}

function bestRepair(
  tokens: readonly Token[],
  at: number,
  repaired: readonly Token[],
  known: Known,
): Repair | null {
  const token = tokens[at] as Token;
  const previous = repaired.at(-1) === tokens[at - 1] ? tokens[at - 1] : undefined;
  const repairs = repairsOf(token, previous, tokens[at + 1], known);
  const context = contextOf(tokens, at, repaired, known.lexicon);
  let best: Repair | null = null;
  let highest = repairs.length > 0 ? scoreOf([token], undefined, context, known) : 0;
  for (const repair of repairs) {
    const score = scoreOf(repair.words, repair.join, context, known) - repair.cost;
    if (score <= highest) continue;
    highest = score;
    best = repair;
  }
  return best;
}

/** The words around the place, short forms spelled out. */
type Context = { beforePrevious: Token; previous: Token; next: Token; afterNext: Token };

/** What stands before the first word and after the last. */
const BORDER: Token = { text: '', folded: '' };

function contextOf(
  tokens: readonly Token[],
  at: number,
  repaired: readonly Token[],
  lexicon: CompiledLexicon,
): Context {
  const first = (token: Token | undefined) => (token && spellOut(token, lexicon)[0]) ?? BORDER;
  const last = (token: Token | undefined) => (token && spellOut(token, lexicon).at(-1)) ?? BORDER;
  return {
    beforePrevious: last(repaired.at(-2)),
    previous: last(repaired.at(-1)),
    next: first(tokens[at + 1]),
    afterNext: first(tokens[at + 2]),
  };
}

/** How probable the words are between the neighbours, of which one may be taken in. */
function scoreOf(words: readonly Token[], join: Repair['join'], context: Context, known: Known): number {
  const { beforePrevious, previous, next, afterNext } = context;
  let score = 0;
  let before = beforePrevious;
  const follow = (word: Token) => {
    score += logProbability(word, before, known);
    before = word;
  };
  if (join !== 'previous' && previous !== BORDER) follow(previous);
  for (const word of words) {
    const spelled = spellOut(word, known.lexicon);
    follow(spelled[0] ?? word);
    // A short form is one word to its writer: what is inside it costs nothing.
    before = spelled.at(-1) ?? word;
  }
  if (join !== 'next') follow(next);
  if (next !== BORDER) follow(afterNext);
  return score;
}

function logProbability(word: Token, before: Token, { vocabulary, knowsForm }: Known): number {
  if (word === BORDER) return vocabulary.logProbability('', before.folded);
  if (!vocabulary.knows(word.folded)) return unknownWord(word, vocabulary);
  const known = vocabulary.logProbability(word.folded, before.folded);
  if (!hasAccents(word) || knowsForm(word)) return known;
  return known + (isWellFormed(word.text) ? UNKNOWN_FORM.wellFormed : UNKNOWN_FORM.other);
}

function unknownWord(word: Token, { accentedShare }: Vocabulary): number {
  const letters = UNKNOWN_WORD + UNKNOWN_LETTER * word.folded.length;
  if (!isWellFormed(word.text)) return letters + FOREIGN_WORD * accentedShare;
  return letters + (hasAccents(word) ? UNKNOWN_SYLLABLE.accented : UNKNOWN_SYLLABLE.bare);
}
