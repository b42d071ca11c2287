import { type ChannelName, type Session, type Suggestion, TALK_TO_PERSON } from '../domain/conversation.ts';
import type { ConversationDeps } from './answer-turn.ts';

export type Greeting = { text: string; suggestions: Suggestion[] };

/** Opens a citizen's conversation; the greeting says that an automatic assistant speaks. */
export async function openSession(
  deps: ConversationDeps,
  person: { channel: ChannelName; personId: string; sessionId: string },
): Promise<{ session: Session; greeting: Greeting }> {
  const at = deps.now().toISOString();
  const session: Session = {
    id: person.sessionId,
    channel: person.channel,
    personId: person.personId,
    startedAt: at,
    lastTurnAt: at,
    topicId: null,
    topicAt: null,
    pending: null,
  };
  await deps.conversations.openSession(session);
  return { session, greeting: greetingOf(deps) };
}

function greetingOf({ centre, knowledge }: ConversationDeps): Greeting {
  const { topics } = knowledge();
  const featured = centre.featured.flatMap(id => {
    const topic = topics.get(id)?.topic;
    return topic ? [{ id, name: topic.label }] : [];
  });
  const text = [
    `Xin chào! Tôi là **trợ lý tự động** của ${centre.name}.`,
    'Anh/chị cần làm thủ tục gì? Cứ hỏi như đang nhắn tin, có dấu hay không dấu đều được, ví dụ: “làm khai sinh cần giấy tờ gì”, “lam can cuoc o dau”.',
  ].join('\n\n');
  return { text, suggestions: [...featured, TALK_TO_PERSON] };
}
