import { AppError } from '../errors.ts';
import type { ConversationStore } from '../stores/store.ts';
import type { IncomingMessage, OutgoingReply } from './channel.ts';

type AnswerTurn = (message: IncomingMessage) => Promise<OutgoingReply>;

/**
 * Gives a repeated message the reply that it already had. Turns of one conversation run one after another,
 * so a repeat that comes while the first is still running waits and then finds its turn. Where two machines
 * answer the same message, the store refuses the second turn with `conflict`, and the first one's reply stands.
 */
export function answerOnce(conversations: ConversationStore, answerTurn: AnswerTurn): AnswerTurn {
  return async message => {
    const earlier = await replyOf(conversations, message);
    if (earlier) return earlier;
    try {
      return await answerTurn(message);
    } catch (error) {
      const first = isConflict(error) ? await replyOf(conversations, message) : null;
      if (first) return first;
      throw error;
    }
  };
}

async function replyOf(store: ConversationStore, message: IncomingMessage): Promise<OutgoingReply | null> {
  const turn = await store.findTurnByMessage(message.conversationId, message.messageId);
  return turn && { ...turn.reply, turnId: turn.id };
}

function isConflict(error: unknown): boolean {
  return error instanceof AppError && error.code === 'conflict';
}
