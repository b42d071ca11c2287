import type { Session } from '../domain/conversation.ts';
import type { LiveKnowledge } from '../knowledge/live-knowledge.ts';
import type { ExplainedTopic, Explanation } from '../matcher/match.ts';
import { confidenceToAnswer, type Outcome } from './decide.ts';
import { decideWithPlaces, readPlaceQuestion, textToMatch } from './places/decide-lookup.ts';
import type { Gazetteer } from './places/gazetteer.ts';

/** Why a question became what it became, and what would have to change; for staff, in Vietnamese. */
export type ExplainedQuestion = {
  outcome: Outcome['kind'];
  confidence: number;
  /** From this confidence (0–1) of the first topic on it would have been answered. */
  answersFrom: number;
  /** As `Explanation` has them, with the topics' labels. */
  topics: (ExplainedTopic & { label: string })[];
  changes: Explanation['changes'];
  unknownWords: string[];
  rules: Explanation['rules'];
  facets: string[];
  evidence: Explanation['evidence'];
  advice: string[];
};

/** Explains a question as the first of a conversation. Pure. */
export function explainQuestion(
  text: string,
  knowledge: LiveKnowledge,
  now: Date,
  gazetteer: Gazetteer | null = null,
): ExplainedQuestion {
  const { matcher, topics } = knowledge;
  const question = gazetteer && readPlaceQuestion(text, null, gazetteer);
  const read = textToMatch(text, question);
  const { match, changes, unknownWords, rules, evidence, topics: ranked } = matcher.explain(read);
  const outcome = decideWithPlaces(question, { match, session: freshSession(now), topics, now });
  const labelled = ranked.map(topic => ({
    ...topic,
    label: topics.get(topic.topicId)?.topic.label ?? topic.topicId,
  }));
  const answersFrom = confidenceToAnswer(match.topics, topics);
  return {
    outcome: outcome.kind,
    confidence: outcome.confidence,
    answersFrom,
    topics: labelled,
    changes,
    unknownWords,
    rules,
    facets: match.facets,
    evidence,
    advice: adviceFor({ outcome, topics: labelled, unknownWords, answersFrom }),
  };
}

type ForAdvice = Pick<ExplainedQuestion, 'topics' | 'unknownWords' | 'answersFrom'> & { outcome: Outcome };

function adviceFor({ outcome, topics: [first, second], unknownWords, answersFrom }: ForAdvice): string[] {
  const advice: string[] = [];
  if (first && outcome.kind !== 'answered' && outcome.kind !== 'handover')
    advice.push(
      `Để trả lời ngay bằng “${first.label}”, độ tin cậy phải từ ${percent(answersFrom)} (hiện là ${percent(first.confidence)}).`,
    );
  if (unknownWords.length > 0)
    advice.push(
      `Chưa câu hỏi mẫu nào có: ${unknownWords.map(word => `“${word}”`).join(', ')}. Thêm câu hỏi mẫu có các từ này vào đúng chủ đề, hoặc thêm vào bảng từ đồng nghĩa.`,
    );
  if (first && second)
    advice.push(
      `Nếu người dân muốn hỏi “${second.label}”, hãy thêm câu này làm câu hỏi mẫu của chủ đề đó: hiện chủ đề kém “${first.label}” ${points(first.score - second.score)} điểm xếp hạng.`,
    );
  if (!first)
    advice.push('Không chủ đề nào gần với câu này: cần một chủ đề mới, hoặc câu nằm ngoài phạm vi.');
  return advice;
}

function freshSession(now: Date): Session {
  const at = now.toISOString();
  return {
    id: '',
    channel: 'web',
    personId: '',
    startedAt: at,
    lastTurnAt: at,
    topicId: null,
    topicAt: null,
    pending: null,
  };
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function points(difference: number): string {
  return difference.toFixed(2).replace('.', ',');
}
