import { randomNumbers } from '../random.ts';
import { neighbouringKeys } from '../vietnamese/keyboard.ts';
import { fold } from '../vietnamese/normalise.ts';
import {
  parseSyllable,
  splitTone,
  TONE_MARKS,
  type Tone,
  VOWEL,
  withTone,
  writeSyllable,
} from '../vietnamese/syllable.ts';

/** The ways in which a word is mistyped. */
export const NOISE_KINDS = [
  'no-accents',
  'wrong-tone',
  'wrong-vowel-mark',
  'telex',
  'vni',
  'swapped',
  'doubled',
  'missing',
  'neighbour',
  'glued',
  'split',
  'teencode',
] as const;
export type NoiseKind = (typeof NOISE_KINDS)[number];

export type NoiseOptions = {
  /** The same seed noises the same text in the same way; give each text of a set its own. */
  seed: number;
  /** One word in this many is noised, counted from a random first one. */
  every: number;
  /** The kinds to draw from; all by default. */
  kinds?: readonly NoiseKind[];
};

/** One noised place: `meant` are one or two words of the text, `typed` is what stands there instead. */
export type NoisedWord = { kind: NoiseKind; meant: string; typed: string };

/**
 * Types a text as citizens do on a phone: one word in a few is mistyped, in a way drawn at random from those that
 * the word allows. Numbers stay. The kinds: accents left out or wrong, keys of the Telex and VNI methods left in the
 * text (https://vi.wikipedia.org/wiki/Telex, https://vi.wikipedia.org/wiki/VNI), the four single errors of Damerau
 * ("A technique for computer detection and correction of spelling errors", CACM 1964), words run together or torn
 * apart, and the abbreviations of chat.
 */
export function addTypingNoise(text: string, options: NoiseOptions): string {
  return noiseText(text, options).text;
}

/** As `addTypingNoise`, with the list of what was done. */
export function noiseText(
  text: string,
  { seed, every, kinds = NOISE_KINDS }: NoiseOptions,
): { text: string; noised: NoisedWord[] } {
  const random = randomNumbers(seed);
  const { words, gaps } = takeApart(text.normalize('NFC'));
  const phase = Math.floor(random() * every);
  const noised: NoisedWord[] = [];
  let typedText = gaps[0] ?? '';
  for (let at = 0; at < words.length; ) {
    const word = words[at] as string;
    const next = gaps[at + 1] === ' ' ? (words[at + 1] ?? null) : null;
    const noise = at % every === phase ? drawNoise(word, next, kinds, random) : null;
    const taken = noise?.takesNext ? 2 : 1;
    if (noise)
      noised.push({
        kind: noise.kind,
        meant: noise.takesNext ? `${word} ${next}` : word,
        typed: noise.typed,
      });
    typedText += (noise?.typed ?? word) + (gaps[at + taken] ?? '');
    at += taken;
  }
  return { text: typedText, noised };
}

/** Without accents, as many people type: "Đăng ký" → "Dang ky". */
export function withoutAccents(text: string): string {
  return fold(text);
}

type Random = () => number;
/** What is typed for a word, or for it and the next; null where the word does not allow the noise. */
type Noise = (word: string, next: string | null, random: Random) => Typed | null;
type Typed = { typed: string; takesNext?: boolean };

function takeApart(text: string): { words: string[]; gaps: string[] } {
  const pieces = text.split(/([\p{L}\p{N}]+)/u);
  return {
    words: pieces.filter((_, i) => i % 2 === 1),
    gaps: pieces.filter((_, i) => i % 2 === 0),
  };
}

function drawNoise(
  word: string,
  next: string | null,
  kinds: readonly NoiseKind[],
  random: Random,
): (Typed & { kind: NoiseKind }) | null {
  if (/\d/.test(word)) return null;
  const left = [...kinds];
  while (left.length > 0) {
    const [kind] = left.splice(Math.floor(random() * left.length), 1) as [NoiseKind];
    const noise = NOISES[kind](word, next, random);
    if (noise && noise.typed !== word) return { ...noise, kind };
  }
  return null;
}

const NOISES: Record<NoiseKind, Noise> = {
  'no-accents': word => ({ typed: fold(word) }),
  'wrong-tone': (word, _, random) => wrongTone(word, random),
  'wrong-vowel-mark': (word, _, random) => wrongMark(word, random),
  telex: (word, _, random) => leaveKeys(word, TELEX, random),
  vni: (word, _, random) => leaveKeys(word, VNI, random),
  swapped: (word, _, random) => swapLetters(word, random),
  doubled: (word, _, random) => doubleLetter(word, random),
  missing: (word, _, random) => dropLetter(word, random),
  neighbour: (word, _, random) => hitBeside(word, random),
  glued: (word, next) => (next && !/\d/.test(next) ? { typed: word + next, takesNext: true } : null),
  split: (word, _, random) => tearApart(word, random),
  teencode: (word, next, random) => abbreviate(word, next, random),
};

/** "hồ" → "hố". */
function wrongTone(word: string, random: Random): Typed | null {
  const syllable = parseSyllable(word.toLowerCase());
  if (!syllable?.tone) return null;
  const tone = drawFrom(
    TONE_MARKS.filter(mark => mark !== syllable.tone),
    random,
  );
  return { typed: writeSyllable({ ...syllable, tone }) };
}

/** Letters that differ in their mark alone. */
const MARKED_ALIKE = ['aăâ', 'eê', 'oôơ', 'uư', 'dđ'];

/** "sơ" → "sô". */
function wrongMark(word: string, random: Random): Typed | null {
  const [letters, tone] = splitTone(word.toLowerCase());
  const places = placesOf(letters, letter => letter !== fold(letter));
  if (places.length === 0) return null;
  const at = drawFrom(places, random);
  const letter = letters[at] as string;
  const others = MARKED_ALIKE.find(group => group.includes(letter))?.replace(letter, '') ?? letter;
  return { typed: withTone(replaceAt(letters, at, drawFrom([...others], random)), tone) };
}

type Method = { marks: Record<string, string>; tones: Record<Exclude<Tone, ''>, string> };

const TELEX: Method = {
  marks: { ă: 'aw', â: 'aa', ê: 'ee', ô: 'oo', ơ: 'ow', ư: 'uw', đ: 'dd' },
  tones: { '\u0300': 'f', '\u0301': 's', '\u0303': 'x', '\u0309': 'r', '\u0323': 'j' },
};
const VNI: Method = {
  marks: { ă: 'a8', â: 'a6', ê: 'e6', ô: 'o6', ơ: 'o7', ư: 'u7', đ: 'd9' },
  tones: { '\u0300': '2', '\u0301': '1', '\u0303': '4', '\u0309': '3', '\u0323': '5' },
};

/**
 * The keys themselves: "hồ" → "hoof" or "hofo", "đăng" → "d9a8ng"; or only the tone's key, the keyboard having
 * taken the others: "nộp" → "nôpj".
 */
function leaveKeys(word: string, { marks, tones }: Method, random: Random): Typed | null {
  const [letters, tone] = splitTone(word.toLowerCase());
  const key = tone && tones[tone];
  const onlyTone = key !== '' && random() < 0.3;
  const toneAtEnd = random() < 0.7;
  const vowels = placesOf(letters, letter => VOWEL.test(letter));
  const lastVowel = vowels.at(-1) ?? letters.length - 1;
  const typed = Array.from(letters, (letter, at) => {
    const keys = onlyTone ? letter : (marks[letter] ?? letter);
    return !toneAtEnd && at === lastVowel ? keys + key : keys;
  }).join('');
  return { typed: toneAtEnd ? typed + key : typed };
}

/** "sinh" → "snih". */
function swapLetters(word: string, random: Random): Typed | null {
  const places = placesOf(word, (letter, at) => at + 1 < word.length && letter !== word[at + 1]);
  if (word.length < 3 || places.length === 0) return null;
  const at = drawFrom(places, random);
  return { typed: `${word.slice(0, at)}${word[at + 1]}${word[at]}${word.slice(at + 2)}` };
}

/** "không" → "khôông". */
function doubleLetter(word: string, random: Random): Typed {
  const at = Math.floor(random() * word.length);
  return { typed: replaceAt(word, at, `${word[at]}${word[at]}`) };
}

/** "phường" → "phườg"; of a word of three letters at least. */
function dropLetter(word: string, random: Random): Typed | null {
  if (word.length < 3) return null;
  return { typed: replaceAt(word, Math.floor(random() * word.length), '') };
}

/** "khai" → "khsi"; in a word of three letters at least. */
function hitBeside(word: string, random: Random): Typed | null {
  const places = placesOf(word, letter => neighbouringKeys(fold(letter)) !== '');
  if (word.length < 3 || places.length === 0) return null;
  const at = drawFrom(places, random);
  return { typed: replaceAt(word, at, drawFrom([...neighbouringKeys(fold(word[at] as string))], random)) };
}

/** "thường" → "thư ờng"; of a word of four letters at least. */
function tearApart(word: string, random: Random): Typed | null {
  if (word.length < 4) return null;
  const at = 1 + Math.floor(random() * (word.length - 1));
  return { typed: `${word.slice(0, at)} ${word.slice(at)}` };
}

/** One or two words → how chat writes them. */
const TEENCODE: Record<string, readonly string[]> = {
  được: ['dc', 'đc', 'đk'],
  không: ['ko', 'k', 'hok', 'hong', 'khum'],
  gì: ['j', 'gj'],
  vậy: ['z', 'v', 'zậy'],
  'bao nhiêu': ['bn', 'bnhieu', 'bao nhiu'],
  'thế nào': ['tnao'],
  'như thế': ['nth'],
  mình: ['mk', 'mik'],
  rồi: ['r', 'rùi'],
  người: ['ng', 'ngừi'],
  với: ['vs', 'zới'],
  biết: ['bít', 'bik'],
  cũng: ['cug', 'cx'],
  chưa: ['chx', 'chưa z'],
  bây: ['bi'],
  giờ: ['h'],
  phải: ['fải', 'pải'],
  trước: ['trc'],
  anh: ['a'],
  em: ['e'],
  làm: ['lm', 'nàm'],
  nữa: ['nx'],
  luôn: ['lun'],
  muốn: ['mún'],
  thôi: ['thui'],
  nhiều: ['nhìu'],
  giấy: ['zấy'],
  con: ['kon'],
  có: ['kó'],
  quá: ['wá'],
  quên: ['wên'],
};

function abbreviate(word: string, next: string | null, random: Random): Typed | null {
  const both = next === null ? undefined : TEENCODE[`${word} ${next}`.toLowerCase()];
  if (both) return { typed: drawFrom(both, random), takesNext: true };
  const forms = TEENCODE[word.toLowerCase()];
  return forms ? { typed: drawFrom(forms, random) } : null;
}

function placesOf(word: string, test: (letter: string, at: number) => boolean): number[] {
  return Array.from(word, (_, at) => at).filter(at => test(word[at] as string, at));
}

function replaceAt(word: string, at: number, letters: string): string {
  return word.slice(0, at) + letters + word.slice(at + 1);
}

function drawFrom<T>(items: readonly T[], random: Random): T {
  return items[Math.floor(random() * items.length)] as T;
}
