import { CENTRE_PLACEHOLDERS } from '../domain/centre.ts';
import type { Fault } from './fault.ts';
import { nearestWord } from './nearest-word.ts';
import type { YamlFile } from './yaml-file.ts';

type Path = readonly PropertyKey[];

/** A word as a whole: JavaScript's \b knows no Vietnamese letters. */
const word = (pattern: string) => new RegExp(`(?<!\\p{L})(?:${pattern})(?!\\p{L})`, 'iu');

/** Vietnam has had two levels of local government since 01/07/2025. */
const DISTRICT_BODY = word(
  [
    '(?:UBND|(?:Ủy|Uỷ) ban nhân dân|Công an|Tòa án nhân dân|Toà án nhân dân) (?:cấp )?(?:huyện|quận|thị xã)',
    'cấp (?:huyện|quận)',
    'Phòng [^.,;:()]{1,60} (?:huyện|quận)',
  ].join('|'),
);
/** Texts that say that the district level is gone may name it. */
const DISTRICT_IS_GONE = word(
  '(?:không còn|bãi bỏ|bỏ|kết thúc hoạt động(?: của)?) (?:tổ chức |hoạt động của )?(?:UBND )?cấp huyện',
);
/** Tags and comments; `<https://…>` is Markdown. */
export const RAW_HTML = /<!--|<\/?[a-z][a-z0-9-]*(?:\s[^<>]*)?\/?>/i;
export const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Titles and sources quote what others wrote, citizens say what they say. */
const QUOTED = new Set(['name', 'title', 'source', 'phrases', 'aliases']);

/** Faults in the wording, whatever the schema says: placeholders, HTML, districts, impossible dates. */
export function checkTexts(file: YamlFile): Fault[] {
  return strings(file.data, []).flatMap(({ path, text }) => [
    ...placeholderFaults(file, path, text),
    ...htmlFaults(file, path, text),
    ...districtFaults(file, path, text),
    ...dateFaults(file, path, text),
  ]);
}

function placeholderFaults(file: YamlFile, path: Path, text: string): Fault[] {
  return [...text.matchAll(PLACEHOLDER)]
    .map(match => match[1] ?? '')
    .filter(name => !(CENTRE_PLACEHOLDERS as readonly string[]).includes(name))
    .map(name => {
      const near = nearestWord(name, CENTRE_PLACEHOLDERS);
      const advice = near ? `did you mean {{${near}}}?` : `known are ${CENTRE_PLACEHOLDERS.join(', ')}`;
      return file.faultAt(path, `{{${name}}} is not a known placeholder: ${advice}`);
    });
}

function htmlFaults(file: YamlFile, path: Path, text: string): Fault[] {
  const found = RAW_HTML.exec(text)?.[0];
  if (!found) return [];
  return [file.faultAt(path, `${found.slice(0, 40)} is HTML, which is never shown: write Markdown instead`)];
}

function districtFaults(file: YamlFile, path: Path, text: string): Fault[] {
  if (path.some(step => QUOTED.has(String(step)) && !isDocumentName(path))) return [];
  const found = districtOffice(text);
  if (!found) return [];
  return [
    file.faultAt(
      path,
      `"${found}" names a district office, and there is none since 01/07/2025: write UBND cấp xã or the provincial office`,
      'warning',
    ),
  ];
}

/** The district office that a text names as if there still were one, or null. */
export function districtOffice(text: string): string | null {
  return DISTRICT_IS_GONE.test(text) ? null : (DISTRICT_BODY.exec(text)?.[0] ?? null);
}

function isDocumentName(path: Path): boolean {
  return path[0] === 'facts' && path[1] === 'documents' && path.at(-1) === 'name';
}

function dateFaults(file: YamlFile, path: Path, text: string): Fault[] {
  const key = path.at(-1);
  if ((key !== 'checkedOn' && key !== 'validTo') || !DATE.test(text)) return [];
  const day = new Date(`${text}T00:00:00Z`);
  if (!Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)) return [];
  return [file.faultAt(path, `${String(key)} is ${text}, and there is no such day: correct it`)];
}

function strings(value: unknown, path: Path): { path: Path; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => strings(item, [...path, index]));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => strings(inner, [...path, key]));
}
