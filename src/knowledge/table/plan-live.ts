import type { Topic } from '../../domain/topic.ts';
import { ALREADY_GONE, describe, editAndReport, type Report, type TopicContext } from './edit-and-report.ts';
import { currentText, type Edit } from './edit-topic.ts';
import { newArticle } from './new-article.ts';
import type { RowWish } from './parse-row.ts';
import { cleanText } from './table-row.ts';

/** Rows that speak of the topic as a whole. */
export type WholeRows = { retires: RowWish | undefined; revives: RowWish | undefined };
/** What is live after the import; `retiredBy`: the row that took the topic's last question away. */
export type LivePlan = { topic: Topic | null; retiredBy: RowWish | undefined };

/** What the published and the retired rows make of what answers citizens. */
export function planLive(
  context: TopicContext,
  edits: readonly Edit[],
  { revives, retires }: WholeRows,
  report: Report,
): LivePlan {
  const { state } = context;
  const start = state.live?.topic ?? (revives ? state.retired?.topic : undefined);
  if (start) return editLive(context, start, edits, retires, report);
  const sets = edits.filter(({ remove }) => !remove);
  for (const { wish } of edits.filter(({ remove }) => remove)) reportNothingToRemove(context, wish, report);
  if (!state.retired) return { topic: startArticle(context, sets, report), retiredBy: undefined };
  for (const { wish } of sets) report(wish, 'conflict', OUT_OF_USE);
  return { topic: null, retiredBy: undefined };
}

export const OUT_OF_USE =
  'Chủ đề này đã ngừng dùng: bỏ dòng này, hoặc thêm một dòng chỉ có mã chủ đề và trạng thái “Đang dùng” để dùng lại.';

/** Null, with a finding, when the rows do not make an article. */
export function startArticle(
  { id, now }: TopicContext,
  edits: readonly Edit[],
  report: Report,
): Topic | null {
  const [first] = edits;
  if (!first) return null;
  const { article, problem } = newArticle(
    id,
    edits.map(({ wish }) => wish),
    edits,
    now,
  );
  for (const edit of edits) report(edit.wish, 'new', `Bài viết mới: ${describe(edit)}`);
  if (problem !== undefined) report(first.wish, 'fault', problem);
  return article ?? null;
}

function reportNothingToRemove({ state, id }: TopicContext, wish: RowWish, report: Report): void {
  if (state.live || state.pending || state.retired) report(wish, 'unchanged', ALREADY_GONE);
  else report(wish, 'fault', `Mã “${id}” chưa có trong kho: hãy kiểm tra lại mã.`);
}

function editLive(
  context: TopicContext,
  start: Topic,
  edits: readonly Edit[],
  retires: RowWish | undefined,
  report: Report,
): LivePlan {
  const answerGoes = edits.find(
    ({ part, remove }) => start.kind === 'article' && part === 'answer' && remove,
  );
  const others = edits.filter(edit => edit !== answerGoes && isSaidRight(context, start, edit, report));
  // What goes makes room for what comes.
  const ordered = [...others.filter(({ remove }) => remove), ...others.filter(({ remove }) => !remove)];
  const after = ordered.reduce((topic, edit) => editAndReport(context, topic, edit, retires, report), start);
  const last =
    after.phrases.length === 0 ? others.find(({ part, remove }) => remove && part === 'question') : undefined;
  if (last) report(last.wish, 'changed', 'Không còn câu hỏi nào nên cả chủ đề ngừng dùng.');
  if (answerGoes) reportAnswerGoes(answerGoes.wish, last ?? retires, report);
  return { topic: last ? null : after, retiredBy: last?.wish };
}

/** Who takes an answer out of use must have seen the one that is there. */
function isSaidRight({ fold }: TopicContext, start: Topic, edit: Edit, report: Report): boolean {
  if (!edit.remove || edit.part !== 'answer' || edit.text === '') return true;
  const held = currentText(start, edit, fold);
  if (held === null || cleanText(held) === edit.text) return true;
  report(
    edit.wish,
    'conflict',
    'Câu trả lời trong bảng khác câu đang dùng nên không ngừng được: hãy xuất lại bảng và ghi “Ngừng dùng” trên bảng mới.',
  );
  return false;
}

function reportAnswerGoes(wish: RowWish, ends: Edit | RowWish | undefined, report: Report): void {
  if (ends) report(wish, 'changed', 'Ngừng cùng cả bài viết.');
  else
    report(
      wish,
      'fault',
      'Bài viết phải có câu trả lời: muốn ngừng cả bài viết thì thêm một dòng chỉ có mã chủ đề và trạng thái “Ngừng dùng”.',
    );
}
