import type { TopicRecord } from '../../domain/knowledge.ts';
import type { Topic } from '../../domain/topic.ts';
import { foldWording } from '../fold-wording.ts';
import { cut, parseRow, type RowWish } from './parse-row.ts';
import type { Fold } from './phrase-index.ts';
import { type Finding, planTopic, type TopicPlan } from './plan-topic.ts';
import {
  type RowKind,
  type RowReport,
  rowFault,
  TABLE_LIMITS,
  type TableRow,
  vietnameseNumber,
} from './table-row.ts';
import { stateOf } from './topic-state.ts';

export type ImportPlan = {
  /** What happens with each row, in their order. */
  rows: RowReport[];
  counts: Record<RowKind, number>;
  /** To be saved in one batch; empty as soon as one row is faulty or conflicting. */
  records: TopicRecord[];
};

/** What importing the rows does to the stored topics: all of it, or nothing. Pure. */
export function planImport(
  rows: readonly TableRow[],
  records: readonly TopicRecord[],
  now: Date,
  /** Rows that could not be read. */
  unread: readonly RowReport[] = [],
): ImportPlan {
  const fold = rememberingFold();
  const byId = new Map(records.map(record => [record.id, record]));
  const known = new Set(byId.keys());
  const parsed = rows.map(row => parseRow(row, known));
  const faults = parsed.flatMap(row => ('kind' in row ? [row] : []));
  const wishes = parsed.flatMap(row => ('kind' in row ? [] : [row]));
  const groups = [...groupByTopic(wishes)];
  const tooMany = groups.flatMap(([id, ofTopic]) => tooManyOf(id, ofTopic));
  const planned = groups.filter(([, ofTopic]) => ofTopic.length <= TABLE_LIMITS.rowsOfTopic);
  const plans = planned.map(([id, ofTopic]) => planTopic(id, ofTopic, byId.get(id) ?? null, { fold, now }));
  const findings = [...plans.flatMap(plan => plan.findings), ...sharedQuestions(plans, records, fold)];
  const reports = [...unread, ...faults, ...tooMany, ...reportRows(findings)].sort((a, b) => a.row - b.row);
  const counts = countKinds(reports);
  const isClean = counts.conflict + counts.fault === 0;
  return { rows: reports, counts, records: isClean ? plans.flatMap(({ record }) => record ?? []) : [] };
}

function rememberingFold(): Fold {
  const folded = new Map<string, string>();
  return text => {
    const found = folded.get(text) ?? foldWording(text);
    folded.set(text, found);
    return found;
  };
}

function groupByTopic(wishes: readonly RowWish[]): Map<string, RowWish[]> {
  const groups = new Map<string, RowWish[]>();
  for (const wish of wishes) {
    const group = groups.get(wish.topic);
    if (group) group.push(wish);
    else groups.set(wish.topic, [wish]);
  }
  return groups;
}

/** So many wordings of one topic would drown the others, and are no work of a person. */
function tooManyOf(id: string, wishes: readonly RowWish[]): RowReport[] {
  const beyond = wishes[TABLE_LIMITS.rowsOfTopic];
  if (!beyond) return [];
  const most = vietnameseNumber(TABLE_LIMITS.rowsOfTopic);
  return [
    rowFault(
      beyond.row,
      `Chủ đề này có hơn ${most} dòng trong bảng: hãy bớt câu hỏi hoặc chia thành nhiều chủ đề.`,
      id,
    ),
  ];
}

/** A question that a row brings and that two topics would have after the import. */
function sharedQuestions(
  plans: readonly TopicPlan[],
  records: readonly TopicRecord[],
  fold: Fold,
): Finding[] {
  const owners = questionOwners(plans, records, fold);
  const rowOf = new Map(
    plans.flatMap(({ id, questions }) => questions.map(({ folded, wish }) => [`${id} ${folded}`, wish.row])),
  );
  return plans.flatMap(({ id, questions }) =>
    questions.flatMap(({ wish, folded, text }) => {
      const other = owners.get(folded)?.find(topic => topic.id !== id);
      if (!other) return [];
      const row = rowOf.get(`${other.id} ${folded}`);
      const where = row ? ` (dòng ${row})` : '';
      const message = `Câu hỏi “${cut(text)}” đã thuộc chủ đề ${other.id} “${cut(other.label)}”${where}, không kể dấu: một câu chỉ thuộc một chủ đề, hãy viết cụ thể hơn hoặc bỏ một bên.`;
      return [{ wish, kind: 'conflict' as const, message }];
    }),
  );
}

function questionOwners(
  plans: readonly TopicPlan[],
  records: readonly TopicRecord[],
  fold: Fold,
): Map<string, Topic[]> {
  const planned = new Map(plans.map(plan => [plan.id, [plan.live, plan.pending]]));
  const untouched = records.filter(({ id }) => !planned.has(id)).map(stateOf);
  const topics = [
    ...planned.values(),
    ...untouched.map(({ live, pending }) => [live?.topic ?? null, pending?.topic ?? null]),
  ];
  const owners = new Map<string, Topic[]>();
  for (const topic of topics.flat()) {
    for (const phrase of topic?.phrases ?? []) {
      const folded = fold(phrase);
      const held = owners.get(folded);
      if (!held) owners.set(folded, [topic!]);
      // Whichever topic asks, two owners hold one that is another.
      else if (held.length < 2 && held[0]!.id !== topic!.id) held.push(topic!);
    }
  }
  return owners;
}

const WORST_FIRST: readonly RowKind[] = ['fault', 'conflict', 'changed', 'new', 'unchanged'];

/** One report for each row: its worst finding, with what else is to be said of the same weight. */
function reportRows(findings: readonly Finding[]): RowReport[] {
  const byRow = new Map<RowWish, Finding[]>();
  for (const finding of findings) byRow.set(finding.wish, [...(byRow.get(finding.wish) ?? []), finding]);
  return [...byRow].map(([wish, found]) => {
    const kind = WORST_FIRST.find(candidate => found.some(finding => finding.kind === candidate))!;
    const isGood = kind === 'new' || kind === 'changed';
    const said = found.filter(finding => finding.kind === kind || (isGood && finding.kind === 'new'));
    const messages = new Set([...said.map(({ message }) => message), ...wish.notes]);
    return { row: wish.row, kind, topic: wish.topic, message: [...messages].join(' ') };
  });
}

function countKinds(reports: readonly RowReport[]): Record<RowKind, number> {
  const counts = { new: 0, changed: 0, unchanged: 0, conflict: 0, fault: 0 };
  for (const { kind } of reports) counts[kind] += 1;
  return counts;
}
