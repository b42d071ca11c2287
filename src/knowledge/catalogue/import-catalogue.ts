import type { Catalogue } from '../../domain/knowledge.ts';
import type { Procedure } from '../../domain/topic.ts';
import { contentHash } from '../content-hash.ts';
import type { CatalogueRecord } from './read-catalogue.ts';
import { namesDistrict, oneLine } from './record-fields.ts';
import { toProcedure } from './to-procedure.ts';

type SkipReason =
  /** The line is no procedure: `detail` says why. */
  | 'unreadable'
  /** The code stands in an earlier line. */
  | 'repeated-code'
  /** Several codes have this very title: it was overwritten, and would be shown for another procedure. */
  | 'overwritten-title';

export type ImportReport = {
  /** Records in the file. */
  read: number;
  taken: number;
  /** Of those taken: their codes have a curated procedure, which answers in their place. */
  curated: number;
  skipped: { line: number; code: string | null; reason: SkipReason; detail: string }[];
  /** Of those taken: facts that the record does not tell plainly are unknown. */
  unknown: { fee: number; time: number; documents: number };
  /** Codes of records that still name district bodies: their answers ask for confirmation. */
  district: string[];
  /** Codes without an everyday name: found by their title alone. */
  unnamed: number;
};

export type ReadRecord = { line: number } & (
  | { record: CatalogueRecord; fault?: undefined }
  | { record?: undefined; fault: string }
);

/** A title that so many codes share was overwritten; two siblings may be called alike. */
const SHARED_BY_MANY = 3;

type Context = {
  /** National code → everyday names. */
  names: ReadonlyMap<string, readonly string[]>;
  /** Codes that curated procedures have, old ones included. */
  curatedCodes: ReadonlySet<string>;
  /** The day of the import, `2026-11-22`. */
  today: string;
};

/** The records of a catalogue as catalogue procedures, and what was taken, skipped and why. Pure. */
export function importCatalogue(
  lines: readonly ReadRecord[],
  { names, curatedCodes, today }: Context,
): { catalogue: Catalogue; report: ImportReport } {
  const titles = countTitles(lines);
  const procedures = new Map<string, Procedure>();
  const skipped: ImportReport['skipped'] = [];
  const district: string[] = [];
  for (const { line, record, fault } of lines) {
    const code = record?.ma_thu_tuc ?? null;
    const skip = (reason: SkipReason, detail: string) => skipped.push({ line, code, reason, detail });
    if (record === undefined) skip('unreadable', fault);
    else if (procedures.has(record.ma_thu_tuc)) skip('repeated-code', 'the first line with this code counts');
    else if ((titles.get(titleOf(record)) ?? 0) >= SHARED_BY_MANY)
      skip('overwritten-title', titleOf(record).slice(0, 120));
    else {
      procedures.set(
        record.ma_thu_tuc,
        toProcedure(record, { aliases: names.get(record.ma_thu_tuc) ?? [], today }),
      );
      if (namesDistrict(record)) district.push(record.ma_thu_tuc);
    }
  }
  const taken = [...procedures.values()];
  return {
    catalogue: { version: contentHash(taken), procedures: taken },
    report: {
      read: lines.length,
      taken: taken.length,
      curated: taken.filter(({ id }) => curatedCodes.has(id)).length,
      skipped,
      unknown: {
        fee: taken.filter(({ facts }) => !facts.fees).length,
        time: taken.filter(({ facts, answers }) => !facts.time && !answers.time).length,
        documents: taken.filter(({ answers }) => !answers.documents).length,
      },
      district,
      unnamed: taken.filter(({ aliases }) => aliases.length === 0).length,
    },
  };
}

function countTitles(lines: readonly ReadRecord[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { record } of lines)
    if (record) counts.set(titleOf(record), (counts.get(titleOf(record)) ?? 0) + 1);
  return counts;
}

function titleOf({ ten_thu_tuc }: CatalogueRecord): string {
  return oneLine(ten_thu_tuc);
}
