import type { WireCentre, WireMessage, WireReply, WireSession } from '../../channels/web/wire.ts';
import type { Suggestion } from '../../domain/conversation.ts';
import { type Api, ApiFailure } from './api.ts';
import { TEXTS } from './texts.ts';

/** What the citizen asked or tapped. `id` is its message id: the server answers a repeat only once. */
export type Question = {
  kind: 'question';
  id: string;
  text: string;
  choiceId: string | null;
  status: 'sending' | 'sent' | 'failed';
  /** Why it failed, in words for the citizen. */
  failure: string | null;
};

export type Answer = {
  kind: 'answer';
  id: string;
  reply: WireReply;
  helpful: boolean | null;
  feedbackFailed: boolean;
};

export type Conversation = {
  sessionId: string | null;
  greeting: string | null;
  starters: Suggestion[];
  centre: WireCentre | null;
  entries: (Question | Answer)[];
  opening: 'not-yet' | 'under-way' | 'done' | 'failed';
};

/** Keeps the conversation over a reload of the page; the browser's session storage, where there is one. */
export type SavedConversation = { load(): Conversation | null; save(conversation: Conversation): void };

export type ConversationStore = {
  current(): Conversation;
  /** Calls back after each change; returns the way to stop. */
  subscribe(listener: () => void): () => void;
  /** Opens a session and shows its greeting, unless there is one. Never throws. */
  open(): Promise<void>;
  /** Sends a question, or a tap with its `choiceId`. Never throws: a failure stays with the question. */
  ask(text: string, choiceId?: string): Promise<void>;
  resend(questionId: string): Promise<void>;
  rate(turnId: string, helpful: boolean): Promise<void>;
  restart(): Promise<void>;
};

const NOTHING: Conversation = {
  sessionId: null,
  greeting: null,
  starters: [],
  centre: null,
  entries: [],
  opening: 'not-yet',
};

export function createConversation(
  api: Api,
  saved: SavedConversation,
  newId: () => string,
): ConversationStore {
  let state = settle(saved.load() ?? NOTHING);
  /** Counts the restarts: an answer to an earlier conversation is dropped. */
  let era = 0;
  let opening: Promise<void> | null = null;
  const listeners = new Set<() => void>();

  const change = (changes: Partial<Conversation>) => {
    state = { ...state, ...changes };
    saved.save(state);
    for (const listener of listeners) listener();
  };
  const changeQuestion = (id: string, changes: Partial<Question>) =>
    change({
      entries: state.entries.map(e => (e.kind === 'question' && e.id === id ? { ...e, ...changes } : e)),
    });
  const changeAnswer = (id: string, changes: Partial<Answer>) =>
    change({
      entries: state.entries.map(e => (e.kind === 'answer' && e.id === id ? { ...e, ...changes } : e)),
    });

  /** Two callers at once share one session. @throws ApiFailure */
  const needSession = async (): Promise<string> => {
    if (state.sessionId === null) {
      opening ??= openNew();
      await opening;
    }
    // A restart came between; whoever waited is of an earlier conversation, and is dropped.
    if (state.sessionId === null) throw new ApiFailure('offline');
    return state.sessionId;
  };

  const openNew = async () => {
    const startedIn = era;
    change({ opening: 'under-way' });
    try {
      const session = await api.openSession();
      if (startedIn === era) change(opened(state, session));
    } catch (error) {
      if (startedIn === era) change({ opening: 'failed' });
      throw error;
    } finally {
      if (startedIn === era) opening = null;
    }
  };

  /** A session that the server no longer knows is replaced without a word. @throws ApiFailure */
  const sendMessage = async (message: WireMessage): Promise<WireReply> => {
    const startedIn = era;
    try {
      return await api.sendMessage(await needSession(), message);
    } catch (error) {
      const isGone = error instanceof ApiFailure && error.code === 'session-not-found';
      if (!isGone || startedIn !== era) throw error;
      change({ sessionId: null });
      return api.sendMessage(await needSession(), message);
    }
  };

  const send = async (question: Question) => {
    const startedIn = era;
    try {
      const reply = await sendMessage(messageOf(question));
      if (startedIn !== era) return;
      changeQuestion(question.id, { status: 'sent', failure: null });
      change({ entries: withAnswer(state.entries, reply) });
    } catch (error) {
      if (startedIn !== era) return;
      changeQuestion(question.id, { status: 'failed', failure: inWords(error) });
    }
  };

  return {
    current: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async open() {
      if (state.opening === 'under-way') return;
      await needSession().catch(() => undefined);
    },
    async ask(text, choiceId) {
      const id = newId();
      const question: Question = {
        kind: 'question',
        id,
        text,
        choiceId: choiceId ?? null,
        status: 'sending',
        failure: null,
      };
      change({ entries: [...state.entries, question] });
      await send(question);
    },
    async resend(questionId) {
      const question = state.entries.find(e => e.kind === 'question' && e.id === questionId);
      if (question?.kind !== 'question' || question.status !== 'failed') return;
      const again: Question = { ...question, status: 'sending', failure: null };
      change({ entries: [...state.entries.filter(e => e !== question), again] });
      await send(again);
    },
    async rate(turnId, helpful) {
      const before = state.entries.find(e => e.kind === 'answer' && e.id === turnId);
      if (before?.kind !== 'answer' || before.helpful === helpful) return;
      changeAnswer(turnId, { helpful, feedbackFailed: false });
      await api
        .sendFeedback(turnId, { helpful })
        .catch(() => changeAnswer(turnId, { helpful: before.helpful, feedbackFailed: true }));
    },
    async restart() {
      era += 1;
      opening = null;
      change({ ...NOTHING, centre: state.centre });
      await needSession().catch(() => undefined);
    },
  };
}

export function isWaiting(conversation: Conversation): boolean {
  return conversation.entries.some(entry => entry.kind === 'question' && entry.status === 'sending');
}

function opened(state: Conversation, session: WireSession): Partial<Conversation> {
  const { sessionId, greeting, suggestions, centre } = session;
  const changes = { sessionId, centre, opening: 'done' } as const;
  // The greeting stays the first thing said: a session opened anew under way does not repeat it.
  return state.greeting === null ? { ...changes, greeting, starters: suggestions } : changes;
}

/** What was under way when the page was left is not known to have arrived: it may be sent again. */
function settle(state: Conversation): Conversation {
  const entries = state.entries.map(entry =>
    entry.kind === 'question' && entry.status === 'sending'
      ? { ...entry, status: 'failed' as const, failure: TEXTS.offline }
      : entry,
  );
  return { ...state, entries, opening: state.sessionId === null ? 'not-yet' : 'done' };
}

function messageOf({ id, text, choiceId }: Question): WireMessage {
  return choiceId === null ? { text, messageId: id } : { choiceId, messageId: id };
}

function withAnswer(entries: Conversation['entries'], reply: WireReply): Conversation['entries'] {
  if (entries.some(entry => entry.kind === 'answer' && entry.id === reply.turnId)) return entries;
  return [...entries, { kind: 'answer', id: reply.turnId, reply, helpful: null, feedbackFailed: false }];
}

function inWords(error: unknown): string {
  if (!(error instanceof ApiFailure)) return TEXTS.broken;
  if (error.kind === 'offline') return TEXTS.offline;
  if (error.kind === 'timeout') return TEXTS.slow;
  const message = error.publicMessage ?? TEXTS.broken;
  return error.errorId ? `${message} ${TEXTS.errorId(error.errorId)}` : message;
}
