import path from 'node:path';
import type { UnansweredQuestion } from '../../domain/conversation.ts';
import type { KnowledgeSnapshot, TopicRecord } from '../../domain/knowledge.ts';
import { AppError } from '../../errors.ts';
import type { Store } from '../store.ts';
import { type DataLayout, dataLayout } from './data-layout.ts';
import { makeFolder, removeTempFiles } from './durable-file.ts';
import type { Warn } from './durable-json-file.ts';
import { openInboxJournal } from './inbox-journal.ts';
import { journalConversations } from './journal-conversations.ts';
import { knowledgeFiles, readLiveSnapshot, readTopicRecords } from './knowledge-files.ts';
import { type DirectoryLock, type LockTiming, takeLock } from './lock.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { openStaffFiles } from './staff-files.ts';
import { replayJournal, TurnJournal } from './turn-journal.ts';

export type LowdbOptions = {
  /** DATA_DIR; made when it does not exist. */
  directory: string;
  now?: () => Date;
  /** Told of repairs and of waiting for the lock. */
  warn?: Warn;
  /** How far back turns, feedback and unanswered questions are read at start. */
  retentionDays?: number;
  lockTiming?: Partial<LockTiming>;
};

const DEFAULT_RETENTION_DAYS = 400;

/**
 * The embedded store: small JSON files through lowdb, a journal for the turns, no server beside the process.
 * @throws AppError `store-locked` when another process uses the directory, `store-corrupt` when a file and its
 * last good copy are unreadable, `config-invalid` when the directory cannot be written.
 */
export async function openLowdbStore(options: LowdbOptions): Promise<Store> {
  const {
    directory,
    now = () => new Date(),
    warn = () => {},
    retentionDays = DEFAULT_RETENTION_DAYS,
  } = options;
  const layout = dataLayout(directory);
  await makeFolders(layout);
  const lock = await takeLock(layout.lock, layout.directory, { warn, timing: options.lockTiming });
  try {
    return await openLocked(layout, lock, { now, warn, retentionDays });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** The live knowledge in a data directory, or null. Takes no lock and writes nothing. */
export function readCurrentSnapshot(
  directory: string,
  warn: Warn = () => {},
): Promise<KnowledgeSnapshot | null> {
  return readLiveSnapshot(dataLayout(directory), { warn, readOnly: true });
}

/** All topics in a data directory with their revisions. Takes no lock and writes nothing. */
export function readRecords(directory: string, warn: Warn = () => {}): Promise<TopicRecord[]> {
  return readTopicRecords(dataLayout(directory), { warn, readOnly: true });
}

/** The unanswered questions in a data directory, oldest first. Takes no lock and writes nothing. */
export async function readUnanswered(
  directory: string,
  {
    now = () => new Date(),
    warn = () => {},
    retentionDays = DEFAULT_RETENTION_DAYS,
  }: Omit<LowdbOptions, 'directory'> = {},
): Promise<UnansweredQuestion[]> {
  const { memory } = await replayJournal(dataLayout(directory).turns, { now, warn, retentionDays });
  return memory.listUnanswered();
}

type OpenOptions = { now: () => Date; warn: Warn; retentionDays: number };

async function openLocked(layout: DataLayout, lock: DirectoryLock, options: OpenOptions): Promise<Store> {
  await Promise.all(foldersOf(layout).map(removeTempFiles));
  const inOrder = oneAtATime();
  let closed = false;
  const refuseIfLost = () => {
    if (closed) throw new AppError('internal', 'The store is closed: the change came too late.');
    lock.refuseIfLost();
  };
  const files = { ...options, inOrder, refuseIfLost };
  const staff = await openStaffFiles(layout, files);
  const journal = await TurnJournal.open(layout.turns, { ...options, refuseIfLost: lock.refuseIfLost });
  const inbox = await openInboxJournal(layout.inbox, { ...options, refuseIfLost: lock.refuseIfLost });
  return {
    inbox,
    knowledge: knowledgeFiles(layout, files),
    conversations: journalConversations(journal, options.now),
    staff,
    close: async () => {
      await inOrder(async () => {
        closed = true;
      });
      await journal.close();
      await inbox.close();
      await lock.release();
    },
  };
}

function foldersOf(layout: DataLayout): string[] {
  const files = [layout.currentSnapshot, layout.accounts, layout.inbox].map(file => path.dirname(file));
  return [layout.lock, layout.topics, layout.snapshots, layout.catalogues, layout.turns, ...files];
}

async function makeFolders(layout: DataLayout): Promise<void> {
  try {
    for (const folder of foldersOf(layout)) await makeFolder(folder);
  } catch (cause) {
    throw new AppError(
      'config-invalid',
      `The data directory ${layout.directory} cannot be written. Give the process the right to, or set DATA_DIR.`,
      { cause, details: { directory: layout.directory } },
    );
  }
}
