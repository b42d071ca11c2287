import { type FileHandle, open, truncate } from 'node:fs/promises';
import { vietnamDay } from '../../domain/vietnam-day.ts';
import { AppError } from '../../errors.ts';
import type { TurnCommit } from '../store.ts';
import { PRIVATE_FILE, replaceFile, syncFolder } from './durable-file.ts';
import type { Warn } from './durable-json-file.ts';
import {
  dayFile,
  daysBefore,
  decodeLine,
  encodeRecord,
  type JournalLine,
  type JournalRecord,
  listDays,
  plainTurnId,
  readLines,
} from './journal-lines.ts';
import { addPlace, JournalMemory, newDayPlaces, type Position } from './journal-memory.ts';
import { oneAtATime } from './one-at-a-time.ts';

/**
 * What citizens asked and were told: an append-only file of JSON lines per day in Vietnam.
 *
 * A record is acknowledged once it survives a power cut. Records that come while the disk is busy are written
 * together and share one sync, so the cost of a turn falls as the load rises. Nothing on a citizen's way rewrites
 * a file: only forgetting does.
 *
 * Turns of the last three days are found by their position. Older ones are found by reading through the file of
 * their day, which a hash of the id names; an unknown id costs no reading. At start all days within retention are
 * read through once (some seconds per gigabyte).
 */
export class TurnJournal {
  readonly memory: JournalMemory;
  readonly #folder: string;
  readonly #options: JournalOptions;
  readonly #inOrder = oneAtATime();
  #waiting: Waiting[] = [];
  #today: OpenDay | null = null;
  /** A failed write may have left a part: the file is cut back to what was acknowledged before it is used again. */
  #cutBack: { file: string; size: number } | null = null;
  #closed = false;

  static async open(folder: string, options: JournalOptions): Promise<TurnJournal> {
    const { memory, torn } = await replayJournal(folder, options);
    for (const { file, end, size } of torn) {
      await truncate(file, end);
      options.warn('The journal ended in a line cut short by a kill; the line is removed.', {
        file,
        bytes: size - end,
      });
    }
    return new TurnJournal(folder, options, memory);
  }

  private constructor(folder: string, options: JournalOptions, memory: JournalMemory) {
    this.#folder = folder;
    this.#options = options;
    this.memory = memory;
  }

  /** Resolves when the record survives a power cut. */
  append(record: JournalRecord): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line: encodeRecord(record), resolve, reject });
      if (this.#waiting.length === 1) void this.#inOrder(() => this.#flush());
    });
  }

  findCommit(turnId: string): Promise<TurnCommit | null> {
    return this.#inOrder(async () => (await this.#find(turnId))?.commit ?? null);
  }

  /** Appends what `follow` makes of the turn, with nothing in between: a turn cannot be forgotten meanwhile. */
  appendTo(turnId: string, follow: (commit: TurnCommit | null) => JournalRecord): Promise<void> {
    return this.#inOrder(async () => {
      const found = await this.#find(turnId);
      await this.#write([encodeRecord(follow(found?.commit ?? null))]);
    });
  }

  /** Rewrites the turn's day and all later ones; see `#rewrite`. */
  rewriteFrom(turnId: string, plan: (commit: TurnCommit) => Rewrite): Promise<void> {
    return this.#inOrder(async () => {
      const found = await this.#find(turnId);
      if (found === null) return;
      const days = (await listDays(this.#folder)).filter(day => day >= found.day);
      await this.#rewrite(days, plan(found.commit));
    });
  }

  rewriteAll(rewrite: Rewrite): Promise<void> {
    return this.#inOrder(async () => this.#rewrite(await listDays(this.#folder), rewrite));
  }

  close(): Promise<void> {
    return this.#inOrder(async () => {
      this.#closed = true;
      await this.#closeToday();
    });
  }

  async #flush(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    try {
      await this.#write(batch.map(({ line }) => line));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  async #write(lines: Buffer[]): Promise<void> {
    this.#options.refuseIfLost();
    if (this.#closed) throw new AppError('internal', 'The store is closed: the turn came too late.');
    const today = await this.#openToday();
    const bytes = Buffer.concat(lines);
    try {
      await today.handle.appendFile(bytes);
      await today.handle.datasync();
    } catch (cause) {
      this.#cutBack = { file: today.file, size: today.size };
      await this.#closeToday();
      throw new AppError(
        'internal',
        `${today.file} could not be written. See that the disk is well and has room.`,
        {
          cause,
        },
      );
    }
    this.#remember(today, lines);
    today.size += bytes.length;
  }

  /** Memory takes in the very bytes, so that it never differs from what the next start will read. */
  #remember(today: OpenDay, lines: Buffer[]): void {
    let offset = today.size;
    for (const line of lines) {
      const record = decodeLine(line) as JournalRecord;
      this.memory.apply(record);
      this.memory.place(today.day, record, offset, line.length - 1);
      offset += line.length;
    }
  }

  async #openToday(): Promise<OpenDay> {
    const day = vietnamDay(this.#options.now());
    if (this.#today?.day === day) return this.#today;
    await this.#closeToday();
    await this.#cutBackTorn();
    this.memory.age(firstRecentDay(day), this.#options.now());
    const file = dayFile(this.#folder, day);
    const handle = await open(file, 'a', PRIVATE_FILE);
    await syncFolder(this.#folder);
    this.#today = { day, file, handle, size: (await handle.stat()).size };
    return this.#today;
  }

  async #closeToday(): Promise<void> {
    const handle = this.#today?.handle;
    this.#today = null;
    await handle?.close();
  }

  async #cutBackTorn(): Promise<void> {
    if (this.#cutBack === null) return;
    await truncate(this.#cutBack.file, this.#cutBack.size);
    this.#cutBack = null;
  }

  async #find(turnId: string): Promise<{ day: string; commit: TurnCommit } | null> {
    const position = this.memory.positionOf(turnId);
    if (position !== null) {
      const commit = commitIn(await readAt(this.#folder, position), turnId);
      return commit === null ? null : { day: position.day, commit };
    }
    for (const day of this.memory.olderDaysOf(turnId)) {
      const commit = await findInDay(dayFile(this.#folder, day), turnId);
      if (commit !== null) return { day, commit };
    }
    return null;
  }

  /**
   * Newest day first: a crash on the way leaves the oldest lines, by which the request can be made again.
   * Each day is replaced as a whole, without a copy.
   */
  async #rewrite(days: string[], rewrite: Rewrite): Promise<void> {
    this.#options.refuseIfLost();
    await this.#closeToday();
    await this.#cutBackTorn();
    for (const day of days.toReversed()) {
      const file = dayFile(this.#folder, day);
      if (!(await wouldChange(file, rewrite))) continue;
      await replaceFile(file, rewrittenLines(file, rewrite));
      await this.#placeAgain(day);
    }
    rewrite.afterwards();
  }

  async #placeAgain(day: string): Promise<void> {
    const file = dayFile(this.#folder, day);
    if (day < firstRecentDay(vietnamDay(this.#options.now()))) {
      this.memory.placeOlderDay(day, (await readOlderDay(file, () => {})).turnIds);
    } else {
      this.memory.placeDay(day, (await readRecentDay(file, day, () => {})).places);
    }
  }
}

export type JournalOptions = {
  now: () => Date;
  warn: Warn;
  /** Days older than this are neither read nor counted; they stay on the disk. */
  retentionDays: number;
  /** @throws AppError `store-locked` when the directory is no longer ours. */
  refuseIfLost: () => void;
};

/** What forgetting does to lines. */
export type Rewrite = {
  /** Only lines that hold this text as a JSON string are looked at; damaged ones among them are dropped. */
  mentioning: string;
  /** The same record when nothing changes, null to drop the line. May be called twice for a line. */
  change: (record: JournalRecord) => JournalRecord | null;
  /** Called when the disk has forgotten, before anything else is read or written. */
  afterwards: () => void;
};

type Waiting = { line: Buffer; resolve: () => void; reject: (error: unknown) => void };
type OpenDay = { day: string; file: string; handle: FileHandle; size: number };
type Torn = { file: string; end: number; size: number };

/** Reads the journal into memory and writes nothing. */
export async function replayJournal(
  folder: string,
  { now, warn, retentionDays }: Pick<JournalOptions, 'now' | 'warn' | 'retentionDays'>,
): Promise<{ memory: JournalMemory; torn: Torn[] }> {
  const memory = new JournalMemory();
  const torn: Torn[] = [];
  const today = vietnamDay(now());
  const days = (await listDays(folder)).filter(day => day >= daysBefore(today, retentionDays));
  for (const day of days) {
    const file = dayFile(folder, day);
    const extent = await replayDay(file, day, day >= firstRecentDay(today), memory);
    memory.age(firstRecentDay(today), now());
    if (extent.end < extent.size) torn.push({ file, ...extent });
    if (extent.damaged > 0)
      warn('The journal holds damaged lines; they are passed over.', { file, lines: extent.damaged });
  }
  return { memory, torn };
}

/** Today and the two days before are recent. */
function firstRecentDay(today: string): string {
  return daysBefore(today, 2);
}

async function replayDay(
  file: string,
  day: string,
  isRecent: boolean,
  memory: JournalMemory,
): Promise<Extent> {
  const apply = (record: JournalRecord) => memory.apply(record);
  if (isRecent) {
    const { places, ...extent } = await readRecentDay(file, day, apply);
    memory.placeDay(day, places);
    return extent;
  }
  const { turnIds, ...extent } = await readOlderDay(file, apply);
  memory.placeOlderDay(day, turnIds);
  return extent;
}

/** `end`: where the last whole line ends; `damaged`: whole lines that cannot be read. */
type Extent = { end: number; size: number; damaged: number };

async function readRecentDay(file: string, day: string, apply: (record: JournalRecord) => void) {
  const places = newDayPlaces();
  const extent = await eachLine(file, ({ line, offset }) => {
    const record = decodeLine(line);
    if (record === null) return false;
    apply(record);
    addPlace(places, record, { day, offset, length: line.length });
    return true;
  });
  return { places, ...extent };
}

/** Applies only what a plain turn of an older day does not change. */
async function readOlderDay(file: string, apply: (record: JournalRecord) => void) {
  const turnIds: string[] = [];
  const extent = await eachLine(file, ({ line }) => {
    const plainId = plainTurnId(line);
    const record = plainId === null ? decodeLine(line) : null;
    if (plainId !== null) turnIds.push(plainId);
    if (record !== null) apply(record);
    if (record?.kind === 'turn') turnIds.push(record.turn.id);
    return plainId !== null || record !== null;
  });
  return { turnIds, ...extent };
}

/** `read` says whether it could make sense of the line. */
async function eachLine(file: string, read: (line: JournalLine) => boolean): Promise<Extent> {
  const groups = readLines(file);
  let damaged = 0;
  for (;;) {
    const next = await groups.next();
    if (next.done) return { ...next.value, damaged };
    for (const line of next.value) if (!read(line)) damaged += 1;
  }
}

async function readAt(folder: string, { day, offset, length }: Position): Promise<Buffer> {
  const handle = await open(dayFile(folder, day), 'r');
  try {
    const line = Buffer.alloc(length);
    await handle.read(line, 0, length, offset);
    return line;
  } finally {
    await handle.close();
  }
}

async function findInDay(file: string, turnId: string): Promise<TurnCommit | null> {
  const mention = JSON.stringify(turnId);
  for await (const lines of readLines(file)) {
    for (const { line } of lines) {
      const commit = line.includes(mention) ? commitIn(line, turnId) : null;
      if (commit !== null) return commit;
    }
  }
  return null;
}

function commitIn(line: Buffer, turnId: string): TurnCommit | null {
  const record = decodeLine(line);
  if (record?.kind !== 'turn' || record.turn.id !== turnId) return null;
  const { turn, session, unanswered } = record;
  return { turn, session, unanswered };
}

async function wouldChange(file: string, rewrite: Rewrite): Promise<boolean> {
  for await (const lines of readLines(file))
    if (lines.some(({ line }) => rewrittenLine(line, rewrite) !== line)) return true;
  return false;
}

async function* rewrittenLines(file: string, rewrite: Rewrite): AsyncGenerator<Buffer> {
  const newline = Buffer.from('\n');
  for await (const lines of readLines(file)) {
    const kept = lines.flatMap(({ line }) => rewrittenLine(line, rewrite) ?? []);
    yield Buffer.concat(kept.flatMap(line => [line, newline]));
  }
}

function rewrittenLine(line: Buffer, { mentioning, change }: Rewrite): Buffer | null {
  if (!line.includes(JSON.stringify(mentioning))) return line;
  const record = decodeLine(line);
  const changed = record === null ? null : change(record);
  if (changed === null) return null;
  return changed === record ? line : encodeRecord(changed).subarray(0, -1);
}
