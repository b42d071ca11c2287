import type { Topic } from '../../domain/topic.ts';
import { vietnamDay } from '../../domain/vietnam-day.ts';
import type { RowWish } from './parse-row.ts';
import { type Fold, heldPhrase, withPhrase } from './phrase-index.ts';
import { cleanText } from './table-row.ts';
import { type AnswerKey, answerOf, type CuratedText } from './topic-state.ts';

/** One thing that a row sets or removes in a topic. */
export type Edit = { wish: RowWish; remove: boolean } & (
  | { part: 'question'; text: string; folded: string }
  | { part: 'answer'; key: AnswerKey; text: string }
);

/** Who wrote an answer whose row names no source. */
const OWN_SOURCE = 'Cán bộ Trung tâm biên soạn';

/** The edits of a row with content. */
export function editsOf(wish: RowWish, fold: Fold): Edit[] {
  const { question, answer, facet } = wish;
  const remove = wish.status === 'retired';
  // "Ngừng dùng" beside a facet alone takes its answer away.
  const hasAnswer = answer !== null || (remove && facet !== null && question === null);
  return [
    ...(question
      ? [{ wish, remove, part: 'question' as const, text: question, folded: fold(question) }]
      : []),
    ...(hasAnswer ? [{ wish, remove, part: 'answer' as const, key: facet, text: answer ?? '' }] : []),
  ];
}

/** What the edit is about: two edits with the same subject meet. */
export function subjectOf(edit: Edit): string {
  return edit.part === 'question' ? `question ${edit.folded}` : `answer ${edit.key ?? ''}`;
}

/** The text that the topic holds in the edit's place, or null. */
export function currentText(topic: Topic | null, edit: Edit, fold: Fold): string | null {
  if (!topic) return null;
  if (edit.part === 'answer') return answerOf(topic, edit.key)?.text ?? null;
  return heldPhrase(topic, edit.folded, fold);
}

/** The topic after the edit; the very same object when nothing changes. */
export function applyEdit(topic: Topic, edit: Edit, fold: Fold, now: Date): Topic {
  return edit.part === 'question' ? editPhrases(topic, edit, fold) : editAnswer(topic, edit, now);
}

/** The wording of the table wins over one that differs by accents or punctuation only. */
function editPhrases(topic: Topic, edit: Edit & { part: 'question' }, fold: Fold): Topic {
  const held = heldPhrase(topic, edit.folded, fold);
  const text = edit.remove ? null : edit.text;
  const isSame =
    held === null ? text === null : text !== null && cleanText(held).replace(/\s+/g, ' ') === text;
  return isSame ? topic : withPhrase(topic, edit.folded, text, fold);
}

/** An article keeps its answer: whether it goes with the whole topic is seen by the caller. */
function editAnswer(topic: Topic, edit: Edit & { part: 'answer' }, now: Date): Topic {
  const { key, remove, wish } = edit;
  if (topic.kind === 'article') {
    if (remove) return topic;
    const answer = curated(topic.answer, wish, now);
    return answer === topic.answer ? topic : { ...topic, answer };
  }
  if (key === null) return topic;
  const { [key]: held, ...others } = topic.answers;
  if (remove) return held ? { ...topic, answers: others } : topic;
  const answer = curated(held, wish, now);
  return answer === held ? topic : { ...topic, answers: { ...topic.answers, [key]: answer } };
}

/**
 * The answer with its evidence. An empty cell keeps what is there as long as the text is the same; a new text was
 * compared with a source only when the row says so.
 */
export function curated(held: CuratedText | undefined, wish: RowWish, now: Date): CuratedText {
  const text = wish.answer ?? '';
  const sameText = held !== undefined && cleanText(held.text) === text;
  const sameSource = wish.source === null || wish.source === cleanText(held?.source ?? '');
  const sameVerified = wish.verified === null || wish.verified === held?.verified;
  if (held && sameText && sameSource && sameVerified) return held;
  const source = wish.source ?? (sameText ? held?.source : undefined) ?? OWN_SOURCE;
  return { text, source, checkedOn: vietnamDay(now), verified: wish.verified ?? false };
}
