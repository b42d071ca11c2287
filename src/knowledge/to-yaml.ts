import { stringify } from 'yaml';
import type { FacetPhrases, Lexicon } from '../domain/knowledge.ts';
import type { ArticleGroup, Topic } from '../domain/topic.ts';
import { foldWording } from './fold-wording.ts';

/** One file of the knowledge folder; `path` is relative to it, with forward slashes. */
export type KnowledgeFile = { path: string; content: string };

/** Where articles lie, by their group. */
const ARTICLE_FOLDERS: Record<ArticleGroup, string> = {
  contact: 'bai-viet/lien-he',
  report: 'bai-viet/phan-anh',
  emergency: 'bai-viet/khan-cap',
  howto: 'bai-viet/huong-dan',
  smalltalk: 'bai-viet/tro-chuyen',
};

/** The topic's own file, in the layout of `intents/`; loading it gives an equal topic. */
export function topicFile(topic: Topic): KnowledgeFile {
  const folder = topic.kind === 'procedure' ? topic.field : ARTICLE_FOLDERS[topic.group];
  const isCode = /^[\d.]+$/.test(topic.id);
  const name = isCode ? `${topic.id}-${foldWording(topic.label).replaceAll(' ', '-')}` : topic.id;
  return { path: `${folder}/${name}.yaml`, content: toYaml(inOrder(topic, TOPIC_KEYS)) };
}

/** What all topics share: the facet phrases and the lexicon. */
export function sharedFiles({
  facets,
  lexicon,
}: {
  facets: FacetPhrases;
  lexicon: Lexicon;
}): KnowledgeFile[] {
  return [
    { path: '_facets.yaml', content: toYaml(facets) },
    { path: '_lexicon.yaml', content: toYaml(lexicon) },
  ];
}

/** Dates and words such as "no" are quoted for readers of YAML 1.1; long lines stay whole, so that diffs are by sentence. */
function toYaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, compat: 'yaml-1.1', aliasDuplicateObjects: false });
}

/** How a curator reads a topic: what it is, what citizens say, what is known, what is answered. */
const TOPIC_KEYS = [
  ...['kind', 'id', 'code', 'replaces', 'name', 'label', 'aliases', 'field', 'group', 'outcome', 'phrases'],
  ...['facts', 'answer', 'answers', 'links'],
];
/** Inside a topic: facts and facets in the order in which a reply tells them, a value before its evidence. */
const INNER_KEYS = [
  ...['evidence', 'overview', 'level', 'agency', 'documents', 'fee', 'fees', 'time', 'where', 'online'],
  ...['conditions', 'steps', 'forms', 'result', 'legal', 'status', 'url'],
  ...['value', 'text', 'name', 'number', 'title', 'amount', 'for', 'channel', 'unit', 'copies', 'kind'],
  ...['validTo', 'note', 'source', 'checkedOn', 'verified'],
];

function inOrder(value: unknown, keys: readonly string[] = INNER_KEYS): unknown {
  if (Array.isArray(value)) return value.map(item => inOrder(item));
  if (value === null || typeof value !== 'object') return value;
  const rank = (key: string) => (keys.includes(key) ? keys.indexOf(key) : keys.length);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !isDefault(key, inner))
      .sort(([a], [b]) => rank(a) - rank(b))
      .map(([key, inner]) => [key, inOrder(inner)]),
  );
}

/** What the schema puts in by itself. */
function isDefault(key: string, value: unknown): boolean {
  if (value === undefined) return true;
  if (['aliases', 'replaces', 'links'].includes(key)) return Array.isArray(value) && value.length === 0;
  if (key === 'answers') return Object.keys(value as object).length === 0;
  return key === 'channel' && value === 'any';
}
