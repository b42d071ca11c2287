import { z } from 'zod';
import type { Fault } from './fault.ts';
import { nearestWord } from './nearest-word.ts';
import type { YamlFile } from './yaml-file.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** What a missing or ill-formed value should look like, by the last key of its path. */
const WHAT_TO_WRITE: Record<string, string> = {
  kind: 'kind: procedure or kind: article',
  id: 'id: "1.001193" (the national code) or a slug such as nhap-hoc-lop-1: small letters without accents, digits, dots and hyphens',
  code: 'the national code in quotes, such as code: "1.001193", or leave it out',
  name: 'the official title',
  label: 'the everyday name, at most 20 characters',
  field: 'the name of its folder, such as ho-tich: small letters without accents, digits and hyphens',
  phrases: 'a list of sample questions',
  facts: 'facts: with at least its evidence',
  evidence: 'evidence: { source: "…", checkedOn: "2026-11-21", verified: true }',
  source: 'where it comes from, such as "Cổng Dịch vụ công quốc gia, mã 1.001193"',
  checkedOn: 'the day it was compared with its source, such as checkedOn: "2026-11-21"',
  validTo: 'the last day on which it is in force, such as validTo: "2026-12-31"',
  verified: 'verified: true or verified: false',
  level: 'level: { value: [commune] }',
  agency: 'agency: { value: "…" }',
  fees: 'fees: { value: [{ amount: 8000, for: "…" }] }',
  time: 'time: { value: { value: 1, unit: working-day } }',
  documents: 'documents: { value: [{ name: "…" }] }',
  online: 'online: { value: full }',
  forms: 'forms: { value: [{ name: "…" }] }',
  legal: 'legal: { value: [{ number: "…" }] }',
  amount: 'a whole number of đồng without dots (0 = free), or province when the provincial council sets it',
  answer: 'answer: { text: "…" }',
  group: 'contact, report, emergency, howto or smalltalk',
  text: 'text: "…"',
  url: 'the whole web address, https://…',
};

/** Says each issue of a failed parse in plain words, at its place in the file. */
export function explainIssues(issues: readonly Issue[], file: YamlFile, schema: z.ZodType): Fault[] {
  return issues.flatMap(issue => {
    if (issue.code === 'unrecognized_keys') return explainUnknownKeys(issue, file, schema);
    return [file.faultAt(issue.path, explain(issue, valueAt(file.data, issue.path), file))];
  });
}

function explain(issue: Issue, value: unknown, file: YamlFile): string {
  const name = spell(issue.path);
  const hint = hintFor(issue.path);
  if (value === undefined) return `${name} is missing: add ${hint ?? missingHint(issue)}`;
  if (value === null) return `${name} is empty: write ${hint ?? 'it'} or remove the line`;
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected, value, name, hint, file.typed(issue.path));
    case 'too_big':
      return tooBig(issue, value, name);
    case 'too_small':
      return tooSmall(issue, value, name, hint);
    case 'invalid_value':
      return notOneOf(issue.values.map(String), value, name);
    case 'invalid_union':
      if (issue.discriminator) return notOneOf(['procedure', 'article'], value, name);
      return `${name} is ${show(value)}: write ${hint ?? 'another value'}`;
    default:
      return `${name} is ${show(value)}: write ${hint ?? issue.message}`;
  }
}

function wrongType(
  expected: string,
  value: unknown,
  name: string,
  hint: string | undefined,
  typed: string | null,
) {
  const kind = kindOf(value);
  if (expected === 'string') {
    if (kind === 'mapping')
      return `${name} is read as a mapping because of a ": " or a brace in it: put the whole text in quotes`;
    if (kind === 'list') return `${name} is a list: write one text`;
    return `${name} is a ${kind}: put it in quotes, "${typed ?? String(value)}"`;
  }
  if (expected === 'array') return `${name} is a ${kind}: write a list, one line "- …" for each item`;
  if (expected === 'object' || expected === 'record')
    return `${name} is a ${kind}: write ${hint ?? 'a mapping, one line "key: value" for each'}`;
  if (expected === 'int') return `${name} is ${show(value)}: write a whole number`;
  return `${name} is ${show(value)}: write ${hint ?? `a ${expected}`}`;
}

function tooBig(issue: z.core.$ZodIssueTooBig, value: unknown, name: string): string {
  if (typeof value !== 'string') return `${name} is ${show(value)}: at most ${issue.maximum}`;
  const length = value.trim().length;
  if (issue.path.at(-1) === 'label')
    return `label is ${length} characters, at most ${issue.maximum} fit on a button: shorten it`;
  return `${name} is ${length} characters, at most ${issue.maximum} are allowed: shorten it`;
}

function tooSmall(
  issue: z.core.$ZodIssueTooSmall,
  value: unknown,
  name: string,
  hint: string | undefined,
): string {
  if (typeof value === 'string') return `${name} is empty: write ${hint ?? 'it'} or remove the line`;
  if (Array.isArray(value)) return `${name} is an empty list: add an item or remove the key`;
  return `${name} is ${show(value)}: at least ${issue.minimum}`;
}

function notOneOf(known: readonly string[], value: unknown, name: string): string {
  const near = typeof value === 'string' ? nearestWord(value, known) : null;
  return `${name} is ${show(value)}: write ${near ? `${near} (known: ${known.join(', ')})` : orList(known)}`;
}

function explainUnknownKeys(
  issue: z.core.$ZodIssueUnrecognizedKeys,
  file: YamlFile,
  schema: z.ZodType,
): Fault[] {
  const known = knownKeys(schema, issue.path, file.data);
  return issue.keys.map(key => {
    if (isCutText(key, valueAt(file.data, [...issue.path, key])))
      return file.faultAtKey(
        issue.path,
        key,
        `a comma cuts the text before "${key}": put the whole text in quotes`,
      );
    const near = nearestWord(key, known);
    const advice = near
      ? `did you mean ${near}?`
      : `remove it${known.length > 0 ? ` (known here: ${known.join(', ')})` : ''}`;
    return file.faultAtKey(issue.path, key, `${spell([...issue.path, key])} is not a known key: ${advice}`);
  });
}

/** In `{ title: quy định phí cấp, cấp đổi }` the comma ends the title and begins a key without a value. */
function isCutText(key: string, value: unknown): boolean {
  return value === null && /[^a-z]/i.test(key);
}

/** The keys that the schema knows in the mapping at `path`; walks the schema along the data. */
function knownKeys(schema: z.ZodType, path: Path, data: unknown): string[] {
  const inner = unwrap(schema, data);
  const [step, ...rest] = path;
  if (step === undefined) {
    if (inner instanceof z.ZodObject) return Object.keys(inner.shape);
    if (inner instanceof z.ZodRecord && inner.keyType instanceof z.ZodEnum)
      return inner.keyType.options.map(String);
    return [];
  }
  const below = (data as Record<PropertyKey, unknown> | undefined)?.[step];
  if (inner instanceof z.ZodObject) {
    const next: unknown = inner.shape[String(step)];
    return next instanceof z.ZodType ? knownKeys(next, rest, below) : [];
  }
  if (inner instanceof z.ZodArray) return knownKeys(inner.element as z.ZodType, rest, below);
  if (inner instanceof z.ZodRecord) return knownKeys(inner.valueType as z.ZodType, rest, below);
  return [];
}

function unwrap(schema: z.ZodType, data: unknown): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return unwrap(schema.unwrap() as z.ZodType, data);
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const options = schema.options as unknown as z.ZodObject[];
    return (
      options.find(option => option.shape.kind?.safeParse((data as { kind?: unknown })?.kind).success) ??
      schema
    );
  }
  return schema;
}

function hintFor(path: Path): string | undefined {
  if (path.at(-2) === 'answers') return `${String(path.at(-1))}: { text: "…" }`;
  return WHAT_TO_WRITE[String(path.at(-1))];
}

function missingHint(issue: Issue): string {
  return issue.code === 'invalid_type' && issue.expected === 'array' ? 'a list of phrases' : 'it';
}

/** `phrases[3]`: counted from 1, as people count. */
function spell(path: Path): string {
  if (path.length === 0) return 'the file';
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step + 1}]`;
    return text === '' ? String(step) : `${text}.${String(step)}`;
  }, '');
}

function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const step of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[step];
  return value;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'mapping';
  return typeof value === 'string' ? 'text' : typeof value;
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function orList(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
