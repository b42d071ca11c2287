import { fullName, type PlaceKind } from '../../domain/places.ts';
import { fold, normaliseText } from '../../matcher/vietnamese/normalise.ts';
import { canonicalTone, isWellFormed } from '../../matcher/vietnamese/syllable.ts';
import { typingErrorBetween } from '../../matcher/vietnamese/typing-error.ts';
import type { Entry, Gazetteer, Place } from './gazetteer.ts';
import { PROVINCES } from './provinces.ts';

/** A word of the text, as typed and without accents; `from` and `to` are its place in the text (NFC). */
type Word = { text: string; folded: string; from: number; to: number };

/** A place named in a text. */
type Mention = {
  /** Words from its unit word ("phường") to its end ("cũ"), by their number. */
  start: number;
  end: number;
  /** The name alone, without the unit word. */
  nameStart: number;
  /** What may be meant: one place, or several of the same name. */
  places: Place[];
};

export type Reading = { text: string; words: Word[]; mentions: Mention[] };

/**
 * Finds the names of places in a citizen's text: with or without accents, unit words and their abbreviations, "cũ",
 * and one slip of the keyboard after a unit word. The longest name wins.
 */
export function findPlaces(text: string, gazetteer: Gazetteer): Reading {
  const nfc = text.normalize('NFC');
  const words = wordsOf(nfc);
  const found: Mention[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const mention = mentionAt(words, at, gazetteer);
    if (!mention) continue;
    found.push(mention);
    at = mention.end - 1;
  }
  return { text: nfc, words, mentions: found.length > 0 ? settle(words, found, gazetteer.province) : found };
}

/** The text without the names, which no training phrase has; unit words stay. */
export function withoutPlaces({ text, words, mentions }: Reading): string {
  let rest = '';
  let at = 0;
  for (const { nameStart, end } of mentions) {
    rest += text.slice(at, words[nameStart]!.from);
    at = words[end - 1]!.to;
  }
  return (rest + text.slice(at)).trim();
}

function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{M}]+|\p{N}+/gu)].map(({ 0: word, index }) => {
    const { normal, folded } = formsOf(word);
    return { text: normal, folded, from: index, to: index + word.length };
  });
}

type Forms = { normal: string; folded: string };

/** Words come back all the time: a look-up is faster than the rules of spelling. */
const remembered = new Map<string, Forms>();
const MOST_REMEMBERED = 10_000;
const LONGEST_REMEMBERED = 16;

function formsOf(word: string): Forms {
  const before = remembered.get(word);
  if (before) return before;
  const normal = canonicalTone(normaliseText(word));
  const forms = { normal, folded: fold(normal) };
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  if (word.length <= LONGEST_REMEMBERED) remembered.set(word, forms);
  return forms;
}

function mentionAt(words: readonly Word[], at: number, gazetteer: Gazetteer): Mention | null {
  const unit = unitWordBefore(words, at);
  const entries = entriesAt(words, at, unit, gazetteer);
  const [first] = entries;
  if (!first) return null;
  const nameEnd = at + first.words.length;
  const isFormer = isWord(words[nameEnd], 'cũ');
  const end = isFormer ? nameEnd + 1 : nameEnd;
  const places = meant(
    entries.map(({ place }) => place),
    unit,
    isFormer || isPreceded(words, at, unit),
  );
  // "công an Hồng Hải": the office's name is no part of the place's.
  const start = unit && unit.kinds.length > 0 ? at - unit.length : at;
  return { start, nameStart: at, end, places };
}

/** The entries that the words from `at` on spell: those of the longest name, the best spelt. */
function entriesAt(
  words: readonly Word[],
  at: number,
  unit: UnitWord | null,
  { byFirstWord, entries }: Gazetteer,
): Entry[] {
  const candidates = byFirstWord.get(words[at]!.folded) ?? [];
  let best: Entry[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (const entry of candidates) {
    if (best.length > 0 && entry.words.length < best[0]!.words.length) break;
    const faults = spelling(words, at, entry, unit !== null);
    if (faults === null || faults > least) continue;
    best = faults < least ? [entry] : [...best, entry];
    least = faults;
  }
  if (best.length > 0 || unit === null) return best;
  return slipsAt(words, at, entries);
}

/** How many accents differ; null where the words are not the name. Fewer may differ without a unit word. */
function spelling(
  words: readonly Word[],
  at: number,
  { words: name, folded, needsUnitWord }: Entry,
  hasUnitWord: boolean,
): number | null {
  let wrong = 0;
  let accented = 0;
  for (let i = 0; i < name.length; i += 1) {
    const word = words[at + i];
    if (!word || word.folded !== folded[i]) return null;
    if (word.text === name[i]) accented += 1;
    else if (word.text !== word.folded) wrong += 1;
  }
  if (hasUnitWord) return wrong <= (name.length > 1 ? 1 : 0) ? wrong : null;
  if (wrong > 0 || needsUnitWord === 'always') return null;
  if (accented > 0) return 0;
  const isUnaccented = words.every(({ text, folded }) => text === folded);
  return isUnaccented && needsUnitWord === 'never' && name.length > 1 ? 0 : null;
}

/** After a unit word: one word of the name that can be no Vietnamese syllable, and is one slip away. */
function slipsAt(words: readonly Word[], at: number, entries: readonly Entry[]): Entry[] {
  const isOdd = words.slice(at, at + 3).some(({ text }) => !isWellFormed(text));
  return isOdd ? entries.filter(entry => isSlipOf(words, at, entry)) : [];
}

function isSlipOf(words: readonly Word[], at: number, { folded }: Entry): boolean {
  let slips = 0;
  for (let i = 0; i < folded.length; i += 1) {
    const word = words[at + i];
    const right = folded[i] as string;
    if (!word) return false;
    if (word.folded === right) continue;
    if (isWellFormed(word.text) || !typingErrorBetween(word.folded, right)) return false;
    slips += 1;
  }
  return slips === 1 && folded.length > 1;
}

type UnitWord = { length: number; kinds: readonly PlaceKind[] };

type UnitForm = UnitWord & { words: readonly string[] };

/** Written out or shortened; an office's name stands for any. */
const UNIT_FORMS: readonly UnitForm[] = (
  [
    [['phường'], 'phường', 'p', 'f'],
    [['xã'], 'xã', 'x'],
    [['thị trấn'], 'thị trấn', 'tt'],
    [['đặc khu'], 'đặc khu', 'đk'],
    [['huyện'], 'huyện', 'h'],
    [['thành phố'], 'thành phố', 'tp'],
    [['thị xã'], 'thị xã', 'tx'],
    [['quận'], 'quận', 'q'],
    [[], 'ubnd', 'ủy ban', 'nhân dân', 'công an', 'ca'],
  ] as [PlaceKind[], ...string[]][]
).flatMap(([kinds, ...forms]) =>
  forms.map(form => ({ kinds, words: form.split(' '), length: form.split(' ').length })),
);

/** By their last word without accents; the longer ones first ("thị xã" is no "xã"). */
const FORMS_BY_LAST_WORD: ReadonlyMap<string, readonly UnitForm[]> = new Map(
  UNIT_FORMS.map(({ words }) => fold(words.at(-1) as string)).map(last => [
    last,
    UNIT_FORMS.filter(({ words }) => fold(words.at(-1) as string) === last).sort(
      (a, b) => b.length - a.length,
    ),
  ]),
);

function unitWordBefore(words: readonly Word[], at: number): UnitWord | null {
  const forms = at > 0 ? FORMS_BY_LAST_WORD.get(words[at - 1]!.folded) : undefined;
  const said = (form: UnitForm) => form.words.every((word, i) => isWord(words[at - form.length + i], word));
  return forms?.find(said) ?? null;
}

/** As written, or altogether without accents. */
function isWord(word: Word | undefined, meaning: string): boolean {
  return word !== undefined && (word.text === meaning || word.text === fold(meaning));
}

/** "UBND cũ xã …", "trước là xã …" are rare; "(cũ)" after the name is what people write. */
function isPreceded(words: readonly Word[], at: number, unit: UnitWord | null): boolean {
  return isWord(words[at - (unit?.length ?? 0) - 1], 'cũ');
}

/** Of the places of one name those that the unit word and "cũ" allow; today's unit before its namesake of then. */
function meant(places: readonly Place[], unit: UnitWord | null, isFormer: boolean): Place[] {
  const byKind = narrowed(places, place => unit?.kinds.includes(place.kind) ?? false);
  const byLevel =
    byKind === places && unit && unit.kinds.length > 0
      ? narrowed(places, place => isDistrictWord(unit) === (place.standing === 'district'))
      : byKind;
  const byTime = isFormer ? narrowed(byLevel, ({ standing }) => standing !== 'present') : byLevel;
  const districts = byTime.filter(({ standing }) => standing === 'district');
  if (districts.length > 0) return districts.slice(0, 1);
  const present = byTime.filter(({ standing }) => standing === 'present');
  return byTime.filter(
    place => place.standing === 'present' || !present.some(one => isPredecessor(place, one)),
  );
}

function narrowed(places: readonly Place[], keeps: (place: Place) => boolean): readonly Place[] {
  const kept = places.filter(keeps);
  return kept.length > 0 ? kept : places;
}

function isDistrictWord({ kinds }: UnitWord): boolean {
  return kinds.some(kind => kind === 'huyện' || kind === 'thành phố' || kind === 'thị xã' || kind === 'quận');
}

/** "Xã Quảng La" of then lies in today's xã Quảng La. */
function isPredecessor(former: Place, present: Place): boolean {
  return former.units.some(({ unit }) => unit === present.units[0]!.unit);
}

/** Drops what lies in other provinces, and lets a district that follows tell namesakes apart. */
function settle(words: readonly Word[], found: readonly Mention[], province: string): Mention[] {
  const settled: Mention[] = [];
  for (let i = 0; i < found.length; i += 1) {
    const mention = found[i]!;
    if (isElsewhere(words, mention, found[i + 1], province)) continue;
    const previous = settled.at(-1);
    if (previous && isWithin(words, previous, mention)) {
      settled[settled.length - 1] = {
        ...{ ...previous, end: mention.end },
        places: inDistrict(previous.places, mention),
      };
    } else if (previous && isWithin(words, mention, previous, previous)) {
      const { start, nameStart } = previous;
      settled[settled.length - 1] = {
        ...{ start, nameStart, end: mention.end },
        places: inDistrict(mention.places, previous),
      };
    } else settled.push(mention);
  }
  return settled;
}

/** "Hồng Hải, TP Hạ Long" (or the other way round): the district only says which Hồng Hải. */
function isWithin(words: readonly Word[], inner: Mention, outer: Mention, first = inner): boolean {
  const [district] = outer.places;
  if (district?.standing !== 'district' || inner.places[0]?.standing === 'district') return false;
  const gap = words.slice(first.end, (first === inner ? outer : inner).start);
  if (gap.some(word => !['thuoc', 'o', 'cua'].includes(word.folded))) return false;
  return inner.places.some(place => liesIn(place, district));
}

function inDistrict(places: readonly Place[], { places: [district] }: Mention): Place[] {
  return places.filter(place => liesIn(place, district!));
}

function liesIn(place: Place, district: Place): boolean {
  const title = fullName(district);
  const isSame = (name: string) => name === title || name.endsWith(` ${district.name}`);
  if (place.standing === 'former') return isSame(place.district ?? '') || sharesUnits(place, district);
  return place.units.some(({ unit }) => unit.from.some(({ district: of }) => isSame(fullName(of))));
}

/** A commune of a district that was itself given up earlier: "Lê Lợi, Hoành Bồ". */
function sharesUnits(place: Place, district: Place): boolean {
  return district.units.some(({ communes }) => communes.includes(fullName(place)));
}

const AFTER_UNIT_WORD = new Set(
  'cu nay nao minh toi em thi la co o nop lam gio truoc khac do kia'.split(' '),
);
const FAR_UNITS = ['huyện', 'quận', 'thị xã', 'tỉnh', 'tp', 'thành phố', 'tx', 'q', 'h'] as const;

/** "xã Tân Lập, huyện Đan Phượng", "phường Trần Hưng Đạo Hà Nội": what follows is no place of ours. */
function isElsewhere(
  words: readonly Word[],
  { end }: Mention,
  next: Mention | undefined,
  province: string,
): boolean {
  const unit = FAR_UNITS.find(form => form.split(' ').every((part, i) => isWord(words[end + i], part)));
  const at = end + (unit?.split(' ').length ?? 0);
  if (next && (next.nameStart === at || next.start === end)) return false;
  const said = provinceAt(words, at);
  if (said) return said !== province;
  const name = words[at];
  return unit !== undefined && name !== undefined && !AFTER_UNIT_WORD.has(name.folded);
}

function provinceAt(words: readonly Word[], at: number): string | undefined {
  return [3, 2, 1]
    .map(length =>
      words
        .slice(at, at + length)
        .map(({ folded }) => folded)
        .join(' '),
    )
    .find(name => PROVINCES.has(name));
}
