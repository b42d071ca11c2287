import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { explainIssues } from '../explain-issue.ts';
import { type Fault, fileFault } from '../fault.ts';
import { foldWording } from '../fold-wording.ts';
import { readYaml, type YamlFile } from '../yaml-file.ts';

/** The folder of the everyday names, within that of the knowledge files. */
export const NAMES_FOLDER = '_names';

/** National code → what citizens call the procedure. */
const namesSchema = z.record(
  z.string().regex(/^\d\.\d{6}$/, 'mã thủ tục có dạng 1.001193'),
  z.array(z.string().trim().min(1).max(120)).min(1),
);

export type CatalogueNames = { names: ReadonlyMap<string, string[]>; faults: Fault[] };

/** Reads the everyday names of catalogue procedures, `_names/*.yaml`; a folder that is not there holds none. */
export async function readNames(intents: string): Promise<CatalogueNames> {
  const folder = join(intents, NAMES_FOLDER);
  const entries = await readdir(folder).catch(() => []);
  const files = await Promise.all(
    entries
      .filter(name => /\.ya?ml$/.test(name))
      .sort()
      .map(async name => readYaml(join(folder, name), await readFile(join(folder, name)))),
  );
  const parsed = files.map(parseFile);
  const names = new Map(parsed.flatMap(({ names }) => [...names]));
  return { names, faults: [...parsed.flatMap(({ faults }) => faults), ...repeated(parsed)] };
}

type ParsedNames = { file: YamlFile; names: ReadonlyMap<string, string[]>; faults: Fault[] };

function parseFile(file: YamlFile): ParsedNames {
  if (file.data === undefined) return { file, names: new Map(), faults: file.faults };
  const parsed = namesSchema.safeParse(file.data);
  if (parsed.success) return { file, names: new Map(Object.entries(parsed.data)), faults: file.faults };
  const faults = [...file.faults, ...explainIssues(parsed.error.issues, file, namesSchema)];
  return { file, names: new Map(), faults };
}

/** A name under two codes finds neither; a code in two files would lose the names of one. */
function repeated(parsed: readonly ParsedNames[]): Fault[] {
  const codeOfName = new Map<string, string>();
  const codes = new Set<string>();
  const faults: Fault[] = [];
  for (const { file, names } of parsed) {
    for (const [code, list] of names) {
      if (codes.has(code)) faults.push(file.faultAt([code], `${code} has names in another file too`));
      codes.add(code);
      for (const name of list) {
        const other = codeOfName.get(foldWording(name));
        if (other !== undefined)
          faults.push(
            file.faultAt([code], `"${name}" is a name of ${other} too: keep it where it belongs`, 'warning'),
          );
        codeOfName.set(foldWording(name), code);
      }
    }
  }
  if (codes.size === 0 && parsed.length > 0)
    faults.push(fileFault(parsed[0]?.file.file ?? NAMES_FOLDER, 'there are no names'));
  return faults;
}
