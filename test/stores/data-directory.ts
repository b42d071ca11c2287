import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach } from 'vitest';

const made: string[] = [];

afterEach(async () => {
  await Promise.all(made.splice(0).map(directory => rm(directory, { recursive: true, force: true })));
});

/** A fresh data directory, removed after the test. */
export async function dataDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'motcua-store-'));
  made.push(directory);
  return directory;
}

/** Every file under the directory, by its path from there. */
export async function filesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile());
  return files.map(entry => path.relative(directory, path.join(entry.parentPath, entry.name))).sort();
}

export async function rawContentOf(directory: string): Promise<string> {
  const files = await filesIn(directory);
  const texts = await Promise.all(files.map(file => readFile(path.join(directory, file), 'utf8')));
  return [...files, ...texts].join('\n');
}
