import { appendFile, truncate } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../errors.ts';
import type { InboxEvent, InboxStore } from '../store.ts';
import { earliestFirst, isInboxIdOver, messageKey } from '../store-rules.ts';
import { isMissing, PRIVATE_FILE, replaceFile, syncFolder } from './durable-file.ts';
import type { Warn } from './durable-json-file.ts';
import { readLines } from './journal-lines.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** One line. `seen`: an event whose body is gone, and that is not to come again. */
type Line =
  | { kind: 'event'; recordedAt: number; event: InboxEvent }
  | { kind: 'seen'; recordedAt: number; key: string }
  | { kind: 'done'; key: string };

type InboxOptions = {
  now: () => Date;
  warn: Warn;
  /** @throws AppError `store-locked` when the directory is no longer ours. */
  refuseIfLost: () => void;
};

/** What was answered is out of the file after this long, also where nothing more comes. */
const BODY_LIFETIME_MS = 60_000;

/**
 * The inbox: one append-only file of JSON lines. What comes while the disk is busy is written together and shares
 * one sync. Citizens' words leave the file within a minute of being answered: it is then written anew, and also at
 * closing and at opening.
 */
export async function openInboxJournal(
  file: string,
  options: InboxOptions,
): Promise<InboxStore & { close(): Promise<void> }> {
  const { seen, waiting, exists } = await readInbox(file, options);
  const writes = createAppender(file, options);
  /** Repeats of what is on its way to the disk are not recorded before that is. */
  const onTheWay = new Map<string, Promise<void>>();
  let cleaning: NodeJS.Timeout | null = null;

  if (exists) await compact();

  async function record(events: InboxEvent[]): Promise<InboxEvent[]> {
    const repeats: Promise<void>[] = [];
    const fresh = new Map<string, InboxEvent>();
    for (const event of events) {
      const key = messageKey(event.channel, event.id);
      const same = onTheWay.get(key);
      if (same) repeats.push(same);
      else if (!isSeen(key) && !fresh.has(key)) fresh.set(key, structuredClone(event));
    }
    if (fresh.size > 0) await write(fresh);
    await Promise.all(repeats);
    return structuredClone([...fresh.values()]);
  }

  function isSeen(key: string): boolean {
    const recordedAt = seen.get(key);
    return recordedAt !== undefined && (waiting.has(key) || !isInboxIdOver(recordedAt, options.now()));
  }

  async function write(fresh: Map<string, InboxEvent>): Promise<void> {
    const recordedAt = options.now().getTime();
    const lines: Line[] = [...fresh.values()].map(event => ({ kind: 'event', recordedAt, event }));
    const written = writes.append(lines, () => {
      for (const [key, event] of fresh) {
        seen.set(key, recordedAt);
        waiting.set(key, event);
      }
    });
    for (const key of fresh.keys()) onTheWay.set(key, written);
    try {
      await written;
    } finally {
      for (const key of fresh.keys()) onTheWay.delete(key);
    }
  }

  async function done(channel: InboxEvent['channel'], id: string): Promise<void> {
    const key = messageKey(channel, id);
    if (!waiting.has(key)) return;
    await writes.append([{ kind: 'done', key }], () => {
      waiting.delete(key);
    });
    cleaning ??= setTimeout(clean, BODY_LIFETIME_MS).unref();
  }

  function clean(): void {
    compact().catch(error => options.warn('The inbox could not be written anew.', { code: error?.code }));
  }

  function compact(): Promise<void> {
    clearTimeout(cleaning ?? undefined);
    cleaning = null;
    return writes.replace(() => {
      for (const [key, recordedAt] of seen)
        if (!waiting.has(key) && isInboxIdOver(recordedAt, options.now())) seen.delete(key);
      return linesOf(seen, waiting);
    });
  }

  async function forget(channel: InboxEvent['channel'], id: string): Promise<void> {
    const key = messageKey(channel, id);
    if (!seen.has(key)) return;
    waiting.delete(key);
    await compact();
  }

  return {
    record,
    pending: async () => earliestFirst(structuredClone([...waiting.values()])),
    done,
    forget,
    forgetPerson: async (channel, personId) => {
      for (const [key, event] of waiting)
        if (event.channel === channel && event.personId === personId) waiting.delete(key);
      await compact();
    },
    close: async () => {
      if (cleaning !== null) await compact();
      await writes.close();
    },
  };
}

function* linesOf(seen: Map<string, number>, waiting: Map<string, InboxEvent>): Iterable<string> {
  for (const [key, recordedAt] of seen) {
    const event = waiting.get(key);
    yield encode(event ? { kind: 'event', recordedAt, event } : { kind: 'seen', recordedAt, key });
  }
}

function encode(line: Line): string {
  return `${JSON.stringify(line)}\n`;
}

type Waiting = { text: string; apply: () => void; resolve: () => void; reject: (error: unknown) => void };

/** Appends in order, together what came together; `apply` runs when the lines are on the disk, before anything else. */
function createAppender(file: string, { refuseIfLost }: Pick<InboxOptions, 'refuseIfLost'>) {
  const inOrder = oneAtATime();
  let batch: Waiting[] = [];
  let closed = false;
  /** A failed write may have left a part: the file is cut back to this. Opening has written the file anew, if there is one. */
  let size = 0;

  async function flush(): Promise<void> {
    const taken = batch;
    batch = [];
    try {
      await appendSynced(taken.map(({ text }) => text).join(''));
      for (const { apply, resolve } of taken) {
        apply();
        resolve();
      }
    } catch (error) {
      for (const { reject } of taken) reject(error);
    }
  }

  async function appendSynced(text: string): Promise<void> {
    refuse();
    try {
      await appendFile(file, text, { mode: PRIVATE_FILE, flush: true });
      if (size === 0) await syncFolder(path.dirname(file));
      size += Buffer.byteLength(text);
    } catch (cause) {
      await truncate(file, size).catch(() => {});
      const advice = 'See that the disk is well and has room.';
      throw new AppError('internal', `${file} could not be written. ${advice}`, { cause });
    }
  }

  function refuse(): void {
    refuseIfLost();
    if (closed) throw new AppError('internal', 'The store is closed: the event came too late.');
  }

  return {
    append(lines: Line[], apply: () => void): Promise<void> {
      return new Promise((resolve, reject) => {
        batch.push({ text: lines.map(encode).join(''), apply, resolve, reject });
        if (batch.length === 1) void inOrder(flush);
      });
    },
    replace(lines: () => Iterable<string>): Promise<void> {
      return inOrder(async () => {
        refuse();
        const content = [...lines()];
        await replaceFile(file, content);
        size = content.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
      });
    },
    close: () =>
      inOrder(async () => {
        closed = true;
      }),
  };
}

async function readInbox(file: string, { warn }: Pick<InboxOptions, 'warn'>) {
  const seen = new Map<string, number>();
  const waiting = new Map<string, InboxEvent>();
  let damaged = 0;
  try {
    for await (const group of readLines(file)) {
      for (const { line } of group) {
        const read = decode(line);
        if (read === null) damaged += 1;
        else apply(read, seen, waiting);
      }
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
    return { seen, waiting, exists: false };
  }
  if (damaged > 0) warn('The inbox holds damaged lines; they are passed over.', { file, lines: damaged });
  return { seen, waiting, exists: true };
}

function apply(line: Line, seen: Map<string, number>, waiting: Map<string, InboxEvent>): void {
  if (line.kind === 'done') {
    waiting.delete(line.key);
    return;
  }
  const key = line.kind === 'seen' ? line.key : messageKey(line.event.channel, line.event.id);
  seen.set(key, line.recordedAt);
  if (line.kind === 'event') waiting.set(key, line.event);
}

function decode(line: Buffer): Line | null {
  try {
    const read = JSON.parse(line.toString()) as Line;
    return ['event', 'seen', 'done'].includes(read.kind) ? read : null;
  } catch {
    return null;
  }
}
