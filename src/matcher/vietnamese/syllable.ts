import { fold } from './normalise.ts';

/**
 * A Vietnamese syllable: onset + nucleus (vowels) + coda + tone. Enough of its rules to put the tone mark where
 * the dictionary puts it and to tell a possible syllable from other letters.
 */

/** Tones by their combining mark; `''` is the level tone. */
export const TONE_MARKS = ['\u0300', '\u0301', '\u0303', '\u0309', '\u0323'] as const;
export type Tone = '' | (typeof TONE_MARKS)[number];

const SHAPE =
  /^(ngh|ng|nh|ch|gh|gi(?=[aăâeêoôơuư])|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?([aăâeêioôơuưy]+)(ng|nh|ch|[cmnpt])?$/;

const NUCLEI = new Set(
  (
    'a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iu oa oă oe oi ôi ơi oo ua uâ uê ui uô uơ uy ưa ưi ươ ưu ' +
    'iêu yê yêu oai oao oay oeo uai uây uôi uya uyê uyu ươi ươu'
  ).split(' '),
);

export const VOWEL = /[aăâeêioôơuưy]/;

export type Syllable = { onset: string; nucleus: string; coda: string; tone: Tone };

/** Vowels with a tone, in one character → the vowel and its tone. */
const TONED: ReadonlyMap<string, readonly [vowel: string, tone: Tone]> = new Map(
  Array.from('aăâeêioôơuưy').flatMap(vowel =>
    TONE_MARKS.map(tone => [(vowel + tone).normalize('NFC'), [vowel, tone]] as const),
  ),
);

/** The letters of a lower-case NFC word without their tone mark, and that mark: "ờ" → ["ơ", grave]. */
export function splitTone(word: string): [letters: string, tone: Tone] {
  let letters = '';
  let tone: Tone = '';
  for (const letter of word) {
    const toned = TONED.get(letter);
    if (toned) tone = toned[1];
    letters += toned ? toned[0] : letter;
  }
  return [letters, tone];
}

/** Takes a lower-case word apart, or null when it can be no Vietnamese syllable. */
export function parseSyllable(word: string): Syllable | null {
  const [letters, tone] = splitTone(word);
  const parts = SHAPE.exec(letters);
  if (!parts) return null;
  const [, onset = '', nucleus = '', coda = ''] = parts;
  return NUCLEI.has(nucleus) ? { onset, nucleus, coda, tone } : null;
}

/** Nuclei that nothing follows, and those that never stand at the end. */
const OPEN = new Set(
  'ai ao au ay âu ây eo êu ia iu oai oao oay oeo oi ôi ơi ua ui uơ ưa ưi ươi ươu ưu uôi uây iêu yêu uya uyu uai'.split(
    ' ',
  ),
);
const CLOSED = new Set('ă â iê yê uâ uô ươ oă uyê oo'.split(' '));
const FOLDED_NUCLEI = new Set([...NUCLEI].map(fold));
const STOP_TONES = new Set<Tone>(['\u0301', '\u0323']);

/**
 * Whether the rules of Vietnamese spelling allow the word; one without accents may lack them all. Stricter than
 * `parseSyllable`, which also reads half-finished words.
 */
export function isWellFormed(word: string): boolean {
  const [letters, tone] = splitTone(word);
  const parts = SHAPE.exec(letters);
  if (!parts) return false;
  const [, onset = '', nucleus = '', coda = ''] = parts;
  if (!suits(onset, nucleus) || !ends(nucleus, coda)) return false;
  const isBare = word === fold(word);
  if (isBare) return FOLDED_NUCLEI.has(nucleus);
  if (!NUCLEI.has(nucleus) || (coda ? OPEN : CLOSED).has(nucleus)) return false;
  return !/^(c|ch|p|t)$/.test(coda) || STOP_TONES.has(tone);
}

/** k, gh and ngh stand before e, ê, i, y; c, g and ng before the others. */
function suits(onset: string, nucleus: string): boolean {
  const isFront = /^[eêiy]/.test(nucleus);
  if (/^(k|gh|ngh)$/.test(onset)) return isFront;
  return !isFront || !(onset === 'c' || onset === 'ng' || (onset === 'g' && nucleus !== 'i'));
}

/** nh and ch follow a, e, ê, i, y; ng and c the others. */
function ends(nucleus: string, coda: string): boolean {
  if (coda === 'nh' || coda === 'ch') return /[aeêiy]$/.test(nucleus);
  return !(coda === 'ng' || coda === 'c') || !/[iy]$/.test(nucleus);
}

/** Writes a syllable with its tone mark in the traditional place: "hòa", "thủy", "hoàn", "quý". */
export function writeSyllable({ onset, nucleus, coda, tone }: Syllable): string {
  if (!tone) return onset + nucleus + coda;
  const at = tonePosition(nucleus, coda);
  const marked = nucleus.slice(0, at + 1) + tone + nucleus.slice(at + 1);
  return (onset + marked + coda).normalize('NFC');
}

/** The letters with a tone where the dictionary puts it, or where they are no syllable, on the first vowel. */
export function withTone(letters: string, tone: Tone): string {
  const syllable = parseSyllable(letters);
  if (syllable) return writeSyllable({ ...syllable, tone });
  return letters.replace(VOWEL, vowel => vowel + tone).normalize('NFC');
}

/** The same word with its tone mark in the one place: "hoà" and "hòa" become equal. Other words stay. */
export function canonicalTone(word: string): string {
  const syllable = parseSyllable(word);
  return syllable?.tone ? writeSyllable(syllable) : word;
}

function tonePosition(nucleus: string, coda: string): number {
  const modified = Math.max(...[...'ăâêôơ'].map(vowel => nucleus.indexOf(vowel)));
  if (modified >= 0) return modified;
  const horn = nucleus.indexOf('ư');
  if (horn >= 0) return horn;
  if (nucleus.length === 1) return 0;
  return nucleus.length === 3 || coda ? 1 : 0;
}
