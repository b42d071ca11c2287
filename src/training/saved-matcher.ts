import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import { AppError } from '../errors.ts';
import type { CompiledMatcher } from '../matcher/compile-matcher.ts';

/**
 * A compiled matcher in one file, so that a restart need not train again: a hash of the rest, then what it was
 * compiled from and by, then the matcher as V8 serialises it.
 */
const HASH_BYTES = 32;

type Saved = { key: string; matcher: CompiledMatcher };

/** The saved matcher, or null where there is none for this knowledge and this program. Never throws: training helps. */
export async function readSavedMatcher(
  file: string,
  knowledgeVersion: string,
): Promise<CompiledMatcher | null> {
  const content = await readFile(file).catch(() => null);
  if (!content) return null;
  const body = content.subarray(HASH_BYTES);
  if (!hashOf(body).equals(content.subarray(0, HASH_BYTES))) return null;
  try {
    const saved: Saved = deserialize(body);
    return saved.key === (await keyOf(knowledgeVersion)) ? saved.matcher : null;
  } catch {
    return null;
  }
}

/** Replaces the file as a whole; a reader finds the old one or the new one. */
export async function saveMatcher(
  file: string,
  knowledgeVersion: string,
  matcher: CompiledMatcher,
): Promise<void> {
  const body = serialize({ key: await keyOf(knowledgeVersion), matcher } satisfies Saved);
  await mkdir(path.dirname(file), { recursive: true });
  const next = `${file}.${process.pid}.tmp`;
  await writeFile(next, Buffer.concat([hashOf(body), body]));
  await rename(next, file);
}

/** The same knowledge trained by another version of the matcher, or written by another V8, is another matcher. */
async function keyOf(knowledgeVersion: string): Promise<string> {
  const program = createHash('sha256');
  const { folder, files } = await matcherProgram();
  for (const name of files) program.update(await readFile(path.join(folder, name)));
  return [knowledgeVersion, program.digest('hex'), process.versions.v8].join(' ');
}

/**
 * The build lies in `.build/server/` beside the sources that it was made of: these are looked at first, so that the
 * built server and the commands, which run from the sources, share a matcher.
 */
const MATCHER_FOLDERS = ['../../../src/matcher/', '../matcher/'];

async function matcherProgram(): Promise<{ folder: string; files: string[] }> {
  for (const relative of MATCHER_FOLDERS) {
    const folder = fileURLToPath(new URL(relative, import.meta.url));
    const entries = await readdir(folder, { recursive: true }).catch(() => []);
    const files = entries.filter(name => /\.[jt]s$/.test(name)).sort();
    if (files.length > 0) return { folder, files };
  }
  throw new AppError('internal', 'The matcher’s own files are not where they belong: build the product anew');
}

function hashOf(body: Uint8Array): Buffer {
  return createHash('sha256').update(body).digest();
}
