import type { Centre } from '../../domain/centre.ts';
import type { Reply, Session, Suggestion } from '../../domain/conversation.ts';
import type { Log } from '../../log.ts';
import type { ConversationStore, InboxStore } from '../../stores/store.ts';
import type { IncomingMessage, OutgoingReply } from '../channel.ts';
import type { MessengerEvent } from './event.ts';
import { type GraphClient, GraphError } from './graph-client.ts';
import { type MessengerMessage, renderReply } from './render-reply.ts';
import {
  handedBack,
  handedOver,
  handOverFailed,
  introduction,
  NO_WORDS,
  privateReply,
  said,
  summaryOf,
} from './texts.ts';
import { isWorthWaiting } from './worth-waiting.ts';

export type HandleEventDeps = {
  conversations: ConversationStore;
  inbox: Pick<InboxStore, 'forget'>;
  graph: GraphClient;
  /** One turn through the engine. */
  ask: (incoming: IncomingMessage) => Promise<OutgoingReply>;
  openSession: (person: {
    personId: string;
    sessionId: string;
  }) => Promise<{ session: Session; greeting: { text: string; suggestions: Suggestion[] } }>;
  isTopic: (id: string) => boolean;
  centre: Centre;
  now: () => Date;
  log: Log;
};

type Handled = 'done' | 'silent' | 'too-late';

const HOUR = 3_600_000;
/** The platform takes messages of a program only so long after the person's last one. */
const WINDOW_MS = 24 * HOUR;
const COMMENT_WINDOW_MS = 7 * 24 * HOUR;
/** A person who has not written for so long has left the conversation. */
const STAFF_QUIET_MS = 24 * HOUR;
/** Seen and typing are a courtesy: a reply does not wait longer for them. */
const COURTESY_MS = 1_500;
const TURNS_IN_SUMMARY = 4;
/** How often Messenger lets a message be edited. */
const MOST_EDITS = 5;

export type EventHandler = {
  /** @throws GraphError when a message could not be sent. */
  handle(event: MessengerEvent, signal: AbortSignal): Promise<Handled>;
  /** Falls silent for a person whose conversation somebody else has. */
  standBack(event: MessengerEvent): Promise<void>;
};

/** What each event of a person brings about. Events of one person come one at a time. */
export function createEventHandler(deps: HandleEventDeps): EventHandler {
  const { conversations, graph, centre, now } = deps;
  /** What is left of a reply whose sending broke off, by event: it goes on from there. */
  const unsent = new Map<string, MessengerMessage[]>();

  async function handle(event: MessengerEvent, signal: AbortSignal): Promise<Handled> {
    switch (event.kind) {
      case 'text':
        return talk(event, signal, context => answer(context, { text: event.text, choiceId: null }));
      case 'tap':
        return talk(event, signal, context => answer(context, { text: '', choiceId: event.payload }));
      case 'get-started':
      case 'referral':
        return talk(event, signal, context => welcome(context, event.ref));
      case 'sticker':
      case 'image':
      case 'audio':
      case 'file':
      case 'location':
        return talk(event, signal, context => send(context, introduced(context, NO_WORDS[event.kind])));
      case 'edit':
        await forgetMessage(event.personId, event.messageId);
        return talk(event, signal, context => answer(context, { text: event.text, choiceId: null }));
      case 'unsend':
        await forgetMessage(event.personId, event.messageId);
        return 'done';
      case 'standby':
        await (event.fromCitizen ? noteCitizen(event) : standBack(event));
        return 'silent';
      case 'staff-message':
        await standBack(event);
        return 'silent';
      case 'thread-passed':
        return event.to === 'staff' ? standBack(event).then(() => 'silent') : comeBack(event, signal);
      case 'comment':
        return answerComment(event, signal);
      default:
        return event satisfies never;
    }
  }

  /** A person says something to the assistant: not answered out of the window, nor while staff answer. */
  async function talk(
    event: MessengerEvent,
    signal: AbortSignal,
    reply: (context: Talk) => Promise<void>,
  ): Promise<Handled> {
    if (isTooLate(event.at, WINDOW_MS)) return 'too-late';
    const known = await conversations.loadSession(sessionIdOf(event));
    if (known && isWithStaff(known)) {
      await noteCitizen(event);
      return 'silent';
    }
    const courtesy = beCourteous(event.personId);
    const opened = known ? { session: known, greeting: null } : await open(event);
    const session = opened.session.hold ? { ...opened.session, hold: undefined } : opened.session;
    if (session !== opened.session) await conversations.openSession(session);
    const isIntroduced = known !== null && known.hold === undefined;
    await reply({ event, signal, session, courtesy, isIntroduced });
    return 'done';
  }

  async function answer(context: Talk, said: { text: string; choiceId: string | null }): Promise<void> {
    const { event } = context;
    if ('ref' in event && event.ref !== null) await rememberTopic(context.session, event.ref);
    const reply = await deps.ask(incomingOf(event, said));
    if (reply.outcome === 'handover') return handOver(context, reply);
    await send(context, introduced(context, reply));
  }

  /** A poster's code or a link may lead straight to a topic; anything else gets the greeting. */
  async function welcome(context: Talk, ref: string | null): Promise<void> {
    if (ref !== null && isIntent(ref)) return answer(context, { text: '', choiceId: ref });
    const { greeting } = await open(context.event);
    await send(context, said(greeting.text, greeting.suggestions));
  }

  function isIntent(ref: string): boolean {
    return deps.isTopic(ref.split('/')[0] ?? '');
  }

  /** An advertisement's topic is what a question beside it is about. */
  async function rememberTopic(session: Session, ref: string): Promise<void> {
    if (!isIntent(ref)) return;
    const topicId = ref.split('/')[0] ?? null;
    await conversations.openSession({ ...session, topicId, topicAt: now().toISOString() });
  }

  async function handOver(context: Talk, reply: OutgoingReply): Promise<void> {
    const { event } = context;
    await send(context, handedOver(reply, centre));
    const turns = await conversations.listTurns(sessionIdOf(event), TURNS_IN_SUMMARY);
    try {
      await graph.passThread(event.personId, summaryOf(turns));
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      const { kind, code, subcode } = error;
      deps.log.error({ kind, code, subcode }, 'a conversation could not be passed to the Page Inbox');
      return send(context, handOverFailed(reply));
    }
    await hold(event, event.at);
  }

  async function comeBack(event: MessengerEvent, signal: AbortSignal): Promise<Handled> {
    const session = await conversations.loadSession(sessionIdOf(event));
    if (!session?.hold) return 'done';
    const { lastCitizenAt } = session.hold;
    if (lastCitizenAt === null || isTooLate(Date.parse(lastCitizenAt), WINDOW_MS)) {
      // Nothing may be sent now. The next message finds the staff's time over, and the assistant says who it is.
      const lastStaffAt = new Date(0).toISOString();
      await conversations.openSession({ ...session, hold: { ...session.hold, lastStaffAt } });
      return 'too-late';
    }
    await sendTo(event, renderReply(handedBack(centre)), { signal, windowFrom: Date.parse(lastCitizenAt) });
    await conversations.openSession({ ...session, hold: undefined });
    return 'done';
  }

  async function standBack(event: MessengerEvent): Promise<void> {
    await hold(event, null);
  }

  /** Staff have the conversation from now on; `citizenAt`: when the person last wrote, if the event tells. */
  async function hold(event: MessengerEvent, citizenAt: number | null): Promise<void> {
    const known = await conversations.loadSession(sessionIdOf(event));
    const session = known ?? (await open(event)).session;
    const lastCitizenAt =
      citizenAt === null
        ? (session.hold?.lastCitizenAt ?? known?.lastTurnAt ?? null)
        : new Date(citizenAt).toISOString();
    const at = now().toISOString();
    await conversations.openSession({ ...session, lastTurnAt: at, hold: { lastStaffAt: at, lastCitizenAt } });
  }

  /** The citizen wrote to staff: the window of the assistant's next message is reckoned from here. */
  async function noteCitizen(event: MessengerEvent): Promise<void> {
    const session = await conversations.loadSession(sessionIdOf(event));
    if (!session?.hold) return hold(event, event.at);
    const lastCitizenAt = new Date(event.at).toISOString();
    const lastTurnAt = now().toISOString();
    await conversations.openSession({ ...session, lastTurnAt, hold: { ...session.hold, lastCitizenAt } });
  }

  function isWithStaff({ hold: held }: Session): boolean {
    return held !== undefined && !isTooLate(Date.parse(held.lastStaffAt), STAFF_QUIET_MS);
  }

  /** The text goes from the inbox and from every turn that it or an edit of it had. */
  async function forgetMessage(personId: string, messageId: string): Promise<void> {
    const edits = Array.from({ length: MOST_EDITS }, (_, i) => `edit:${messageId}:${i + 1}`);
    for (const id of [messageId, ...edits]) {
      const turn = await conversations.findTurnByMessage(sessionIdOf({ personId }), id);
      if (turn) await conversations.forgetTurn(turn.id);
    }
    await deps.inbox.forget('messenger', messageId);
  }

  /** One private message to whoever asked something below a post; nothing to a remark that is no question of ours. */
  async function answerComment(event: Comment, signal: AbortSignal): Promise<Handled> {
    if (!centre.messenger?.answerComments) return 'silent';
    if (isTooLate(event.at, COMMENT_WINDOW_MS)) return 'too-late';
    const sessionId = `messenger-comment-${event.commentId}`;
    if (!(await conversations.loadSession(sessionId)))
      await deps.openSession({ personId: event.personId, sessionId });
    const incoming = incomingOf(event, { text: event.text, choiceId: null });
    const reply = await deps.ask({ ...incoming, conversationId: sessionId });
    if (!isWorthAMessage(reply)) return 'silent';
    const [message] = renderReply(privateReply(reply, centre));
    if (message) await graph.sendMessage({ comment_id: event.commentId }, message, signal);
    return 'done';
  }

  async function send({ event, signal, courtesy }: Talk, reply: Reply): Promise<void> {
    await courtesy;
    await sendTo(event, renderReply(reply), { signal, windowFrom: event.at });
  }

  async function sendTo(
    event: MessengerEvent,
    messages: MessengerMessage[],
    { signal, windowFrom }: { signal: AbortSignal; windowFrom: number },
  ): Promise<void> {
    const left = unsent.get(event.id) ?? [...messages];
    for (let message = left[0]; message; message = left[0]) {
      if (isTooLate(windowFrom, WINDOW_MS)) break;
      unsent.set(event.id, left);
      await graph.sendMessage({ id: event.personId }, message, signal).catch(error => {
        if (error instanceof GraphError && !isWorthWaiting(error)) unsent.delete(event.id);
        throw error;
      });
      left.shift();
    }
    unsent.delete(event.id);
  }

  function introduced({ isIntroduced }: Talk, reply: Reply): Reply {
    // In an emergency every line but the number is in the way.
    if (isIntroduced || reply.topic?.group === 'emergency') return reply;
    return { ...reply, text: `${introduction(centre)}\n\n${reply.text}` };
  }

  async function beCourteous(personId: string): Promise<void> {
    const actions = Promise.all([
      graph.senderAction(personId, 'mark_seen'),
      graph.senderAction(personId, 'typing_on'),
    ]);
    await Promise.race([actions, pause(COURTESY_MS)]);
  }

  function open({ personId }: MessengerEvent) {
    return deps.openSession({ personId, sessionId: sessionIdOf({ personId }) });
  }

  function isTooLate(at: number, window: number): boolean {
    return now().getTime() - at >= window;
  }

  return { handle, standBack };
}

type Comment = Extract<MessengerEvent, { kind: 'comment' }>;

type Talk = {
  event: MessengerEvent;
  signal: AbortSignal;
  session: Session;
  courtesy: Promise<void>;
  /** The person knows that an automatic assistant speaks. */
  isIntroduced: boolean;
};

function sessionIdOf({ personId }: { personId: string }): string {
  return `messenger-${personId}`;
}

function incomingOf(
  event: MessengerEvent,
  { text, choiceId }: { text: string; choiceId: string | null },
): IncomingMessage {
  return {
    channel: 'messenger',
    conversationId: sessionIdOf(event),
    personId: event.personId,
    messageId: event.id,
    text,
    choiceId,
    receivedAt: new Date(event.at),
  };
}

function isWorthAMessage({ outcome, topic, choices }: Reply): boolean {
  if (outcome === 'answered') return topic?.group !== 'smalltalk';
  return outcome === 'handover' || (outcome === 'clarification' && choices.length > 0);
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms).unref());
}
