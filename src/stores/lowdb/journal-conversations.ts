import type { ChannelName } from '../../domain/conversation.ts';
import type { ConversationStore, TurnCommit } from '../store.ts';
import {
  isSessionOver,
  messageKey,
  repeatedMessage,
  repeatsWords,
  sessionWithout,
  unknownTurn,
} from '../store-rules.ts';
import type { JournalRecord } from './journal-lines.ts';
import type { TurnJournal } from './turn-journal.ts';

/** Conversations kept in the turn journal. */
export function journalConversations(journal: TurnJournal, now: () => Date): ConversationStore {
  const { memory } = journal;
  const onTheWay = new Set<string>();

  return {
    openSession: session => journal.append({ kind: 'session', session }),
    loadSession: async id => {
      const session = memory.sessions.get(id);
      return session === undefined || isSessionOver(session, now()) ? null : structuredClone(session);
    },
    commitTurn: async commit => {
      const { sessionId, messageId } = commit.turn;
      const key = messageKey(sessionId, messageId);
      if (onTheWay.has(key) || memory.turnOfMessage(sessionId, messageId) !== null)
        throw repeatedMessage(sessionId, messageId);
      onTheWay.add(key);
      await journal.append({ kind: 'turn', ...commit }).finally(() => onTheWay.delete(key));
    },
    findTurn: async id => (await journal.findCommit(id))?.turn ?? null,
    findTurnByMessage: async (sessionId, messageId) => {
      const turnId = memory.turnOfMessage(sessionId, messageId);
      return turnId === null ? null : ((await journal.findCommit(turnId))?.turn ?? null);
    },
    listTurns: async (sessionId, limit) => {
      const ids = memory.turnsOf(sessionId).slice(-limit);
      const commits = await Promise.all(ids.map(id => journal.findCommit(id)));
      return commits.flatMap(commit => commit?.turn ?? []);
    },
    recordFeedback: (turnId, feedback, unanswered) =>
      journal.appendTo(turnId, commit => {
        if (commit === null) throw unknownTurn(turnId);
        const { sessionId, channel, personId } = commit.turn;
        return { kind: 'feedback', turnId, sessionId, channel, personId, feedback, unanswered };
      }),
    findFeedback: async turnId => structuredClone(memory.feedbackOf(turnId)),
    listUnanswered: async () => memory.listUnanswered().map(question => structuredClone(question)),
    forgetTurn: turnId => forgetTurn(journal, turnId),
    forgetPerson: (channel, personId) => forgetPerson(journal, channel, personId),
  };
}

function forgetTurn(journal: TurnJournal, turnId: string): Promise<void> {
  const { memory } = journal;
  return journal.rewriteFrom(turnId, forgotten => {
    const repeating = new Set<string>();
    return {
      mentioning: forgotten.turn.sessionId,
      change: record => {
        if (record.kind === 'turn' && repeatsWords(forgotten, record)) repeating.add(record.turn.id);
        return recordWithout(forgotten, record);
      },
      afterwards: () => {
        memory.forgetTurn(turnId);
        for (const id of repeating) memory.forgetUnanswered(id);
        const session = memory.sessions.get(forgotten.turn.sessionId);
        if (session !== undefined) memory.sessions.set(session.id, sessionWithout(forgotten, session));
      },
    };
  });
}

function recordWithout(forgotten: TurnCommit, record: JournalRecord): JournalRecord | null {
  if (record.kind === 'feedback') return record.turnId === forgotten.turn.id ? null : record;
  const session = sessionWithout(forgotten, record.session);
  if (record.kind === 'turn' && record.turn.id === forgotten.turn.id) return { kind: 'session', session };
  if (record.kind === 'turn' && repeatsWords(forgotten, record))
    return { ...record, session, unanswered: null };
  return session === record.session ? record : { ...record, session };
}

function forgetPerson(journal: TurnJournal, channel: ChannelName, personId: string): Promise<void> {
  const { memory } = journal;
  const turnIds = new Set<string>();
  const isTheirs = (owned: { channel: ChannelName; personId: string }) =>
    owned.channel === channel && owned.personId === personId;
  return journal.rewriteAll({
    mentioning: personId,
    change: record => {
      const owned =
        record.kind === 'turn' ? record.turn : record.kind === 'session' ? record.session : record;
      if (!isTheirs(owned)) return record;
      if (record.kind === 'turn') turnIds.add(record.turn.id);
      return null;
    },
    afterwards: () => {
      for (const id of turnIds) memory.forgetTurn(id);
      for (const session of memory.sessions.values())
        if (isTheirs(session)) memory.sessions.delete(session.id);
    },
  });
}
