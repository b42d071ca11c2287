import { open, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { ChannelName, Feedback, Session, UnansweredQuestion } from '../../domain/conversation.ts';
import type { TurnCommit } from '../store.ts';
import { isMissing } from './durable-file.ts';

/** One line of the journal. Feedback names its person, so that a person can be forgotten line by line. */
export type JournalRecord =
  | { kind: 'session'; session: Session }
  | ({ kind: 'turn' } & TurnCommit)
  | FeedbackRecord;

type FeedbackRecord = {
  kind: 'feedback';
  turnId: string;
  sessionId: string;
  channel: ChannelName;
  personId: string;
  feedback: Feedback;
  unanswered: UnansweredQuestion | null;
};

/** The beginning of the line of a turn that left no unanswered question; its id follows. */
const PLAIN_TURN = Buffer.from('{"kind":"turn","failed":false,"id":"');
const NEWLINE = 10;
const QUOTE = 34;
const CHUNK_BYTES = 1 << 20;

export function encodeRecord(record: JournalRecord): Buffer {
  if (record.kind !== 'turn') return Buffer.from(`${JSON.stringify(record)}\n`);
  const { turn, session, unanswered } = record;
  const failed = unanswered !== null;
  return Buffer.from(`${JSON.stringify({ kind: 'turn', failed, id: turn.id, turn, session, unanswered })}\n`);
}

/** Null for a damaged line. */
export function decodeLine(line: Buffer): JournalRecord | null {
  try {
    const record = JSON.parse(line.toString()) as JournalRecord;
    return ['session', 'turn', 'feedback'].includes(record.kind) ? record : null;
  } catch {
    return null;
  }
}

/** The turn's id where that is all that an old line tells: start-up reads a year of them. Null: decode the line. */
export function plainTurnId(line: Buffer): string | null {
  if (!line.subarray(0, PLAIN_TURN.length).equals(PLAIN_TURN)) return null;
  const id = line.toString('utf8', PLAIN_TURN.length, line.indexOf(QUOTE, PLAIN_TURN.length));
  return id.includes('\\') ? null : id;
}

/** `line` is without its newline; `offset` counts bytes from the beginning of the file. */
export type JournalLine = { line: Buffer; offset: number };

/**
 * The whole lines of a file, in groups. Gives back where the last whole line ends: what follows is a line
 * that a kill cut short, and whose turn was never acknowledged.
 */
export async function* readLines(file: string): AsyncGenerator<JournalLine[], { end: number; size: number }> {
  const handle = await open(file, 'r');
  try {
    let rest: Buffer = Buffer.alloc(0);
    let end = 0;
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, end + rest.length);
      if (bytesRead === 0) return { end, size: end + rest.length };
      const bytes = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      const lines = splitLines(bytes, end);
      const last = lines.at(-1);
      const whole = last === undefined ? 0 : last.offset - end + last.line.length + 1;
      rest = bytes.subarray(whole);
      end += whole;
      yield lines;
    }
  } finally {
    await handle.close();
  }
}

function splitLines(bytes: Buffer, offset: number): JournalLine[] {
  const lines: JournalLine[] = [];
  for (let start = 0; ; ) {
    const newline = bytes.indexOf(NEWLINE, start);
    if (newline === -1) return lines;
    lines.push({ line: bytes.subarray(start, newline), offset: offset + start });
    start = newline + 1;
  }
}

export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
}

export function dayFile(folder: string, day: string): string {
  return path.join(folder, `${day}.jsonl`);
}

/** The days that have a journal, oldest first. */
export async function listDays(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names.flatMap(name => /^(\d{4}-\d\d-\d\d)\.jsonl$/.exec(name)?.[1] ?? []).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
