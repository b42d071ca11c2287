import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listFiles } from './load-intents.ts';

/** To be raised when the same files are read otherwise than before: every store then takes the release over anew. */
const FORMAT = 1;

/** SHA-256 (hex) of the files of a release, names and bytes; reading them as knowledge takes a hundred times as long. */
export async function hashRelease(directory: string): Promise<string> {
  const hash = createHash('sha256').update(`${FORMAT}`);
  for (const name of (await listFiles(directory)) ?? [])
    hash.update(`\n${name}\n`).update(await readFile(join(directory, name)));
  return hash.digest('hex');
}
