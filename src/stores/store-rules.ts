import type { Session } from '../domain/conversation.ts';
import type { TopicRecord } from '../domain/knowledge.ts';
import type { StaffAccount } from '../domain/staff.ts';
import { AppError } from '../errors.ts';
import { INBOX_MEMORY_DAYS, type InboxEvent, SESSION_LIFETIME_HOURS, type TurnCommit } from './store.ts';

/** Rules of the port that the embedded adapters share; a database states them as constraints. */

/** @throws AppError `conflict` unless each record is the next version of the stored one (`storedVersion`: 0 = new). */
export function refuseStaleRecords(records: TopicRecord[], storedVersion: (id: string) => number): void {
  const seen = new Set<string>();
  for (const { id, version } of records) {
    if (version === storedVersion(id) + 1 && !seen.has(id)) {
      seen.add(id);
      continue;
    }
    throw new AppError(
      'conflict',
      `Topic ${id} was saved by someone else: load it again and redo the change.`,
      {
        details: { topicId: id, offered: version, stored: storedVersion(id) },
      },
    );
  }
}

/** @throws AppError `conflict` when another account already has the e-mail. */
export function refuseTakenEmail(accounts: StaffAccount[], account: StaffAccount): void {
  const holder = findByEmail(accounts, account.email);
  if (holder === undefined || holder.id === account.id) return;
  throw new AppError('conflict', `Account ${holder.id} already has this e-mail: choose another one.`, {
    details: { accountId: holder.id },
  });
}

export function findByEmail(accounts: StaffAccount[], email: string): StaffAccount | undefined {
  return accounts.find(account => account.email.toLowerCase() === email.toLowerCase());
}

export function isSessionOver(session: Session, now: Date): boolean {
  return now.getTime() - Date.parse(session.lastTurnAt) > SESSION_LIFETIME_HOURS * 3_600_000;
}

export function oldestFirst<T extends { at: string }>(items: T[]): T[] {
  return items.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** The order in which people did it; of one instant, the order in which it came. */
export function earliestFirst(events: InboxEvent[]): InboxEvent[] {
  return events.sort((a, b) => a.at - b.at);
}

export function isInboxIdOver(recordedAt: number, now: Date): boolean {
  return now.getTime() - recordedAt > INBOX_MEMORY_DAYS * 86_400_000;
}

export function messageKey(sessionId: string, messageId: string): string {
  return JSON.stringify([sessionId, messageId]);
}

export function repeatedMessage(sessionId: string, messageId: string): AppError {
  return new AppError('conflict', 'This message already has its turn: answer with that one.', {
    details: { sessionId, messageId },
  });
}

export function unknownTurn(turnId: string): AppError {
  return new AppError('turn-not-found', `Turn ${turnId} is unknown or was forgotten.`, {
    details: { turnId },
  });
}

/**
 * A turn's words live on outside of the turn: in the session while it waits for a choice, and in the next turn
 * when the citizen rejects all choices. These two find them there.
 */
export function sessionWithout({ turn, session: after }: TurnCommit, session: Session): Session {
  if (session.id !== turn.sessionId || session.pending === null) return session;
  const { question } = session.pending;
  const isTheirs = question === turn.question || question === after.pending?.question;
  return isTheirs ? { ...session, pending: null } : session;
}

export function repeatsWords({ turn, session }: TurnCommit, of: TurnCommit): boolean {
  const { unanswered } = of;
  if (unanswered === null || of.turn.sessionId !== turn.sessionId) return false;
  if (unanswered.turnId === turn.id) return true;
  const isTheirs = unanswered.text === turn.question || unanswered.text === session.pending?.question;
  return isTheirs && unanswered.text !== of.turn.question;
}
