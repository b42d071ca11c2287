import { FACET_LABELS } from '../../domain/facet.ts';
import type { Revision, RevisionStatus, TopicRecord } from '../../domain/knowledge.ts';
import type { Topic } from '../../domain/topic.ts';
import { COLUMNS, type ColumnKey, GROUP_LABELS, STATUS_LABELS, VERIFIED_LABELS } from './columns.ts';
import { type AnswerKey, answerKeys, answerOf, type CuratedText, stateOf } from './topic-state.ts';

/**
 * The table of all topics, headings first: a row for each curated answer and for each training phrase. What is live
 * comes first, then what a draft adds or words otherwise; a retired topic is one row. Importing it changes nothing.
 */
export function exportRows(records: readonly TopicRecord[]): string[][] {
  return [headingRow(), ...records.flatMap(recordRows)];
}

export function headingRow(): string[] {
  return COLUMNS.map(({ heading }) => heading);
}

type Cells = Partial<Record<ColumnKey, string>>;

function recordRows(record: TopicRecord): string[][] {
  const { live, pending, retired } = stateOf(record);
  return [
    ...(retired ? [topicCells(retired)] : []),
    ...(live ? contentCells(live, null) : []),
    ...(pending ? contentCells(pending, live?.topic ?? null) : []),
  ].map(cells => COLUMNS.map(({ key }) => cells[key] ?? ''));
}

/** What the revision says; with `than`, only what it adds to that topic or words otherwise. */
function contentCells(revision: Revision, than: Topic | null): Cells[] {
  const { topic } = revision;
  const known = new Set(than?.phrases);
  const keys = answerKeys(topic).filter(key => !isSame(answerOf(topic, key), than && answerOf(than, key)));
  const phrases = topic.phrases.filter(phrase => !known.has(phrase));
  return [
    ...keys.map(key => ({ ...topicCells(revision), ...answerCells(key, answerOf(topic, key)!) })),
    ...phrases.map(question => ({ ...topicCells(revision), question })),
  ];
}

function topicCells({ topic, status, number }: Revision): Cells {
  return {
    topic: topic.id,
    name: topic.name,
    label: topic.label,
    ...(topic.kind === 'article' ? { group: GROUP_LABELS[topic.group] } : {}),
    status: STATUS_LABELS[status satisfies RevisionStatus],
    revision: String(number),
  };
}

function answerCells(key: AnswerKey, { text, source = '', verified }: CuratedText): Cells {
  const isVerified = verified === undefined ? '' : verified ? VERIFIED_LABELS.yes : VERIFIED_LABELS.no;
  return { facet: key ? FACET_LABELS[key] : '', answer: text, source, verified: isVerified };
}

function isSame(one: CuratedText | undefined, other: CuratedText | null | undefined): boolean {
  return one?.text === other?.text && one?.source === other?.source && one?.verified === other?.verified;
}
