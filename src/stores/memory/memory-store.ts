import type { Feedback, Session, Turn, UnansweredQuestion } from '../../domain/conversation.ts';
import type { KnowledgeSnapshot, TopicRecord } from '../../domain/knowledge.ts';
import type { Login, OneTimeLink, StaffAccount } from '../../domain/staff.ts';
import type { ConversationStore, KnowledgeStore, StaffStore, Store } from '../store.ts';
import {
  findByEmail,
  isSessionOver,
  messageKey,
  refuseStaleRecords,
  refuseTakenEmail,
  repeatedMessage,
  unknownTurn,
} from '../store-rules.ts';

/** A working store that lives as long as the process: for tests and for commands that write nothing. */
export function createMemoryStore({ now = () => new Date() }: { now?: () => Date } = {}): Store {
  return {
    knowledge: createKnowledge(),
    conversations: createConversations(now),
    staff: createStaff(),
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
  const turns = new Map<string, Turn>();
  const turnOfMessage = new Map<string, string>();
  const unansweredOfTurn = new Map<string, UnansweredQuestion>();
  const feedbacks = new Map<string, KeptFeedback>();

  function dropTurn(turn: Turn): void {
    turns.delete(turn.id);
    turnOfMessage.delete(messageKey(turn.sessionId, turn.messageId));
    unansweredOfTurn.delete(turn.id);
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
    commitTurn: async ({ turn, session, unanswered }) => {
      const key = messageKey(turn.sessionId, turn.messageId);
      if (turnOfMessage.has(key)) throw repeatedMessage(turn.sessionId, turn.messageId);
      turns.set(turn.id, copy(turn));
      turnOfMessage.set(key, turn.id);
      sessions.set(session.id, copy(session));
      if (unanswered !== null) unansweredOfTurn.set(turn.id, copy(unanswered));
    },
    findTurn: async id => copyOrNull(turns.get(id)),
    findTurnByMessage: async (sessionId, messageId) =>
      copyOrNull(turns.get(turnOfMessage.get(messageKey(sessionId, messageId)) ?? '')),
    recordFeedback: async (turnId, feedback, unanswered) => {
      if (!turns.has(turnId)) throw unknownTurn(turnId);
      feedbacks.set(turnId, copy({ feedback, unanswered }));
    },
    findFeedback: async turnId => copyOrNull(feedbacks.get(turnId)?.feedback),
    listUnanswered: async () => {
      const ofFeedback = [...feedbacks.values()].flatMap(({ unanswered }) => unanswered ?? []);
      return copy(
        [...unansweredOfTurn.values(), ...ofFeedback].sort((a, b) =>
          a.at < b.at ? -1 : a.at > b.at ? 1 : 0,
        ),
      );
    },
    forgetTurn: async turnId => {
      const turn = turns.get(turnId);
      if (turn === undefined) return;
      dropTurn(turn);
      const session = sessions.get(turn.sessionId);
      if (session?.pending?.question === turn.question) session.pending = null;
      for (const [id, { sessionId, text }] of unansweredOfTurn)
        if (sessionId === turn.sessionId && text === turn.question && turns.get(id)?.question !== text)
          unansweredOfTurn.delete(id);
    },
    forgetPerson: async (channel, personId) => {
      const isTheirs = (owned: Session | Turn) => owned.channel === channel && owned.personId === personId;
      for (const turn of [...turns.values()].filter(isTheirs)) dropTurn(turn);
      for (const session of [...sessions.values()].filter(isTheirs)) sessions.delete(session.id);
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
