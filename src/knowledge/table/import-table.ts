import { AppError } from '../../errors.ts';
import type { KnowledgeStore } from '../../stores/store.ts';
import { buildSnapshot } from '../build-snapshot.ts';
import { type ImportPlan, planImport } from './plan-import.ts';
import type { Table } from './table-row.ts';

/** `version`: of the knowledge that is live after the import; null when nothing was published. */
export type Imported = { plan: ImportPlan; version: string | null };

/**
 * Imports a table: all of it, or nothing when one row is faulty or conflicting. The changed topics are saved in one
 * batch, then published; a crash in between is made good at the next start, which publishes what was saved.
 * @throws AppError `config-invalid` when nothing was ever published, `conflict` when a topic was saved meanwhile.
 */
export async function importTable(
  knowledge: KnowledgeStore,
  { rows, faults }: Extract<Table, { kind: 'table' }>,
  now: Date,
): Promise<Imported> {
  const before = await knowledge.currentSnapshot();
  if (!before)
    throw new AppError(
      'config-invalid',
      'Kho chưa có nội dung nào được công bố: hãy khởi động phần mềm một lần.',
    );
  const plan = planImport(rows, await knowledge.listTopicRecords(), now, faults);
  if (plan.records.length === 0) return { plan, version: null };
  await knowledge.saveTopicRecords(plan.records);
  const snapshot = buildSnapshot(await knowledge.listTopicRecords(), before, now);
  if (snapshot.version === before.version) return { plan, version: null };
  await knowledge.publishSnapshot(snapshot);
  return { plan, version: snapshot.version };
}
