import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Low } from 'lowdb';
import type { Catalogue, KnowledgeSnapshot, TopicRecord } from '../../domain/knowledge.ts';
import { AppError } from '../../errors.ts';
import type { KnowledgeStore } from '../store.ts';
import { refuseStaleRecords } from '../store-rules.ts';
import type { DataLayout } from './data-layout.ts';
import { isMissing } from './durable-file.ts';
import {
  type DurableJsonOptions,
  durableJsonFile,
  LAST_GOOD_SUFFIX,
  type Warn,
} from './durable-json-file.ts';
import type { OneAtATime } from './one-at-a-time.ts';

/** Snapshots can be made again from the revisions; this many are kept to look at or to go back to. */
const SNAPSHOTS_KEPT = 20;
const CATALOGUES_KEPT = 3;
const FILES_AT_ONCE = 32;

type Options = { warn: Warn; refuseIfLost: () => void; inOrder: OneAtATime };

/**
 * Topic records and snapshots, read from the disk at each call: the process keeps what it needs of them.
 * A batch of records is checked as a whole and then saved file by file: a crash leaves each record whole,
 * the old or the new.
 */
export function knowledgeFiles(layout: DataLayout, { warn, refuseIfLost, inOrder }: Options): KnowledgeStore {
  const topicFile = (id: string) => jsonFile<TopicRecord>(fileFor(layout.topics, id), { warn });

  async function saveRecords(records: TopicRecord[]): Promise<void> {
    const stored = new Map<string, number>();
    await inGroups(records, async ({ id }) => {
      const record = await topicFile(id).read();
      stored.set(id, record?.version ?? 0);
    });
    refuseStaleRecords(records, id => stored.get(id) ?? 0);
    refuseIfLost();
    await inGroups(records, record => topicFile(record.id).write(record));
  }

  async function publish(snapshot: KnowledgeSnapshot): Promise<void> {
    refuseIfLost();
    const pointer = jsonFile<Pointer>(layout.currentSnapshot, { warn });
    const before = await pointer.read();
    if (snapshot.catalogue) await writeOnce(layout.catalogues, snapshot.catalogue, warn);
    await writeOnce(layout.snapshots, toFile(snapshot), warn);
    const { version, publishedAt } = snapshot;
    const kept = before?.version === version ? before.previous : (before?.version ?? null);
    await pointer.write({ version, publishedAt, previous: kept });
    await removeOld(layout.snapshots, { wanted: [version, kept], count: SNAPSHOTS_KEPT });
    await removeOldCatalogues(layout, [version, kept], warn);
  }

  return {
    listTopicRecords: () => inOrder(() => listRecords(layout.topics, topicFile)),
    findTopicRecord: id => inOrder(() => topicFile(id).read()),
    saveTopicRecords: records => inOrder(() => saveRecords(records)),
    currentSnapshot: () => inOrder(() => readLiveSnapshot(layout, { warn })),
    publishSnapshot: snapshot => inOrder(() => publish(snapshot)),
  };
}

/** The live knowledge, or the one before it when its file is corrupt; null before the first publication. */
export async function readLiveSnapshot(
  layout: DataLayout,
  options: DurableJsonOptions,
): Promise<KnowledgeSnapshot | null> {
  const pointer = await jsonFile<Pointer>(layout.currentSnapshot, options).read();
  if (pointer === null) return null;
  try {
    const snapshot = await readSnapshot(layout, pointer.version, options);
    return { ...snapshot, publishedAt: pointer.publishedAt };
  } catch (error) {
    if (pointer.previous === null || !isCorrupt(error)) throw error;
    const { version, previous } = pointer;
    options.warn('The live knowledge is unreadable; the one before it answers.', { version, previous });
    return readSnapshot(layout, previous, options);
  }
}

/** The topic records as they are on the disk. */
export function readTopicRecords(layout: DataLayout, options: DurableJsonOptions): Promise<TopicRecord[]> {
  return listRecords(layout.topics, id => jsonFile<TopicRecord>(fileFor(layout.topics, id), options));
}

/** `previous`: the version that was live before. */
type Pointer = { version: string; publishedAt: string; previous: string | null };

async function readSnapshot(
  layout: DataLayout,
  version: string,
  options: DurableJsonOptions,
): Promise<KnowledgeSnapshot> {
  const { catalogueVersion, ...snapshot } = await readNamed<SnapshotFile>(layout, layout.snapshots, {
    version,
    options,
  });
  if (!catalogueVersion) return snapshot;
  const named = { version: catalogueVersion, options };
  return { ...snapshot, catalogue: await readNamed<Catalogue>(layout, layout.catalogues, named) };
}

/** The catalogue stands in a file of its own: many snapshots share it. */
type SnapshotFile = Omit<KnowledgeSnapshot, 'catalogue'> & { catalogueVersion?: string };

function toFile({ catalogue, ...snapshot }: KnowledgeSnapshot): SnapshotFile {
  return catalogue ? { ...snapshot, catalogueVersion: catalogue.version } : snapshot;
}

async function readNamed<T extends object>(
  layout: DataLayout,
  folder: string,
  { version, options }: { version: string; options: DurableJsonOptions },
): Promise<T> {
  const file = fileFor(folder, version);
  const content = await jsonFile<T>(file, options).read();
  if (content !== null) return content;
  throw new AppError(
    'store-corrupt',
    `${layout.currentSnapshot} leads to ${file}, which does not exist. ` +
      `Restore it from a backup; or delete ${layout.currentSnapshot} and publish again from the topics.`,
    { details: { file } },
  );
}

/** The same content has the same version: a file that is there and whole is left as it is. */
async function writeOnce<T extends { version: string }>(
  folder: string,
  content: T,
  warn: Warn,
): Promise<void> {
  const file = jsonFile<T>(fileFor(folder, content.version), { warn });
  try {
    if ((await file.read()) !== null) return;
  } catch (error) {
    if (!isCorrupt(error)) throw error;
  }
  await file.write(content);
  await rm(fileFor(folder, content.version) + LAST_GOOD_SUFFIX, { force: true });
}

/** Keeps the newest files and those wanted. */
async function removeOld(
  folder: string,
  { wanted, count }: { wanted: (string | null)[]; count: number },
): Promise<void> {
  const files = (await readdir(folder)).map(name => path.join(folder, name));
  const aged = await Promise.all(files.map(async file => ({ file, writtenAt: (await stat(file)).mtimeMs })));
  const keep = new Set(wanted.map(version => (version === null ? '' : fileFor(folder, version))));
  const old = aged.sort((a, b) => b.writtenAt - a.writtenAt).slice(count);
  await Promise.all(old.filter(({ file }) => !keep.has(file)).map(({ file }) => rm(file, { force: true })));
}

/** A catalogue is kept as long as the live knowledge, or the one before it, names it. */
async function removeOldCatalogues(
  layout: DataLayout,
  versions: (string | null)[],
  warn: Warn,
): Promise<void> {
  const snapshots = await Promise.all(
    versions.flatMap(version =>
      version === null ? [] : [readOrNull(fileFor(layout.snapshots, version), warn)],
    ),
  );
  const wanted = snapshots.map(snapshot => snapshot?.catalogueVersion ?? null);
  await removeOld(layout.catalogues, { wanted, count: CATALOGUES_KEPT });
}

/** A snapshot that cannot be read names no catalogue. */
async function readOrNull(file: string, warn: Warn): Promise<SnapshotFile | null> {
  return jsonFile<SnapshotFile>(file, { warn })
    .read()
    .catch(() => null);
}

async function listRecords(
  folder: string,
  topicFile: (id: string) => JsonFile<TopicRecord>,
): Promise<TopicRecord[]> {
  const ids = new Set((await listNames(folder)).flatMap(name => idOfFile(name) ?? []));
  const records = await inGroups([...ids].sort(), id => topicFile(id).read());
  return records.filter(record => record !== null);
}

async function listNames(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

const EXTENSION = '.json';

/** An id never leaves its folder, whatever it holds. */
function fileFor(folder: string, id: string): string {
  return path.join(folder, `${encodeURIComponent(id)}${EXTENSION}`);
}

function idOfFile(name: string): string | null {
  const file = name.endsWith(LAST_GOOD_SUFFIX) ? name.slice(0, -LAST_GOOD_SUFFIX.length) : name;
  return file.endsWith(EXTENSION) ? decodeURIComponent(file.slice(0, -EXTENSION.length)) : null;
}

type JsonFile<T> = { read(): Promise<T | null>; write(data: T): Promise<void> };

function jsonFile<T extends object>(file: string, options: DurableJsonOptions): JsonFile<T> {
  const low = new Low<T | null>(durableJsonFile<T>(file, options) as LowAdapter<T>, null);
  return {
    read: async () => {
      await low.read();
      return low.data;
    },
    write: async data => {
      low.data = data;
      await low.write();
    },
  };
}

/** Low writes only what is there, so its adapter never meets the null that stands for "no file yet". */
type LowAdapter<T> = { read(): Promise<T | null>; write(data: T | null): Promise<void> };

async function inGroups<In, Out>(items: In[], run: (item: In) => Promise<Out>): Promise<Out[]> {
  const results: Out[] = [];
  for (let start = 0; start < items.length; start += FILES_AT_ONCE)
    results.push(...(await Promise.all(items.slice(start, start + FILES_AT_ONCE).map(run))));
  return results;
}

function isCorrupt(error: unknown): boolean {
  return error instanceof AppError && error.code === 'store-corrupt';
}
