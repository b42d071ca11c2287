import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { z } from 'zod';
import { usageError } from '../run-command.ts';
import { type CsvRow, parseCsv } from './csv.ts';

/** The folder given with `--data`: the public sets, each in its own subfolder. */
export type DataFolder = {
  json<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>>;
  csv<Column extends string>(path: string, columns: readonly Column[]): Promise<CsvRow<Column>[]>;
};

/**
 * @param source the set's name and where it is published, for whoever has to fetch a missing file
 * @throws UsageError (also when reading) that says what to put where
 */
export function openDataFolder(
  directory: string | undefined,
  { set, example, source }: { set: string; example: string; source: string },
): DataFolder {
  if (!directory) {
    throw usageError(`--set ${set} needs --data DIR, a folder that holds ${example} (${source})`);
  }
  const read = (path: string) => readData(join(directory, path), source);
  return {
    json: async (path, schema) => parseJson(await read(path), schema, join(directory, path), source),
    csv: async (path, columns) => parseCsv(await read(path), columns, join(directory, path)),
  };
}

async function readData(file: string, source: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => {
    throw usageError(`${file} cannot be read: put ${basename(file)} there, from ${source}`);
  });
}

function parseJson<Schema extends z.ZodType>(content: string, schema: Schema, file: string, source: string) {
  try {
    return schema.parse(JSON.parse(content));
  } catch {
    throw usageError(`${file} is not the ${basename(file)} of ${source}`);
  }
}
