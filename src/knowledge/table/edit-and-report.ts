import { FACET_LABELS } from '../../domain/facet.ts';
import type { TopicRecord } from '../../domain/knowledge.ts';
import type { Topic } from '../../domain/topic.ts';
import { STATUS_LABELS } from './columns.ts';
import { applyEdit, currentText, type Edit } from './edit-topic.ts';
import { cut, type RowWish } from './parse-row.ts';
import type { Fold } from './phrase-index.ts';
import type { RowKind } from './table-row.ts';
import type { TopicState } from './topic-state.ts';

/** What the planning of one topic knows. */
export type TopicContext = {
  id: string;
  record: TopicRecord | null;
  state: TopicState;
  fold: Fold;
  now: Date;
};
export type Report = (wish: RowWish, kind: RowKind, message: string) => void;

/** Applies an edit and says what it did; the same topic after a conflict. `retires`: the row that ends the topic. */
export function editAndReport(
  context: TopicContext,
  topic: Topic,
  edit: Edit,
  retires: RowWish | undefined,
  report: Report,
): Topic {
  const { fold, now } = context;
  const isNew = currentText(topic, edit, fold) === null;
  const after = applyEdit(topic, edit, fold, now);
  if (after === topic) {
    report(edit.wish, 'unchanged', unchangedNote(context, edit));
    return topic;
  }
  const conflict = retires
    ? `Dòng ${retires.row} ngừng cả chủ đề: hãy giữ một trong hai dòng.`
    : changedSince(context, edit);
  if (conflict) {
    report(edit.wish, 'conflict', conflict);
    return topic;
  }
  report(edit.wish, isNew ? 'new' : 'changed', describeChange(context, edit, isNew));
  return after;
}

/** True for an edit of what answers citizens; the others are for the draft. */
export function isForLive({ wish: { status } }: Edit): boolean {
  return status === 'published' || status === 'retired';
}

/** `câu hỏi “…”.`, `câu trả lời của khía cạnh “Phí, lệ phí” (nháp).` */
export function describe(edit: Edit): string {
  const what = edit.part === 'question' ? `câu hỏi “${cut(edit.text)}”` : `câu trả lời${facetName(edit)}`;
  const status = isForLive(edit) ? '' : ` (${STATUS_LABELS[edit.wish.status].toLowerCase()})`;
  return `${what}${status}.`;
}

export function facetName(edit: Edit): string {
  return edit.part === 'answer' && edit.key ? ` của khía cạnh “${FACET_LABELS[edit.key]}”` : '';
}

export const ALREADY_GONE = 'Không còn dùng từ trước.';

function unchangedNote({ state, fold }: TopicContext, edit: Edit): string {
  if (edit.remove) return ALREADY_GONE;
  const isLive = !isForLive(edit) && currentText(state.live?.topic ?? null, edit, fold) !== null;
  return isLive && !state.pending
    ? 'Không đổi: nội dung này đang trả lời người dân; muốn bỏ thì ghi “Ngừng dùng”.'
    : 'Không đổi.';
}

function describeChange({ state, fold }: TopicContext, edit: Edit, isNew: boolean): string {
  if (edit.remove) return `Ngừng ${describe(edit)}`;
  const wasDraft = isForLive(edit) && currentText(state.pending?.topic ?? null, edit, fold) === edit.text;
  if (wasDraft) return `Đưa bản nháp vào dùng: ${describe(edit)}`;
  return `${isNew ? 'Thêm' : 'Sửa'} ${describe(edit)}`;
}

/**
 * What the row changes was changed in the store since the table was exported: the exported revision says otherwise
 * than both what is live and what is pending. Other parts of the topic may have changed meanwhile.
 */
export function changedSince({ record, state, fold }: TopicContext, edit: Edit): string | null {
  const { revision } = edit.wish;
  if (revision === null || !record) return null;
  const exported = record.revisions.find(({ number }) => number === revision);
  if (!exported)
    return `Kho không có phiên bản ${revision} của chủ đề này: hãy xuất lại bảng rồi sửa trên bảng mới, hoặc để trống cột “Phiên bản” nếu là dòng mới.`;
  const then = currentText(exported.topic, edit, fold);
  const current = [state.live ?? state.retired, state.pending].flatMap(held => held ?? []);
  if (current.some(({ topic }) => currentText(topic, edit, fold) === then)) return null;
  const newest = Math.max(...current.map(({ number }) => number));
  return `Nội dung này đã được người khác sửa sau khi xuất bảng (nay là phiên bản ${newest}, trong bảng là ${revision}): hãy xuất lại bảng rồi sửa trên bảng mới.`;
}
