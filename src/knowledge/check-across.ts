import type { Fault } from './fault.ts';
import { foldWording } from './fold-wording.ts';
import type { YamlFile } from './yaml-file.ts';

/** A text of a topic file and its place. */
type Entry = { file: YamlFile; path: readonly PropertyKey[]; text: string };
/** What is compared across files; taken from the raw data so that one fault does not hide another. */
type Sketch = {
  file: YamlFile;
  ids: Entry[];
  codes: Entry[];
  replaces: Entry[];
  phrases: Entry[];
  aliases: Entry[];
};

/** Faults between topics: the same id, code, phrase or alias twice. Each is reported at its later place. */
export function checkAcross(files: readonly YamlFile[]): Fault[] {
  const sketches = files.map(sketch);
  const all = (key: Exclude<keyof Sketch, 'file'>) => sketches.flatMap(topic => topic[key]);
  return [
    ...repeats(
      all('ids'),
      text => text,
      (entry, first) => `id ${entry.text} is already used in ${place(first)}: give this topic another id`,
    ),
    ...repeats(
      all('codes'),
      text => text,
      (entry, first) => `code ${entry.text} is already used in ${place(first)}: keep the code with one topic`,
    ),
    ...replacedFaults(all('replaces'), [...all('ids'), ...all('codes')]),
    ...repeats(
      all('replaces'),
      text => text,
      (entry, first) =>
        `${entry.text} is also replaced in ${place(first)}: only one topic can take its place`,
      'warning',
    ),
    ...phraseFaults(all('phrases')),
    ...aliasFaults(all('aliases'), all('phrases')),
  ];
}

/** The same wording under two facets; within one, a phrase may stand with and without its accents. */
export function checkFacetPhrases(file: YamlFile): Fault[] {
  const lists = Object.keys(asObject(file.data)).map(facet => entries(file, [facet]));
  const within = lists.flatMap(list =>
    repeats(
      list,
      text => text.toLowerCase(),
      (entry, first) => `"${entry.text}" is already in ${place(first)}: remove one`,
      'warning',
    ),
  );
  const wordings = lists.flatMap(list => [
    ...new Map(list.map(entry => [foldWording(entry.text), entry])).values(),
  ]);
  return [...within, ...phraseFaults(wordings)];
}

/** The same typed form under two standard forms of one table: the matcher could only take one. */
export function checkLexicon(file: YamlFile): Fault[] {
  return Object.entries(asObject(file.data)).flatMap(([table, forms]) => {
    const typed = Object.keys(asObject(forms)).flatMap(standard => entries(file, [table, standard]));
    return repeats(
      typed,
      text => text.toLowerCase(),
      (entry, first) => `"${entry.text}" stands already in ${place(first)}: keep it in one place`,
      'warning',
    );
  });
}

function sketch(file: YamlFile): Sketch {
  return {
    file,
    ids: scalar(file, 'id'),
    codes: scalar(file, 'code'),
    replaces: entries(file, ['replaces']),
    phrases: entries(file, ['phrases']),
    aliases: entries(file, ['aliases']),
  };
}

function replacedFaults(replaces: Entry[], taken: Entry[]): Fault[] {
  const owners = new Map(taken.map(entry => [entry.text, entry]));
  return replaces.flatMap(({ file, path, text }) => {
    const owner = owners.get(text);
    if (!owner) return [];
    return [
      file.faultAt(path, `${text} is replaced here and still used in ${place(owner)}: remove one of the two`),
    ];
  });
}

function phraseFaults(phrases: Entry[]): Fault[] {
  const worded = phrases.filter(({ text }) => foldWording(text) !== '');
  const wordless = phrases.filter(({ text }) => text.trim() !== '' && foldWording(text) === '');
  return [
    ...wordless.map(({ file, path, text }) => file.faultAt(path, `"${text}" holds no word: remove it`)),
    ...repeats(
      worded,
      foldWording,
      (entry, first) =>
        `the phrase "${entry.text}" is already in ${place(first)}, compared without accents and punctuation: reword or remove one`,
    ),
  ];
}

function aliasFaults(aliases: Entry[], phrases: Entry[]): Fault[] {
  const phraseOwners = new Map(phrases.map(entry => [foldWording(entry.text), entry]));
  const ofOthers = aliases.flatMap(entry => {
    const owner = phraseOwners.get(foldWording(entry.text));
    if (!owner || owner.file === entry.file) return [];
    return [
      entry.file.faultAt(
        entry.path,
        `the alias "${entry.text}" is a phrase of another topic, ${place(owner)}: keep one`,
        'warning',
      ),
    ];
  });
  const twice = repeats(
    aliases,
    foldWording,
    (entry, first) => `the alias "${entry.text}" is already in ${place(first)}: keep one`,
    'warning',
  );
  return [...ofOthers, ...twice];
}

function repeats(
  found: Entry[],
  keyOf: (text: string) => string,
  message: (entry: Entry, first: Entry) => string,
  severity: Fault['severity'] = 'error',
): Fault[] {
  const first = new Map<string, Entry>();
  return found.flatMap(entry => {
    const key = keyOf(entry.text);
    const earlier = first.get(key);
    if (earlier) return [entry.file.faultAt(entry.path, message(entry, earlier), severity)];
    first.set(key, entry);
    return [];
  });
}

function scalar(file: YamlFile, key: string): Entry[] {
  const text = asObject(file.data)[key];
  return typeof text === 'string' ? [{ file, path: [key], text }] : [];
}

function entries(file: YamlFile, path: readonly PropertyKey[]): Entry[] {
  const list = path.reduce<unknown>((value, step) => asObject(value)[String(step)], file.data);
  if (!Array.isArray(list)) return [];
  return list.flatMap((text, index) =>
    typeof text === 'string' ? [{ file, path: [...path, index], text }] : [],
  );
}

function place({ file, path }: Entry): string {
  const { line } = file.faultAt(path, '');
  return `${file.file}:${line}`;
}

function asObject(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
}
