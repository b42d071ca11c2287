import type { Revision, RevisionStatus, TopicRecord } from '../../domain/knowledge.ts';
import { type Topic, topicSchema } from '../../domain/topic.ts';
import { contentHash } from '../content-hash.ts';
import { nextNumber } from '../live-revision.ts';
import { facetName, isForLive, type Report, type TopicContext } from './edit-and-report.ts';
import { type Edit, editsOf, subjectOf } from './edit-topic.ts';
import { cut, type RowWish } from './parse-row.ts';
import type { Fold } from './phrase-index.ts';
import { planLive, type WholeRows } from './plan-live.ts';
import { isOnlyDrafted, planPending } from './plan-pending.ts';
import type { RowKind } from './table-row.ts';
import { stateOf } from './topic-state.ts';

/** Who wrote a revision that came from a table. */
const IMPORT_AUTHOR = 'import';
const IMPORT_NOTE = 'nhập từ bảng';

export type Finding = { wish: RowWish; kind: RowKind; message: string };
export type TopicPlan = {
  id: string;
  findings: Finding[];
  /** What stands after the import; both null for a topic out of use. */
  live: Topic | null;
  pending: Topic | null;
  /** The questions that rows add or reword. */
  questions: (Edit & { part: 'question' })[];
  /** To be saved, or null when nothing changes. */
  record: TopicRecord | null;
};

/** What the rows of one topic do to it: the published ones to what is live, the others to its draft. */
export function planTopic(
  id: string,
  wishes: readonly RowWish[],
  record: TopicRecord | null,
  { fold, now }: { fold: Fold; now: Date },
): TopicPlan {
  const context: TopicContext = { id, record, state: stateOf(record), fold, now };
  const findings: Finding[] = [];
  const report: Report = (wish, kind, message) => findings.push({ wish, kind, message });

  const fitting = wishes.filter(wish => fitsTopic(wish, context, report));
  const whole = wholeRows(fitting, context, report);
  const wanted = fitting.filter(wish => !isWholeTopic(wish)).flatMap(wish => editsOf(wish, fold));
  const edits = withoutContradictions(wanted, report);
  const forLive = edits.filter(edit => isForLive(edit) && !isOnlyDrafted(context, edit));
  const forPending = edits.filter(edit => !isForLive(edit) || isOnlyDrafted(context, edit));

  const live = planLive(context, forLive, whole, report);
  const retires = whole.retires ?? live.retiredBy;
  const pending = planPending(context, forPending, { topic: live.topic, retires }, report);
  const isRetired = retires !== undefined;
  const after: After = {
    live: isRetired ? null : live.topic,
    pending: isRetired && !context.state.retired ? null : pending.topic,
    isRetired,
    status: pending.status,
    hasDraftRows: forPending.length > 0,
  };
  checkSchema([after.live, after.pending], wishes, report);
  const questions = changedQuestions(edits, findings);
  return {
    id,
    findings,
    live: after.live,
    pending: after.pending,
    questions,
    record: nextRecord(context, after),
  };
}

function isWholeTopic({ question, answer, facet }: RowWish): boolean {
  return question === null && answer === null && facet === null;
}

/** False, with a finding, for a row that was meant for another topic or another kind of topic. */
function fitsTopic(
  wish: RowWish,
  { state: { live, pending, retired }, fold }: TopicContext,
  report: Report,
): boolean {
  const topics = [live, pending, retired].flatMap(revision => revision?.topic ?? []);
  const [topic] = topics;
  if (!topic) return true;
  const names = topics.flatMap(({ name, label, aliases }) => [name, label, ...aliases]).map(fold);
  const problem = misfit(wish, topic, names, fold);
  if (problem) report(wish, 'fault', problem);
  return problem === null;
}

function misfit(wish: RowWish, topic: Topic, names: readonly string[], fold: Fold): string | null {
  const { answer, facet, group } = wish;
  const wrong = [wish.name, wish.label].find(name => name !== null && !names.includes(fold(name)));
  if (wrong)
    return `Mã ${wish.topic} là của “${cut(topic.name)}”, còn bảng ghi “${cut(wrong)}”: hãy sửa mã hoặc tên. Bảng không đổi tên chủ đề.`;
  if (topic.kind === 'article' && facet !== null)
    return 'Bài viết chỉ có một câu trả lời: hãy để trống cột “Khía cạnh”.';
  if (topic.kind === 'article' && group !== null && group !== topic.group)
    return 'Bảng không đổi nhóm của bài viết đang có: hãy để trống cột “Nhóm”.';
  if (topic.kind === 'procedure' && answer !== null && facet === null)
    return 'Câu trả lời của thủ tục cần có khía cạnh: hãy chọn ở cột “Khía cạnh”, ví dụ “Phí, lệ phí”.';
  return null;
}

/** Rows with a topic and a state alone: they take the topic out of use, or into use again. */
function wholeRows(wishes: readonly RowWish[], context: TopicContext, report: Report): WholeRows {
  const whole = wishes.filter(isWholeTopic);
  const retires = whole.find(({ status }) => status === 'retired');
  const revives = whole.find(({ status }) => status === 'published');
  for (const wish of whole) {
    if (retires && revives)
      report(wish, 'conflict', `Dòng ${retires.row} và dòng ${revives.row} trái nhau: hãy giữ một dòng.`);
    else report(wish, ...wholeFinding(wish, context));
  }
  return { retires, revives };
}

function wholeFinding(
  { status }: RowWish,
  { id, state: { live, pending, retired } }: TopicContext,
): [RowKind, string] {
  if (!live && !pending && !retired)
    return [
      'fault',
      `Mã “${id}” chưa có trong kho và dòng không có câu hỏi, câu trả lời: hãy kiểm tra lại mã.`,
    ];
  if (status === 'retired' && retired) return ['unchanged', 'Chủ đề đã ngừng dùng.'];
  if (status === 'retired') return ['changed', 'Ngừng dùng cả chủ đề.'];
  if (status === 'published' && live) return ['unchanged', 'Chủ đề đang dùng.'];
  if (status === 'published' && retired) return ['changed', 'Dùng lại chủ đề.'];
  return [
    'fault',
    'Dòng không có câu hỏi và câu trả lời: hãy ghi nội dung. Dòng chỉ có mã chủ đề dùng để ghi “Ngừng dùng” cho cả chủ đề, hoặc “Đang dùng” cho chủ đề đã ngừng.',
  ];
}

/** Reports repeated rows and rows that contradict each other; gives the edits that are left. */
function withoutContradictions(edits: readonly Edit[], report: Report): Edit[] {
  const groups = new Map<string, Edit[]>();
  for (const edit of edits) {
    const key = `${isForLive(edit)} ${subjectOf(edit)}`;
    groups.set(key, [...(groups.get(key) ?? []), edit]);
  }
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const differs = others.find(edit => !isSameWish(edit, first));
    if (!differs) {
      for (const { wish } of others) report(wish, 'unchanged', `Giống dòng ${first.wish.row}.`);
      return [first];
    }
    report(first.wish, 'conflict', contradiction(first, differs));
    for (const edit of others) report(edit.wish, 'conflict', contradiction(edit, first));
    return [];
  });
}

function isSameWish(one: Edit, other: Edit): boolean {
  if (one.text !== other.text || one.wish.status !== other.wish.status) return false;
  return (
    one.part === 'question' ||
    (one.wish.source === other.wish.source && one.wish.verified === other.wish.verified)
  );
}

function contradiction(edit: Edit, other: Edit): string {
  const what = edit.part === 'question' ? 'câu hỏi' : `câu trả lời${facetName(edit)}`;
  return `Dòng này và dòng ${other.wish.row} cùng một ${what} nhưng ${difference(edit, other)}: hãy giữ một dòng.`;
}

function difference(edit: Edit, other: Edit): string {
  if (edit.remove !== other.remove) return 'vừa dùng vừa ngừng dùng';
  if (edit.text === other.text) return 'khác trạng thái, nguồn hoặc kiểm chứng';
  return edit.part === 'question' ? 'chỉ khác dấu hoặc cách viết' : 'ghi hai nội dung khác nhau';
}

/** A last look with the schema of the knowledge: what the table does not know of may be at its limits. */
function checkSchema(topics: readonly (Topic | null)[], wishes: readonly RowWish[], report: Report): void {
  for (const topic of topics) {
    const issue = topic && topicSchema.safeParse(topic).error?.issues[0];
    if (issue && wishes[0])
      report(
        wishes[0],
        'fault',
        `Chủ đề không hợp lệ sau khi nhập (${issue.path.join('.')}): ${issue.message}.`,
      );
  }
}

function changedQuestions(edits: readonly Edit[], findings: readonly Finding[]): TopicPlan['questions'] {
  const changing = new Set(
    findings.filter(({ kind }) => kind === 'new' || kind === 'changed').map(({ wish }) => wish),
  );
  return edits.flatMap(edit =>
    edit.part === 'question' && !edit.remove && changing.has(edit.wish) ? [edit] : [],
  );
}

type After = {
  live: Topic | null;
  pending: Topic | null;
  isRetired: boolean;
  status: RevisionStatus;
  hasDraftRows: boolean;
};

/** The record with the revisions that the import adds: first what is decided, then the draft on top of it. */
function nextRecord(context: TopicContext, after: After): TopicRecord | null {
  const { id, record, now } = context;
  const base = record ?? { id, version: 0, shippedHash: null, removedFromRelease: false, revisions: [] };
  const added = [...decidedRevisions(context, after), ...draftRevisions(context, after)];
  if (added.length === 0) return null;
  const first = nextNumber(base);
  const revisions = added.map((revision, index) => ({
    number: first + index,
    ...revision,
    at: now.toISOString(),
  }));
  return { ...base, version: base.version + 1, revisions: [...base.revisions, ...revisions] };
}

type NewRevision = Omit<Revision, 'number' | 'at'>;
const IMPORTED = { author: IMPORT_AUTHOR, note: IMPORT_NOTE };

function decidedRevisions({ state }: TopicContext, { live, isRetired }: After): NewRevision[] {
  const last = state.live ?? state.pending;
  if (isRetired) return state.retired || !last ? [] : [{ status: 'retired', topic: last.topic, ...IMPORTED }];
  return live && live !== state.live?.topic ? [{ status: 'published', topic: live, ...IMPORTED }] : [];
}

/** A draft is written anew when it changed, and when a decision would bury it. */
function draftRevisions(context: TopicContext, after: After): NewRevision[] {
  const { state } = context;
  const { pending, live, status, hasDraftRows } = after;
  const held = state.pending;
  const isBuried = decidedRevisions(context, after).length > 0;
  if (
    !pending ||
    (held ? pending === held.topic && !isBuried : pending === live || pending === state.live?.topic)
  )
    return [];
  if (live && isBuried && isSameTopic(pending, live)) return [];
  const { author, note } = hasDraftRows || !held ? IMPORTED : held;
  return [{ status, topic: pending, author, note }];
}

function isSameTopic(one: Topic, other: Topic): boolean {
  const sorted = (topic: Topic) => ({ ...topic, phrases: [...topic.phrases].sort() });
  return contentHash(sorted(one)) === contentHash(sorted(other));
}
