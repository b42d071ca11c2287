import type { Session } from '../domain/conversation.ts';
import type { TopicRecord } from '../domain/knowledge.ts';
import type { StaffAccount } from '../domain/staff.ts';
import { AppError } from '../errors.ts';
import { SESSION_LIFETIME_HOURS } from './store.ts';

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
