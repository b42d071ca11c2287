import { z } from 'zod';

/**
 * A province's directory: its commune-level units, the former ones that each took over, and whom to call there.
 * Parsed once, when the process starts; names are written as people say them, "phường Hồng Gai".
 */

const COMMUNE_KINDS = ['phường', 'xã', 'thị trấn', 'đặc khu'] as const;
const DISTRICT_KINDS = ['thành phố', 'thị xã', 'huyện', 'quận'] as const;
type CommuneKind = (typeof COMMUNE_KINDS)[number];
export type DistrictKind = (typeof DISTRICT_KINDS)[number];
export type PlaceKind = CommuneKind | DistrictKind;

export type PlaceName = { kind: PlaceKind; name: string };

export function isDistrictKind(kind: PlaceKind): kind is DistrictKind {
  return (DISTRICT_KINDS as readonly string[]).includes(kind);
}

/** "phường Hồng Gai" */
export function fullName({ kind, name }: PlaceName): string {
  return `${kind} ${name}`;
}

/** "xã Quảng La" → kind and name; the kind first, in lower case. */
const placeName = (kinds: readonly PlaceKind[]) =>
  z
    .string()
    .trim()
    .transform((text, context): PlaceName => {
      const kind = kinds.find(one => text.startsWith(`${one} `) && text.length > one.length + 1);
      if (kind) return { kind, name: text.slice(kind.length + 1).normalize('NFC') };
      context.addIssue(`viết đủ loại và tên (${kinds.join(' | ')}), ví dụ: ${kinds[0]} Hồng Gai`);
      return z.NEVER;
    });

const commune = placeName(COMMUNE_KINDS);
const district = placeName(DISTRICT_KINDS);
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'viết ngày dạng 2026-11-22');
const name = z.string().trim().min(1);

const unitSchema = z.strictObject({
  unit: commune,
  /** Other names that people say. */
  aliases: z.array(name).default([]),
  /** The former units, by their former district: those that came altogether, and those that were divided. */
  from: z
    .array(
      z.strictObject({ district, whole: z.array(commune).default([]), part: z.array(commune).default([]) }),
    )
    .min(1),
  /** Whether the source's own wording was compared; the file's otherwise. */
  verified: z.boolean().optional(),
});

const earlierSchema = z.strictObject({
  /** A name that was given up before the former units above. */
  name: placeName([...COMMUNE_KINDS, ...DISTRICT_KINDS]),
  of: district,
  /** The former communes of `of` that it became; a district without them became the whole of `of`. */
  became: z.array(commune).optional(),
  source: name,
  verified: z.boolean(),
});

const placesShape = z.strictObject({
  evidence: z.strictObject({ source: name, checkedOn: isoDate, verified: z.boolean() }),
  /** Ordinary words and people's names: a place only after a word such as "xã". */
  onlyWithUnitWord: z.array(name).default([]),
  /** Without their accents other words: a place then only after a word such as "xã". */
  onlyWithAccents: z.array(name).default([]),
  units: z.array(unitSchema).min(1),
  earlier: z.array(earlierSchema).default([]),
});

export const placesSchema = placesShape.superRefine(checkPlaces);

export const officesSchema = z.strictObject({
  offices: z.array(
    z.strictObject({
      /** A present unit, as in the places' file. */
      unit: commune,
      /** "UBND", "Công an", "Chủ tịch UBND", or any other name. */
      role: name,
      name: name.optional(),
      phone: name.optional(),
      hours: name.optional(),
      address: name.optional(),
      source: name.optional(),
      checkedOn: isoDate.optional(),
    }),
  ),
});

export type Places = z.infer<typeof placesShape>;
export type Unit = Places['units'][number];
export type Office = z.infer<typeof officesSchema>['offices'][number];

/** Every unit once; a former unit went to one unit altogether, or in parts to several; earlier names lead somewhere. */
function checkPlaces(places: Places, context: z.core.$RefinementCtx): void {
  const units = new Set<string>();
  const former = new Map<string, ('whole' | 'part')[]>();
  places.units.forEach(({ unit, from }, i) => {
    const title = fullName(unit);
    if (units.has(title))
      context.addIssue({ code: 'custom', path: ['units', i, 'unit'], message: `${title} đã có ở trên` });
    units.add(title);
    for (const { district: of, whole, part } of from)
      for (const [share, names] of [
        ['whole', whole],
        ['part', part],
      ] as const)
        for (const one of names) {
          const key = formerKey(one, of);
          former.set(key, [...(former.get(key) ?? []), share]);
        }
  });
  for (const [key, shares] of former)
    if (shares.length > 1 ? shares.includes('whole') : shares[0] === 'part')
      context.addIssue({
        code: 'custom',
        path: ['units'],
        message: `${key}: về một đơn vị thì ghi ở whole một lần, chia cho nhiều đơn vị thì ghi ở part của từng đơn vị`,
      });
  places.earlier.forEach(({ of, became }, i) => {
    became?.forEach((one, j) => {
      if (!former.has(formerKey(one, of)))
        context.addIssue({
          code: 'custom',
          path: ['earlier', i, 'became', j],
          message: `không có ${formerKey(one, of)} trong units`,
        });
    });
  });
}

function formerKey(one: PlaceName, of: PlaceName): string {
  return `${fullName(one)} (${fullName(of)})`;
}
