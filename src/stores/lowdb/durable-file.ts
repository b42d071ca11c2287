import { copyFile, link, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** Files hold password hashes and citizens' questions: for the owner of the process only. */
export const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;
const TEMP_SUFFIX = '.tmp';
const tempNamePrefix = `${process.pid}-${Date.now().toString(36)}`;
let tempNumber = 0;

/**
 * Replaces a file's content. When the promise resolves, the new content survives a power cut;
 * a crash before that leaves the old content or the new, never a mixture.
 */
export async function replaceFile(file: string, content: Content): Promise<void> {
  const temp = tempNameFor(file);
  try {
    await writeSynced(temp, content);
    await rename(temp, file);
  } catch (error) {
    await rm(temp, { force: true });
    throw error;
  }
  await syncFolder(path.dirname(file));
}

/** Gives the file a second name (a copy where the file system has no links); the name then survives its replacement. */
export async function keepCopy(file: string, copy: string): Promise<void> {
  const temp = tempNameFor(copy);
  try {
    await link(file, temp).catch(() => copyFile(file, temp));
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  await rename(temp, copy);
}

/** A file that a kill between two steps left behind is removed at the next start by `removeTempFiles`. */
function tempNameFor(file: string): string {
  tempNumber += 1;
  return `${file}.${tempNamePrefix}-${tempNumber}${TEMP_SUFFIX}`;
}

export async function removeTempFiles(folder: string): Promise<void> {
  const names = await readdir(folder);
  await Promise.all(
    names
      .filter(name => name.endsWith(TEMP_SUFFIX))
      .map(name => rm(path.join(folder, name), { force: true })),
  );
}

export async function makeFolder(folder: string): Promise<void> {
  const created = await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
  if (created !== undefined) await syncFolder(path.dirname(created));
}

/** A new name in a folder is on the disk only once the folder is. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // folders cannot be opened there
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

type Content = Iterable<string> | AsyncIterable<Buffer>;

async function writeSynced(file: string, content: Content): Promise<void> {
  const handle = await open(file, 'wx', PRIVATE_FILE);
  try {
    // Written at the handle's position, so the pieces follow each other.
    for await (const piece of content) await handle.writeFile(piece);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
