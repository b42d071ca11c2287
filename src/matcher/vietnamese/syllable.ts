/**
 * A Vietnamese syllable: onset + nucleus (vowels) + coda + tone. Enough of its rules to put the tone mark where
 * the dictionary puts it and to tell a possible syllable from other letters.
 */

/** Tones by their combining mark; `''` is the level tone. */
export const TONE_MARKS = ['\u0300', '\u0301', '\u0303', '\u0309', '\u0323'] as const;
export type Tone = '' | (typeof TONE_MARKS)[number];

const TONES = new RegExp(`[${TONE_MARKS.join('')}]`);
const SHAPE =
  /^(ngh|ng|nh|ch|gh|gi(?=[aăâeêoôơuư])|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?([aăâeêioôơuưy]+)(ng|nh|ch|[cmnpt])?$/;

const NUCLEI = new Set(
  (
    'a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iu oa oă oe oi ôi ơi oo ua uâ uê ui uô uơ uy ưa ưi ươ ưu ' +
    'iêu yê yêu oai oao oay oeo uai uây uôi uya uyê uyu ươi ươu'
  ).split(' '),
);

export type Syllable = { onset: string; nucleus: string; coda: string; tone: Tone };

/** The letters without their tone mark, and that mark: "ờ" → ["ơ", grave]. */
export function splitTone(text: string): [letters: string, tone: Tone] {
  const decomposed = text.normalize('NFD');
  const tone = (decomposed.match(TONES)?.[0] ?? '') as Tone;
  return [tone ? decomposed.replaceAll(tone, '').normalize('NFC') : text, tone];
}

/** Takes a lower-case word apart, or null when it can be no Vietnamese syllable. */
export function parseSyllable(word: string): Syllable | null {
  const [letters, tone] = splitTone(word);
  const parts = SHAPE.exec(letters);
  if (!parts) return null;
  const [, onset = '', nucleus = '', coda = ''] = parts;
  return NUCLEI.has(nucleus) ? { onset, nucleus, coda, tone } : null;
}

/** Writes a syllable with its tone mark in the traditional place: "hòa", "thủy", "hoàn", "quý". */
export function writeSyllable({ onset, nucleus, coda, tone }: Syllable): string {
  if (!tone) return onset + nucleus + coda;
  const at = tonePosition(nucleus, coda);
  const marked = nucleus.slice(0, at + 1) + tone + nucleus.slice(at + 1);
  return (onset + marked + coda).normalize('NFC');
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
