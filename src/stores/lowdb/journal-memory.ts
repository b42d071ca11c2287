import type { Feedback, Session, UnansweredQuestion } from '../../domain/conversation.ts';
import { isSessionOver, messageKey, oldestFirst } from '../store-rules.ts';
import type { JournalRecord } from './journal-lines.ts';

/** Where a turn's line is; `length` in bytes, without the newline. */
export type Position = { day: string; offset: number; length: number };

/** Of one recent day. */
export type DayPlaces = { turns: Map<string, Position>; turnOfMessage: Map<string, string> };

export function newDayPlaces(): DayPlaces {
  return { turns: new Map(), turnOfMessage: new Map() };
}

export function addPlace(places: DayPlaces, record: JournalRecord, position: Position): void {
  if (record.kind !== 'turn') return;
  const { id, sessionId, messageId } = record.turn;
  places.turns.set(id, position);
  places.turnOfMessage.set(messageKey(sessionId, messageId), id);
}

/**
 * What the process remembers of the journal. It grows with the sessions of a day, the turns of three days
 * (about 200 bytes each), four bytes for every older turn, and the unanswered questions and feedback
 * within retention; the turns themselves stay on the disk.
 */
export class JournalMemory {
  readonly sessions = new Map<string, Session>();
  readonly #recent = new Map<string, DayPlaces>();
  readonly #older = new Map<string, Uint32Array>();
  readonly #unanswered = new Map<string, UnansweredQuestion>();
  readonly #feedback = new Map<string, { feedback: Feedback; unanswered: UnansweredQuestion | null }>();

  /** Takes in what a line says, lines in the order in which they were written. */
  apply(record: JournalRecord): void {
    if (record.kind === 'session') this.sessions.set(record.session.id, record.session);
    if (record.kind === 'turn') {
      this.sessions.set(record.session.id, record.session);
      if (record.unanswered !== null) this.#unanswered.set(record.turn.id, record.unanswered);
    }
    if (record.kind === 'feedback') {
      const { feedback, unanswered } = record;
      this.#feedback.set(record.turnId, { feedback, unanswered });
    }
  }

  /** The places of a recent day's turns; replaces what was known of the day. */
  placeDay(day: string, places: DayPlaces): void {
    this.#recent.set(day, places);
  }

  /** Where an appended turn is. */
  place(day: string, record: JournalRecord, offset: number, length: number): void {
    const places = this.#recent.get(day) ?? newDayPlaces();
    this.#recent.set(day, places);
    addPlace(places, record, { day, offset, length });
  }

  /** Of an older day only a hash of each turn's id is kept: enough to know which file to look through. */
  placeOlderDay(day: string, turnIds: string[]): void {
    this.#older.set(day, Uint32Array.from(turnIds, hash).sort());
  }

  /** Moves days before `firstRecentDay` to the older ones and drops sessions that are over. */
  age(firstRecentDay: string, now: Date): void {
    for (const [day, { turns }] of this.#recent) {
      if (day >= firstRecentDay) continue;
      this.#recent.delete(day);
      this.placeOlderDay(day, [...turns.keys()]);
    }
    for (const [id, session] of this.sessions) if (isSessionOver(session, now)) this.sessions.delete(id);
  }

  positionOf(turnId: string): Position | null {
    for (const { turns } of this.#recent.values()) {
      const position = turns.get(turnId);
      if (position !== undefined) return position;
    }
    return null;
  }

  /** Older days whose file may hold the turn, newest first; almost always one or none. */
  olderDaysOf(turnId: string): string[] {
    const wanted = hash(turnId);
    const days = [...this.#older].filter(([, hashes]) => holds(hashes, wanted)).map(([day]) => day);
    return days.sort().reverse();
  }

  turnOfMessage(sessionId: string, messageId: string): string | null {
    const key = messageKey(sessionId, messageId);
    for (const { turnOfMessage } of this.#recent.values()) {
      const turnId = turnOfMessage.get(key);
      if (turnId !== undefined) return turnId;
    }
    return null;
  }

  /** Ids of a session's turns of the recent days, oldest first. Looks through all of them: for rare occasions. */
  turnsOf(sessionId: string): string[] {
    const days = [...this.#recent].sort(([a], [b]) => (a < b ? -1 : 1));
    const isTheirs = (key: string) => key.startsWith(`${JSON.stringify([sessionId]).slice(0, -1)},`);
    return days.flatMap(([, { turnOfMessage }]) =>
      [...turnOfMessage].flatMap(([key, turnId]) => (isTheirs(key) ? turnId : [])),
    );
  }

  feedbackOf(turnId: string): Feedback | null {
    return this.#feedback.get(turnId)?.feedback ?? null;
  }

  /** Oldest first. */
  listUnanswered(): UnansweredQuestion[] {
    const ofFeedback = [...this.#feedback.values()].flatMap(({ unanswered }) => unanswered ?? []);
    return oldestFirst([...this.#unanswered.values(), ...ofFeedback]);
  }

  forgetTurn(turnId: string): void {
    this.#unanswered.delete(turnId);
    this.#feedback.delete(turnId);
  }

  forgetUnanswered(turnId: string): void {
    this.#unanswered.delete(turnId);
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

function holds(sorted: Uint32Array, wanted: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === wanted;
}
