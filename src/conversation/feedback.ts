import type { Turn } from '../domain/conversation.ts';
import { AppError } from '../errors.ts';
import type { ConversationDeps } from './answer-turn.ts';

/**
 * Keeps whether a reply helped; one that did not waits for review.
 * @throws AppError `turn-not-found`
 */
export async function recordFeedback(
  { conversations, now, randomId }: ConversationDeps,
  turnId: string,
  helpful: boolean,
): Promise<void> {
  const turn = await conversations.findTurn(turnId);
  if (!turn) throw new AppError('turn-not-found', `No turn ${turnId}`);
  const at = now().toISOString();
  const { sessionId, channel, question: text } = turn;
  const nearest = turn.reply.topics.map(topic => ({ topicId: topic.id, confidence: turn.reply.confidence }));
  const unanswered = {
    id: randomId(),
    turnId,
    sessionId,
    channel,
    at,
    text,
    reason: 'unhelpful' as const,
    nearest,
  };
  const isNews = !helpful && text !== '' && !isKeptAlready(turn);
  await conversations.recordFeedback(turnId, { helpful, at }, isNews ? unanswered : null);
}

/** A turn that could not answer was kept for review when it happened. */
function isKeptAlready({ reply, missingFacets }: Turn): boolean {
  return reply.outcome === 'fallback' || reply.outcome === 'handover' || missingFacets.length > 0;
}
