import { shuffle } from '../../src/matcher/random.ts';
import { parseSyllable, type Tone, writeSyllable } from '../../src/matcher/vietnamese/syllable.ts';

const ONSETS = 'b c ch d đ g h kh l m n ng nh ph r s t th tr v x'.split(' ');
/** How an onset is spelled before e, ê, i. */
const BEFORE_FRONT_VOWEL: Readonly<Record<string, string>> = { c: 'k', g: 'gh', ng: 'ngh' };
const RHYMES = (
  'a ai ao au ay ac ach am an ang anh ap at ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e em en eng eo ep et ' +
  'ê êm ên ênh êch êp êt êu i im in inh ich ip it iu ia iêc iêm iên iêng iêp iêt iêu o oc oi om on ong op ot ' +
  'oa oai oan oang oe ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u uc ui um un ung up ut ua uôc uôi uôm uôn ' +
  'uông uôt uy uê uân uyên uyêt ư ưc ưng ưt ưa ươc ươi ươm ươn ương ươt'
).split(' ');
const TONES: readonly Tone[] = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'];
/** Syllables that end in c, ch, p or t carry the acute or the dot below. */
const STOPPED = /[cpt]$|ch$/;
const STOPPED_TONES: readonly Tone[] = ['\u0301', '\u0323'];

/** `count` different syllables that a Vietnamese can pronounce (not all are words), none of them in `except`. */
export function madeUpSyllables(count: number, except: ReadonlySet<string>, random: () => number): string[] {
  const all = ONSETS.flatMap(onset =>
    RHYMES.flatMap(rhyme =>
      (STOPPED.test(rhyme) ? STOPPED_TONES : TONES).map(tone => spell(onset, rhyme, tone)),
    ),
  );
  return shuffle(
    all.filter(syllable => !except.has(syllable)),
    random,
  ).slice(0, count);
}

function spell(onset: string, rhyme: string, tone: Tone): string {
  const spelled = /^[eêi]/.test(rhyme) ? (BEFORE_FRONT_VOWEL[onset] ?? onset) : onset;
  const syllable = parseSyllable(spelled + rhyme);
  if (!syllable) throw new Error(`${spelled}${rhyme} is no Vietnamese syllable: correct the tables above`);
  return writeSyllable({ ...syllable, tone });
}
