import type { Feedback, Session, Turn, UnansweredQuestion } from '../../domain/conversation.ts';
import type { KnowledgeSnapshot, TopicRecord } from '../../domain/knowledge.ts';
import type { Login, OneTimeLink, StaffAccount } from '../../domain/staff.ts';
import type {
  ConversationStore,
  InboxEvent,
  InboxStore,
  KnowledgeStore,
  StaffStore,
  Store,
  TurnCommit,
} from '../store.ts';
import {
  earliestFirst,
  findByEmail,
  isInboxIdOver,
  isSessionOver,
  messageKey,
  oldestFirst,
  refuseStaleRecords,
  refuseTakenEmail,
  repeatedMessage,
  repeatsWords,
  sessionWithout,
  unknownTurn,
} from '../store-rules.ts';

/** A working store that lives as long as the process: for tests and for commands that write nothing. */
export function createMemoryStore({ now = () => new Date() }: { now?: () => Date } = {}): Store {
  return {
    knowledge: createKnowledge(),
    conversations: createConversations(now),
    staff: createStaff(),
    inbox: createInbox(now),
    close: async () => {},
  };
}

// Values are cloned on the way in and out: as in any other store, what a caller holds is its own.
const copy = <T>(value: T): T => structuredClone(value);
const copyOrNull = <T>(value: T | undefined): T | null => (value === undefined ? null : copy(value));

function createKnowledge(): KnowledgeStore {
  const records = new Map<string, TopicRecord>();
  let current: KnowledgeSnapshot | null = null;
  return {
    listTopicRecords: async () => copy([...records.values()].sort((a, b) => (a.id < b.id ? -1 : 1))),
    findTopicRecord: async id => copyOrNull(records.get(id)),
    saveTopicRecords: async saved => {
      refuseStaleRecords(saved, id => records.get(id)?.version ?? 0);
      for (const record of saved) records.set(record.id, copy(record));
    },
    currentSnapshot: async () => copy(current),
    publishSnapshot: async snapshot => {
      current = copy(snapshot);
    },
  };
}

type KeptFeedback = { feedback: Feedback; unanswered: UnansweredQuestion | null };

function createConversations(now: () => Date): ConversationStore {
  const sessions = new Map<string, Session>();
  const commits = new Map<string, TurnCommit>();
  const turnOfMessage = new Map<string, string>();
  const feedbacks = new Map<string, KeptFeedback>();

  function dropTurn(turn: Turn): void {
    commits.delete(turn.id);
    turnOfMessage.delete(messageKey(turn.sessionId, turn.messageId));
    feedbacks.delete(turn.id);
  }

  return {
    openSession: async session => {
      sessions.set(session.id, copy(session));
    },
    loadSession: async id => {
      const session = sessions.get(id);
      return session === undefined || isSessionOver(session, now()) ? null : copy(session);
    },
    commitTurn: async commit => {
      const { turn, session } = commit;
      const key = messageKey(turn.sessionId, turn.messageId);
      if (turnOfMessage.has(key)) throw repeatedMessage(turn.sessionId, turn.messageId);
      turnOfMessage.set(key, turn.id);
      commits.set(turn.id, copy(commit));
      sessions.set(session.id, copy(session));
    },
    findTurn: async id => copyOrNull(commits.get(id)?.turn),
    findTurnByMessage: async (sessionId, messageId) => {
      const turnId = turnOfMessage.get(messageKey(sessionId, messageId));
      return copyOrNull(commits.get(turnId ?? '')?.turn);
    },
    listTurns: async (sessionId, limit) => {
      const turns = [...commits.values()].map(({ turn }) => turn);
      return copy(turns.filter(turn => turn.sessionId === sessionId).slice(-limit));
    },
    recordFeedback: async (turnId, feedback, unanswered) => {
      if (!commits.has(turnId)) throw unknownTurn(turnId);
      feedbacks.set(turnId, copy({ feedback, unanswered }));
    },
    findFeedback: async turnId => copyOrNull(feedbacks.get(turnId)?.feedback),
    listUnanswered: async () => {
      const kept = [...commits.values(), ...feedbacks.values()].flatMap(({ unanswered }) => unanswered ?? []);
      return copy(oldestFirst(kept));
    },
    forgetTurn: async turnId => {
      const forgotten = commits.get(turnId);
      if (forgotten === undefined) return;
      dropTurn(forgotten.turn);
      for (const [id, session] of sessions) sessions.set(id, sessionWithout(forgotten, session));
      for (const commit of commits.values()) if (repeatsWords(forgotten, commit)) commit.unanswered = null;
    },
    forgetPerson: async (channel, personId) => {
      const isTheirs = (owned: Session | Turn) => owned.channel === channel && owned.personId === personId;
      for (const { turn } of [...commits.values()]) if (isTheirs(turn)) dropTurn(turn);
      for (const session of [...sessions.values()]) if (isTheirs(session)) sessions.delete(session.id);
    },
  };
}

function createStaff(): StaffStore {
  const accounts = new Map<string, StaffAccount>();
  const logins = new Map<string, Login>();
  const links = new Map<string, OneTimeLink>();
  return {
    listAccounts: async () => copy([...accounts.values()]),
    findAccountByEmail: async email => copyOrNull(findByEmail([...accounts.values()], email)),
    findAccount: async id => copyOrNull(accounts.get(id)),
    saveAccount: async account => {
      refuseTakenEmail([...accounts.values()], account);
      accounts.set(account.id, copy(account));
    },
    saveLogin: async login => {
      logins.set(login.tokenHash, copy(login));
    },
    findLogin: async tokenHash => copyOrNull(logins.get(tokenHash)),
    deleteLogin: async tokenHash => {
      logins.delete(tokenHash);
    },
    saveLink: async link => {
      for (const other of [...links.values()])
        if (other.purpose === link.purpose) links.delete(other.tokenHash);
      links.set(link.tokenHash, copy(link));
    },
    findLink: async tokenHash => copyOrNull(links.get(tokenHash)),
    takeLink: async tokenHash => {
      const link = links.get(tokenHash);
      links.delete(tokenHash);
      return copyOrNull(link);
    },
  };
}

function createInbox(now: () => Date): InboxStore {
  const seen = new Map<string, number>();
  const open = new Map<string, InboxEvent>();
  const keyOf = ({ channel, id }: Pick<InboxEvent, 'channel' | 'id'>) => messageKey(channel, id);

  function isNew(event: InboxEvent): boolean {
    const key = keyOf(event);
    const recordedAt = seen.get(key);
    if (recordedAt !== undefined && (open.has(key) || !isInboxIdOver(recordedAt, now()))) return false;
    seen.set(key, now().getTime());
    open.set(key, copy(event));
    return true;
  }

  const done: InboxStore['done'] = async (channel, id) => void open.delete(keyOf({ channel, id }));
  return {
    record: async events => copy(events.filter(isNew)),
    pending: async () => copy(earliestFirst([...open.values()])),
    done,
    forget: done,
    forgetPerson: async (channel, personId) => {
      for (const [key, event] of open)
        if (event.channel === channel && event.personId === personId) open.delete(key);
    },
  };
}
