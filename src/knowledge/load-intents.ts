import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { z } from 'zod';
import { type FacetPhrases, facetPhrasesSchema, type Lexicon, lexiconSchema } from '../domain/knowledge.ts';
import { articleSchema, procedureSchema, type Topic, topicSchema } from '../domain/topic.ts';
import { AppError } from '../errors.ts';
import { NAMES_FOLDER } from './catalogue/read-names.ts';
import { checkAcross, checkFacetPhrases, checkLexicon } from './check-across.ts';
import { checkFees } from './check-fees.ts';
import { checkTexts } from './check-texts.ts';
import { contentHash } from './content-hash.ts';
import { explainIssues } from './explain-issue.ts';
import { answerableFacets } from './facets-of.ts';
import { byPlace, type Fault, fileFault, formatFault, isError } from './fault.ts';
import { readYaml, type YamlFile } from './yaml-file.ts';

/** The shipped knowledge: what the folder `intents/` holds. */
export type IntentsRelease = {
  /** In the order of their files. */
  topics: Topic[];
  facets: FacetPhrases;
  lexicon: Lexicon;
  /** By topic id: hash of the topic's content. */
  hashes: ReadonlyMap<string, string>;
  /** By topic id: the file, as faults name it. */
  files: ReadonlyMap<string, string>;
};

/** What a look at the folder brings: a release where no fault is an error, and every fault. */
export type IntentsCheck = { release: IntentsRelease | null; faults: Fault[] };

const FACETS_FILE = '_facets.yaml';
const LEXICON_FILE = '_lexicon.yaml';
const FEWEST_FACETS = 5;
const FEWEST_PHRASES = 10;

/**
 * Reads the knowledge files of a release.
 * @throws AppError `knowledge-invalid` with every fault in `details.faults` (warnings too).
 */
export async function loadIntents(directory: string): Promise<IntentsRelease> {
  const { release, faults } = await checkIntents(directory);
  if (release) return release;
  const errors = faults.filter(isError);
  throw new AppError(
    'knowledge-invalid',
    `${directory} has ${errors.length} fault${errors.length === 1 ? '' : 's'}:\n${errors.map(formatFault).join('\n')}`,
    { details: { faults } },
  );
}

/** Reads the knowledge files of a release and lists everything that is to be corrected. */
export async function checkIntents(directory: string): Promise<IntentsCheck> {
  const names = await listFiles(directory);
  if (!names)
    return {
      release: null,
      faults: [fileFault(directory, 'there is no such folder: name the folder of the knowledge files')],
    };
  const files = await Promise.all(names.filter(isYaml).map(name => readIntent(directory, name)));

  const topicFiles = files.filter(({ file }) => !basename(file).startsWith('_'));
  const topics = topicFiles.map(parseTopic);
  const facets = parseShared(directory, files, FACETS_FILE, facetPhrasesSchema);
  const lexicon = parseShared(directory, files, LEXICON_FILE, lexiconSchema);
  const faults = [
    ...names.filter(name => !isYaml(name)).map(name => strayFault(directory, name)),
    ...(topicFiles.length === 0
      ? [fileFault(directory, 'there is no topic in this folder: add a YAML file for each topic')]
      : []),
    ...files.flatMap(file => [...file.faults, ...checkTexts(file), ...checkFees(file)]),
    ...topics.flatMap(topic => topic.faults),
    ...checkAcross(topicFiles),
    ...facets.faults,
    ...(facets.file ? checkFacetPhrases(facets.file) : []),
    ...lexicon.faults,
    ...(lexicon.file ? checkLexicon(lexicon.file) : []),
  ].sort(byPlace);

  if (faults.some(isError) || !facets.value || !lexicon.value) return { release: null, faults };
  return { release: toRelease(topics, facets.value, lexicon.value), faults };
}

type ParsedTopic = { file: YamlFile; topic: Topic | null; faults: Fault[] };

function toRelease(parsed: ParsedTopic[], facets: FacetPhrases, lexicon: Lexicon): IntentsRelease {
  const good = parsed.flatMap(({ file, topic }) => (topic ? [{ file, topic }] : []));
  return {
    topics: good.map(({ topic }) => topic),
    facets,
    lexicon,
    hashes: new Map(good.map(({ topic }) => [topic.id, contentHash(topic)])),
    files: new Map(good.map(({ file, topic }) => [topic.id, file.file])),
  };
}

/**
 * The files of a release, relative to the folder, sorted; null where the folder is not there. The everyday names of
 * catalogue procedures belong to the import.
 */
export async function listFiles(directory: string): Promise<string[] | null> {
  try {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    return entries
      .filter(entry => entry.isFile() && !entry.name.startsWith('.') && !entry.name.endsWith('.md'))
      .map(entry => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .filter(name => !name.startsWith(`${NAMES_FOLDER}/`))
      .sort();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

async function readIntent(directory: string, name: string): Promise<YamlFile> {
  return readYaml(join(directory, name), await readFile(join(directory, name)));
}

function isYaml(name: string): boolean {
  return name.endsWith('.yaml');
}

function strayFault(directory: string, name: string): Fault {
  const advice = name.endsWith('.yml') ? 'rename it to .yaml' : 'move it out of the folder';
  return fileFault(join(directory, name), `only .yaml files are read: ${advice}`, 'warning');
}

function parseTopic(file: YamlFile): ParsedTopic {
  if (file.data === undefined) return { file, topic: null, faults: [] };
  const parsed = topicSchema.safeParse(file.data);
  if (parsed.success) return { file, topic: parsed.data, faults: topicFaults(file, parsed.data) };
  const issues = [...parsed.error.issues];
  // Without a valid kind zod stops there; the likelier kind shows the other faults.
  if (issues.some(issue => issue.code === 'invalid_union' && issue.discriminator === 'kind')) {
    const likely = likelySchema(file.data);
    const others = likely.safeParse(file.data).error?.issues ?? [];
    issues.push(...others.filter(issue => issue.path[0] !== 'kind'));
    return { file, topic: null, faults: explainIssues(issues, file, likely) };
  }
  return { file, topic: null, faults: explainIssues(issues, file, topicSchema) };
}

function likelySchema(data: unknown): z.ZodType {
  const isArticle = data !== null && typeof data === 'object' && ('answer' in data || 'group' in data);
  return isArticle ? articleSchema : procedureSchema;
}

function topicFaults(file: YamlFile, topic: Topic): Fault[] {
  return [...nameFaults(file, topic), ...(topic.kind === 'procedure' ? procedureFaults(file, topic) : [])];
}

function nameFaults(file: YamlFile, topic: Topic): Fault[] {
  if (basename(file.file, '.yaml').includes(topic.id)) return [];
  return [
    file.faultAt(
      ['id'],
      `the file name does not hold the id: call the file ${topic.id}.yaml or ${topic.id}-….yaml`,
    ),
  ];
}

function procedureFaults(file: YamlFile, topic: Topic & { kind: 'procedure' }): Fault[] {
  const faults: Fault[] = [];
  const warn = (path: string, message: string) => faults.push(file.faultAtKey([], path, message, 'warning'));
  if (/^\d\.\d{6}$/.test(topic.id) && topic.code !== topic.id)
    faults.push(
      file.faultAt(
        ['id'],
        `id ${topic.id} looks like a national code: write the same as code, or choose a slug as id`,
      ),
    );
  const folder = basename(dirname(file.file));
  if (folder !== topic.field)
    warn('field', `field is ${topic.field} and the folder is ${folder}: make them equal`);
  // The status of a dossier is told for all procedures alike, so it counts for none.
  const facets = answerableFacets(topic).filter(facet => facet !== 'status');
  if (facets.length < FEWEST_FACETS)
    warn(
      'facts',
      `facets that can be answered: ${facets.join(', ')}; at least ${FEWEST_FACETS} are wanted: add facts or answers`,
    );
  if (topic.phrases.length < FEWEST_PHRASES)
    warn('phrases', `${topic.phrases.length} of at least ${FEWEST_PHRASES} phrases: add other wordings`);
  return faults;
}

type Shared<T> = { file: YamlFile | undefined; value: T | null; faults: Fault[] };

/** `_facets.yaml` and `_lexicon.yaml`: one each, at the top of the folder. */
function parseShared<T>(directory: string, files: YamlFile[], name: string, schema: z.ZodType<T>): Shared<T> {
  const file = files.find(candidate => candidate.file === join(directory, name));
  if (!file)
    return { file, value: null, faults: [fileFault(join(directory, name), 'there is no such file: add it')] };
  if (file.data === undefined) return { file, value: null, faults: [] };
  const parsed = schema.safeParse(file.data);
  if (parsed.success) return { file, value: parsed.data, faults: [] };
  return { file, value: null, faults: explainIssues(parsed.error.issues, file, schema) };
}
