import type { Centre } from '../../domain/centre.ts';
import {
  fullName,
  isDistrictKind,
  type PlaceKind,
  type PlaceName,
  type Places,
  type Unit,
} from '../../domain/places.ts';
import { fold, normaliseText } from '../../matcher/vietnamese/normalise.ts';
import { canonicalTone } from '../../matcher/vietnamese/syllable.ts';

/** Something that citizens call by a place's name, and the present units where it lies. */
export type Place = {
  /** `present`: a unit of today; `former`: a commune until then; `district`: a former district, town or city. */
  standing: 'present' | 'former' | 'district';
  kind: PlaceKind;
  name: string;
  /** The former district of a former commune: "thành phố Hạ Long". */
  district: string | null;
  /** A name given up earlier: what it became before the present units, and who says so. */
  earlier: { became: string[]; source: string; verified: boolean } | null;
  /** Of a present unit its namesake of then, where that was divided. */
  divided: Place | null;
  /** Where it lies now, with its former communes that are there; at least one. */
  units: { unit: Unit; communes: string[] }[];
};

/** A name as it is looked for in a text. */
export type Entry = {
  /** Lower-case syllables with accents in their one place. */
  words: string[];
  /** The same without accents. */
  folded: string[];
  place: Place;
  /** Taken only after a word such as "xã"; `without-accents`: only then when it has none. */
  needsUnitWord: 'always' | 'without-accents' | 'never';
};

export type Gazetteer = {
  /** The province itself, without accents. */
  province: string;
  /** By the first syllable without accents; longer names first. */
  byFirstWord: ReadonlyMap<string, readonly Entry[]>;
  entries: readonly Entry[];
  /** A present unit by the id that a tap carries: "phuong-hong-gai". */
  unitById: ReadonlyMap<string, Place>;
};

/** What the text of a question is searched with; built once. Null for a centre without a directory of places. */
export function gazetteerOf({ places, province }: Centre): Gazetteer | null {
  return places ? openGazetteer(places, province) : null;
}

export function openGazetteer(places: Places, province: string): Gazetteer {
  const former = formerPlaces(places.units);
  const present = places.units.map(unit => presentPlace(unit, former));
  const districts = districtPlaces(former);
  const earlier = places.earlier.map(one => earlierPlace(one, former));
  const rules = wordRules(places);
  const entries = [...present, ...former, ...districts, ...earlier].flatMap(place =>
    namesOf(place).map(name => toEntry(name, place, rules)),
  );
  return {
    province: fold(normaliseText(province)),
    byFirstWord: groupByFirstWord(entries),
    entries,
    unitById: new Map(present.map(place => [unitId(place.units[0]!.unit), place])),
  };
}

/** "phường Hồng Gai" → "phuong-hong-gai" */
export function unitId({ unit }: Unit): string {
  return fold(normaliseText(fullName(unit))).replaceAll(' ', '-');
}

function presentPlace(unit: Unit, former: readonly Place[]): Place {
  const divided =
    former.find(place => fullName(place) === fullName(unit.unit) && place.units.length > 1) ?? null;
  const communes = unit.from.flatMap(({ whole, part }) => [...whole, ...part].map(fullName));
  return {
    ...{ standing: 'present', district: null, earlier: null, divided },
    ...unit.unit,
    units: [{ unit, communes }],
  };
}

function formerPlaces(units: readonly Unit[]): Place[] {
  const byName = new Map<string, Place>();
  for (const unit of units)
    for (const { district, whole, part } of unit.from)
      for (const commune of [...whole, ...part]) {
        const title = fullName(commune);
        const key = `${title}, ${fullName(district)}`;
        const place = byName.get(key) ?? formerPlace(commune, district);
        place.units.push({ unit, communes: [title] });
        byName.set(key, place);
      }
  return [...byName.values()];
}

function formerPlace(commune: PlaceName, district: PlaceName): Place {
  return {
    standing: 'former',
    ...commune,
    district: fullName(district),
    earlier: null,
    divided: null,
    units: [],
  };
}

/** Each former district with the units that its communes are in now. */
function districtPlaces(former: readonly Place[]): Place[] {
  return [...new Set(former.map(({ district }) => district as string))].map(title => {
    const kind = (['thành phố', 'thị xã', 'huyện', 'quận'] as const).find(one => title.startsWith(one))!;
    const units = unitsOf(former.filter(({ district }) => district === title));
    return {
      standing: 'district',
      kind,
      name: title.slice(kind.length + 1),
      district: null,
      earlier: null,
      divided: null,
      units,
    };
  });
}

function earlierPlace(
  { name, of, became, source, verified }: Places['earlier'][number],
  former: readonly Place[],
): Place {
  const titles = became?.map(fullName);
  const communes = former.filter(
    place => place.district === fullName(of) && (!titles || titles.includes(fullName(place))),
  );
  const isDistrict = isDistrictKind(name.kind);
  return {
    ...name,
    standing: isDistrict ? 'district' : 'former',
    district: isDistrict ? null : fullName(of),
    divided: null,
    earlier: { became: isDistrict ? [] : (titles ?? []), source, verified },
    units: unitsOf(communes),
  };
}

function unitsOf(communes: readonly Place[]): Place['units'] {
  const byUnit = new Map<Unit, string[]>();
  for (const commune of communes)
    for (const { unit } of commune.units) byUnit.set(unit, [...(byUnit.get(unit) ?? []), fullName(commune)]);
  return [...byUnit].map(([unit, titles]) => ({ unit, communes: titles }));
}

function namesOf({ name, standing, units }: Place): string[] {
  return standing === 'present' ? [name, ...units[0]!.unit.aliases] : [name];
}

type WordRules = { always: ReadonlySet<string>; withoutAccents: ReadonlySet<string> };

function wordRules({ onlyWithUnitWord, onlyWithAccents }: Places): WordRules {
  const keys = (names: readonly string[]) => new Set(names.map(name => syllables(name).join(' ')));
  return { always: keys(onlyWithUnitWord), withoutAccents: keys(onlyWithAccents) };
}

function toEntry(name: string, place: Place, { always, withoutAccents }: WordRules): Entry {
  const words = syllables(name);
  const key = words.join(' ');
  const otherwise = withoutAccents.has(key) ? 'without-accents' : 'never';
  return { words, folded: words.map(fold), place, needsUnitWord: always.has(key) ? 'always' : otherwise };
}

function syllables(name: string): string[] {
  return normaliseText(name).split(/\s+/).map(canonicalTone);
}

function groupByFirstWord(entries: readonly Entry[]): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const first = entry.folded[0] as string;
    groups.set(first, [...(groups.get(first) ?? []), entry]);
  }
  for (const group of groups.values()) group.sort((a, b) => b.words.length - a.words.length);
  return groups;
}
