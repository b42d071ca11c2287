import type { ChannelName, Feedback, Session, Turn, UnansweredQuestion } from '../domain/conversation.ts';
import type { KnowledgeSnapshot, TopicRecord } from '../domain/knowledge.ts';
import type { Login, OneTimeLink, StaffAccount } from '../domain/staff.ts';

/**
 * The store port. Every adapter passes `test/contracts/store-contract.ts`.
 * A promise that resolves means that the data survives the death of the process.
 */
export interface Store {
  readonly knowledge: KnowledgeStore;
  readonly conversations: ConversationStore;
  readonly staff: StaffStore;
  readonly inbox: InboxStore;
  close(): Promise<void>;
}

export interface KnowledgeStore {
  listTopicRecords(): Promise<TopicRecord[]>;
  findTopicRecord(id: string): Promise<TopicRecord | null>;
  /**
   * Saves records whose `version` is one more than the stored one (1 for a new record).
   * @throws AppError `conflict` when another save came between; then none of the batch is saved.
   */
  saveTopicRecords(records: TopicRecord[]): Promise<void>;
  /** The live knowledge, or null before the first publication. */
  currentSnapshot(): Promise<KnowledgeSnapshot | null>;
  /** Writes the snapshot, then makes it the live one: a crash leaves the old or the new, never a mixture. */
  publishSnapshot(snapshot: KnowledgeSnapshot): Promise<void>;
}

/** What one turn leaves behind, saved together or not at all. */
export type TurnCommit = { turn: Turn; session: Session; unanswered: UnansweredQuestion | null };

/** A session that has been silent for longer is over; its turns stay. */
export const SESSION_LIFETIME_HOURS = 24;

export interface ConversationStore {
  /** Inserts or replaces by id. */
  openSession(session: Session): Promise<void>;
  /** The session, or null when it is unknown or over. */
  loadSession(id: string): Promise<Session | null>;
  /** @throws AppError `conflict` when the session's message (`sessionId`, `messageId`) already has its turn. */
  commitTurn(commit: TurnCommit): Promise<void>;
  findTurn(id: string): Promise<Turn | null>;
  /** The turn that a repeated message already had, or null. Sure only within the session's lifetime. */
  findTurnByMessage(sessionId: string, messageId: string): Promise<Turn | null>;
  /** The last turns of a session, oldest first. Sure only within the session's lifetime. */
  listTurns(sessionId: string, limit: number): Promise<Turn[]>;
  /**
   * The last feedback of a turn wins; `unanswered` is stored with it when the turn did not help, and goes
   * when a later feedback brings none.
   * @throws AppError `turn-not-found` for a turn that is unknown or forgotten: its words must not come back.
   */
  recordFeedback(turnId: string, feedback: Feedback, unanswered: UnansweredQuestion | null): Promise<void>;
  findFeedback(turnId: string): Promise<Feedback | null>;
  /** Oldest first. */
  listUnanswered(): Promise<UnansweredQuestion[]>;
  /** Removes the turn's words for good: question, reply, unanswered question and feedback. The session stays. */
  forgetTurn(turnId: string): Promise<void>;
  /** Removes all sessions and turns of a person for good. */
  forgetPerson(channel: ChannelName, personId: string): Promise<void>;
}

/** What a platform delivered, as its channel parsed it: kept until it is answered. */
export type InboxEvent = {
  /** Unique within the channel; a repeated delivery has the same. */
  id: string;
  channel: ChannelName;
  personId: string;
  /** When the person did it, milliseconds since 1970. */
  at: number;
  /** The channel's own, as JSON; may hold a citizen's words, so that it goes when the event is done. */
  body: unknown;
};

/** An event's id is remembered for this long, done or not. */
export const INBOX_MEMORY_DAYS = 3;

/** Platforms deliver once and do not ask again: what was acknowledged has to be here first. */
export interface InboxStore {
  /** Keeps those that were not recorded before, and returns them; a repeat of what is on its way waits for that. */
  record(events: InboxEvent[]): Promise<InboxEvent[]>;
  /** What is not done, oldest first by `at`. */
  pending(): Promise<InboxEvent[]>;
  /** The event needs nothing more: its body goes soon after. Unknown ids are passed over. */
  done(channel: ChannelName, id: string): Promise<void>;
  /** Removes the body for good before it returns, done or not; the id stays known. */
  forget(channel: ChannelName, id: string): Promise<void>;
  /** The same for all events of a person. */
  forgetPerson(channel: ChannelName, personId: string): Promise<void>;
}

export interface StaffStore {
  listAccounts(): Promise<StaffAccount[]>;
  findAccountByEmail(email: string): Promise<StaffAccount | null>;
  findAccount(id: string): Promise<StaffAccount | null>;
  /** Inserts or replaces by id. @throws AppError `conflict` when another account has the e-mail. */
  saveAccount(account: StaffAccount): Promise<void>;
  saveLogin(login: Login): Promise<void>;
  findLogin(tokenHash: string): Promise<Login | null>;
  deleteLogin(tokenHash: string): Promise<void>;
  /** Replaces any link of the same purpose. */
  saveLink(link: OneTimeLink): Promise<void>;
  findLink(tokenHash: string): Promise<OneTimeLink | null>;
  /** Removes and returns the link: of two callers one gets it, the other null. */
  takeLink(tokenHash: string): Promise<OneTimeLink | null>;
}
