import type { Suggestion } from '../../domain/conversation.ts';
import { AppError } from '../../errors.ts';
import type { RateLimits } from '../../server/rate-limits.ts';
import { defineRoute, type Route } from '../../server/route.ts';
import type { ConversationStore } from '../../stores/store.ts';
import type { AskingChannel } from '../asking-channel.ts';
import type { IncomingMessage, OutgoingReply } from '../channel.ts';
import { cleanText } from '../clean-text.ts';
import { MAX_QUESTION_LENGTH, type WireCentre, type WireMessage, type WireReply } from './wire.ts';
import {
  feedbackSchema,
  idSchema,
  messageSchema,
  replySchema,
  sessionSchema,
  suggestionsSchema,
  suggestQuerySchema,
  turnIdSchema,
} from './wire-schemas.ts';

export type CitizenRoutesDeps = {
  channel: AskingChannel;
  conversations: ConversationStore;
  openSession: (sessionId: string) => Promise<{ greeting: { text: string; suggestions: Suggestion[] } }>;
  recordFeedback: (turnId: string, helpful: boolean) => Promise<void>;
  suggest: (typed: string) => Suggestion[];
  centre: WireCentre;
  limits: RateLimits;
  now: () => Date;
  randomId: () => string;
};

/** The citizens' API: a session, its messages, feedback, suggestions while typing. */
export function citizenRoutes(deps: CitizenRoutesDeps): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/sessions',
      audience: 'citizen',
      summary: 'Open a conversation',
      success: { status: 201, description: 'It is open.', schema: sessionSchema },
      errors: ['rate-limited'],
      before: deps.limits.newSession,
      async handle({ response }) {
        const sessionId = deps.randomId();
        const { greeting } = await deps.openSession(sessionId);
        response.set('Cache-Control', 'no-store');
        return {
          sessionId,
          greeting: greeting.text,
          suggestions: greeting.suggestions,
          centre: deps.centre,
        };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/sessions/{id}/messages',
      audience: 'citizen',
      summary: 'Ask, or tap a choice',
      params: idSchema,
      body: messageSchema,
      success: { status: 200, description: 'The reply.', schema: replySchema },
      errors: ['empty-message', 'message-too-long', 'session-not-found', 'rate-limited'],
      before: deps.limits.message,
      async handle({ params, body, response }) {
        const message = incomingMessage(deps, params.id, body);
        await requireSession(deps.conversations, params.id);
        const reply = await deps.channel.ask(message);
        response.set('Cache-Control', 'no-store');
        return wireReply(reply);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/turns/{turnId}/feedback',
      audience: 'citizen',
      summary: 'Say whether a reply helped; the last word counts',
      params: turnIdSchema,
      body: feedbackSchema,
      success: { status: 204, description: 'Kept.' },
      errors: ['turn-not-found', 'rate-limited'],
      before: deps.limits.newSession,
      handle: ({ params, body }) => deps.recordFeedback(params.turnId, body.helpful),
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/suggest',
      audience: 'citizen',
      summary: 'Topics whose name comes near what is being typed',
      query: suggestQuerySchema,
      success: { status: 200, description: 'At most six, best first.', schema: suggestionsSchema },
      errors: [],
      handle({ query, response }) {
        response.set('Cache-Control', 'public, max-age=60');
        return { suggestions: deps.suggest(query.q) };
      },
    }),
  ];
}

function incomingMessage(deps: CitizenRoutesDeps, sessionId: string, body: WireMessage): IncomingMessage {
  const choiceId = body.choiceId || null;
  const text = choiceId ? '' : cleanText(body.text ?? '');
  if (!choiceId && text === '') throw new AppError('empty-message', 'Neither text nor choiceId.');
  if (text.length > MAX_QUESTION_LENGTH) throw new AppError('message-too-long', `${text.length} characters.`);
  return {
    channel: 'web',
    conversationId: sessionId,
    personId: sessionId,
    messageId: body.messageId ?? deps.randomId(),
    text,
    choiceId,
    receivedAt: deps.now(),
  };
}

/** A session's id is all that a citizen shows; one of another channel is none of the web's. */
async function requireSession(conversations: ConversationStore, id: string): Promise<void> {
  const session = await conversations.loadSession(id);
  if (session?.channel !== 'web') throw new AppError('session-not-found', 'No such session on the web.');
}

function wireReply({ text, ...reply }: OutgoingReply): WireReply {
  return { ...reply, reply: text };
}
