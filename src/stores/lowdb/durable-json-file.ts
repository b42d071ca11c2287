import { readFile, rename } from 'node:fs/promises';
import type { Adapter } from 'lowdb';
import { AppError } from '../../errors.ts';
import { isMissing, keepCopy, replaceFile } from './durable-file.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** Told to operators when something was repaired or skipped; `details` hold names and counts, never a person's words. */
export type Warn = (message: string, details: Record<string, unknown>) => void;

export type DurableJsonOptions = {
  warn: Warn;
  /** Nothing is repaired on disk: for commands that hold no lock. */
  readOnly?: boolean;
  /**
   * The content can be lost, but must not come back: no last good copy is kept, and a corrupt file counts as
   * empty. For sign-ins and one-time links, where an old copy would revive a used link.
   */
  expendable?: boolean;
};

/** The last good copy of a file. */
export const LAST_GOOD_SUFFIX = '.bak';

/**
 * A lowdb adapter for one small file. lowdb's own neither syncs nor keeps a copy, and throws on an empty file.
 * A write resolves once it survives a power cut; writes take place in the order of their calls.
 * `read` gives null where there is no file.
 * @throws AppError `store-corrupt` when neither the file nor its last good copy can be read.
 */
export function durableJsonFile<T extends object>(file: string, options: DurableJsonOptions): Adapter<T> {
  const inOrder = oneAtATime();
  return {
    read: () => inOrder(() => readWithFallback<T>(file, options)),
    write: data => inOrder(() => writeKeepingLastGood(file, data, options)),
  };
}

async function writeKeepingLastGood(file: string, data: object, options: DurableJsonOptions): Promise<void> {
  const text = `${JSON.stringify(data, null, 1)}\n`;
  // Whatever is there was good when it was read or written: a corrupt file is moved away by the reader.
  if (!options.expendable) await keepCopy(file, file + LAST_GOOD_SUFFIX);
  await replaceFile(file, [text]);
}

async function readWithFallback<T extends object>(
  file: string,
  options: DurableJsonOptions,
): Promise<T | null> {
  const found = await readJson<T>(file);
  if (found.state === 'good') return found.data;
  if (options.expendable) return readExpendable(file, found, options);

  const copy = await readJson<T>(file + LAST_GOOD_SUFFIX);
  if (found.state === 'missing' && copy.state === 'missing') return null;
  if (copy.state !== 'good') throw corrupt(file, found.state === 'corrupt' ? found.cause : copy.state);
  options.warn('A data file was unreadable; its last good copy is used.', { file, state: found.state });
  if (!options.readOnly) await restore(file, copy.data, found.state);
  return copy.data;
}

type Found<T> = { state: 'good'; data: T } | { state: 'missing' } | { state: 'corrupt'; cause: unknown };

async function readJson<T extends object>(file: string): Promise<Found<T>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return { state: 'missing' };
    throw error;
  }
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data === 'object' && data !== null) return { state: 'good', data: data as T };
    return { state: 'corrupt', cause: new Error('The file holds no JSON object.') };
  } catch (cause) {
    return { state: 'corrupt', cause };
  }
}

function readExpendable<T>(file: string, found: Found<T>, { warn }: DurableJsonOptions): null {
  if (found.state === 'corrupt') warn('A data file was unreadable; it counts as empty.', { file });
  return null;
}

async function restore(file: string, data: object, state: Found<unknown>['state']): Promise<void> {
  if (state === 'corrupt') await rename(file, `${file}.corrupt`);
  await replaceFile(file, [`${JSON.stringify(data, null, 1)}\n`]);
}

function corrupt(file: string, cause: unknown): AppError {
  return new AppError(
    'store-corrupt',
    `${file} cannot be read, and it has no good copy (${file}${LAST_GOOD_SUFFIX}). ` +
      'Restore the file from a backup; or move both away to go on without what they held.',
    { cause, details: { file } },
  );
}
