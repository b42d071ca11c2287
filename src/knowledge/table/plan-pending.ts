import { FACETS } from '../../domain/facet.ts';
import type { RevisionStatus } from '../../domain/knowledge.ts';
import type { Procedure, Topic } from '../../domain/topic.ts';
import { changedSince, describe, editAndReport, type Report, type TopicContext } from './edit-and-report.ts';
import { applyEdit, currentText, type Edit } from './edit-topic.ts';
import type { RowWish } from './parse-row.ts';
import { OUT_OF_USE, startArticle } from './plan-live.ts';
import { answerOf } from './topic-state.ts';

export type PendingPlan = { topic: Topic | null; status: RevisionStatus };
/** What is live after the import, and the row that takes the topic out of use. */
type Live = { topic: Topic | null; retires: RowWish | undefined };

/** What the draft rows make of the topic's draft, which lies on top of what is live after the import. */
export function planPending(
  context: TopicContext,
  edits: readonly Edit[],
  live: Live,
  report: Report,
): PendingPlan {
  const { state } = context;
  const status = statusOf(edits, report) ?? state.pending?.status ?? 'draft';
  const below = live.topic ?? state.live?.topic ?? null;
  const start = state.pending ? rebased(context, state.pending.topic, live.topic) : below;
  if (start) {
    const topic = edits.reduce((draft, edit) => {
      if (edit.remove) return withdraw(context, draft, edit, below, report);
      return editAndReport(context, draft, edit, live.retires, report);
    }, start);
    return { topic, status };
  }
  if (!state.retired) return { topic: startArticle(context, edits, report), status };
  for (const { wish } of edits) report(wish, 'conflict', OUT_OF_USE);
  return { topic: null, status };
}

/** True for a row that takes back what only the draft says. */
export function isOnlyDrafted({ state, fold }: TopicContext, edit: Edit): boolean {
  if (!edit.remove || !state.pending) return false;
  const drafted = currentText(state.pending.topic, edit, fold);
  const live = currentText(state.live?.topic ?? null, edit, fold);
  return drafted !== null && drafted !== live && (live === null || edit.text === drafted);
}

function statusOf(edits: readonly Edit[], report: Report): RevisionStatus | undefined {
  const sets = edits.filter(({ remove }) => !remove);
  const statuses = new Set(sets.map(({ wish }) => wish.status));
  if (statuses.size > 1)
    for (const { wish } of sets)
      report(
        wish,
        'conflict',
        'Một chủ đề chỉ có một bản chưa dùng: hãy ghi “Nháp” hoặc “Chờ duyệt” cho mọi dòng của chủ đề.',
      );
  return [...statuses][0];
}

/** The draft without what the row takes back; in an answer's place comes the one that is live. */
function withdraw(
  context: TopicContext,
  draft: Topic,
  edit: Edit,
  live: Topic | null,
  report: Report,
): Topic {
  const conflict = changedSince(context, edit);
  const after = conflict
    ? draft
    : withLiveAnswer(applyEdit(draft, edit, context.fold, context.now), edit, live);
  const isWhole = after.phrases.length > 0 && after !== draft;
  if (conflict) report(edit.wish, 'conflict', conflict);
  else if (isWhole) report(edit.wish, 'changed', `Bỏ khỏi bản nháp: ${describe(edit)}`);
  else
    report(
      edit.wish,
      'fault',
      'Bản nháp phải còn câu hỏi và câu trả lời: muốn bỏ cả chủ đề thì thêm một dòng chỉ có mã chủ đề và trạng thái “Ngừng dùng”.',
    );
  return after;
}

function withLiveAnswer(draft: Topic, edit: Edit, live: Topic | null): Topic {
  const answer = edit.part === 'answer' && live ? answerOf(live, edit.key) : undefined;
  if (!answer || edit.part !== 'answer') return draft;
  if (draft.kind === 'article') return { ...draft, answer };
  return edit.key ? { ...draft, answers: { ...draft.answers, [edit.key]: answer } } : draft;
}

/** The draft with what the import changed in what is live, save where the draft has a wording of its own. */
function rebased({ state, fold }: TopicContext, draft: Topic, live: Topic | null): Topic {
  const before = state.live?.topic ?? null;
  if (!live || live === before) return draft;
  const phrases = rebasedPhrases(draft, before, live, fold);
  if (draft.kind === 'article') {
    const isOwn = draft.answer.text !== (before && answerOf(before, null)?.text);
    const answer = answerOf(live, null);
    return {
      ...draft,
      phrases,
      answer: answer && (!isOwn || answer.text === draft.answer.text) ? answer : draft.answer,
    };
  }
  return { ...draft, phrases, answers: rebasedAnswers(draft, before, live) };
}

function rebasedPhrases(
  draft: Topic,
  before: Topic | null,
  live: Topic,
  fold: TopicContext['fold'],
): string[] {
  const had = new Set(before?.phrases.map(fold));
  const has = new Map(live.phrases.map(phrase => [fold(phrase), phrase]));
  const kept = draft.phrases.filter(phrase => !had.has(fold(phrase)) || has.has(fold(phrase)));
  const drafted = new Set(kept.map(fold));
  return [...kept, ...live.phrases.filter(phrase => !had.has(fold(phrase)) && !drafted.has(fold(phrase)))];
}

function rebasedAnswers(draft: Procedure, before: Topic | null, live: Topic): Procedure['answers'] {
  const textOf = (topic: Topic | null, facet: (typeof FACETS)[number]) =>
    topic ? answerOf(topic, facet)?.text : undefined;
  const answers = { ...draft.answers };
  for (const facet of FACETS) {
    const own = textOf(draft, facet);
    if (own !== textOf(before, facet) && own !== textOf(live, facet)) continue;
    const answer = answerOf(live, facet);
    if (answer) answers[facet] = answer;
    else delete answers[facet];
  }
  return answers;
}
