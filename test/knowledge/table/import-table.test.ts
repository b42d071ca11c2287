import { describe, expect, it } from 'vitest';
import { startKnowledge } from '../../../src/knowledge/start-knowledge.ts';
import { importTable } from '../../../src/knowledge/table/import-table.ts';
import { createMemoryStore } from '../../../src/stores/memory/memory-store.ts';
import { SMALL_INTENTS } from '../../fixtures/intents-folder.ts';
import { recordLog } from '../../fixtures/recorded-log.ts';
import { tableRows } from '../../fixtures/table-rows.ts';

const NOW = new Date('2026-11-21T08:00:00Z');

async function startedStore() {
  const { knowledge } = createMemoryStore();
  const start = () =>
    startKnowledge({ knowledge, intentsDir: SMALL_INTENTS, now: NOW, log: recordLog().log });
  const snapshot = await start();
  const take = (...rows: Record<string, string>[]) =>
    importTable(knowledge, { kind: 'table', rows: tableRows(...rows), faults: [], notes: [] }, NOW);
  return { knowledge, start, snapshot, take };
}
const QUESTION = {
  'Mã chủ đề': 'tach-ho',
  'Câu hỏi': 'tách hộ khẩu khỏi nhà chồng',
  'Trạng thái': 'Đang dùng',
};

describe('a table is imported', () => {
  it('into revisions and into what is live', async () => {
    const { knowledge, snapshot, take } = await startedStore();
    const { version } = await take(QUESTION);
    const live = await knowledge.currentSnapshot();
    expect(live!.version).toBe(version);
    expect(version).not.toBe(snapshot.version);
    expect(live!.topics.find(({ topic }) => topic.id === 'tach-ho')).toMatchObject({
      revision: 2,
      topic: { phrases: expect.arrayContaining(['tách hộ khẩu khỏi nhà chồng']) },
    });
    expect([live!.facets, live!.lexicon]).toEqual([snapshot.facets, snapshot.lexicon]);
  });

  it('and stays over the next start', async () => {
    const { start, take } = await startedStore();
    const { version } = await take(QUESTION);
    expect((await start()).version).toBe(version);
  });

  it('as a draft without touching what is live', async () => {
    const { knowledge, snapshot, take } = await startedStore();
    expect(await take({ ...QUESTION, 'Trạng thái': 'Nháp' })).toMatchObject({ version: null });
    expect(await knowledge.currentSnapshot()).toEqual(snapshot);
    const record = await knowledge.findTopicRecord('tach-ho');
    expect(record!.revisions.map(({ status, author }) => `${status} ${author}`)).toEqual([
      'published release',
      'draft import',
    ]);
  });

  it('as a whole or not at all: one faulty row keeps everything out', async () => {
    const { knowledge, snapshot, take } = await startedStore();
    const records = await knowledge.listTopicRecords();
    const { plan } = await take(QUESTION, { ...QUESTION, 'Câu hỏi': 'x'.repeat(301) });
    expect(plan.counts).toMatchObject({ new: 1, fault: 1 });
    expect(await knowledge.listTopicRecords()).toEqual(records);
    expect(await knowledge.currentSnapshot()).toEqual(snapshot);
  });

  it('once: the second time nothing changes', async () => {
    const { knowledge, take } = await startedStore();
    await take(QUESTION);
    const records = await knowledge.listTopicRecords();
    expect(await take(QUESTION)).toMatchObject({ version: null, plan: { counts: { unchanged: 1 } } });
    expect(await knowledge.listTopicRecords()).toEqual(records);
  });

  it('only where something was published before', async () => {
    const table = { kind: 'table' as const, rows: tableRows(QUESTION), faults: [], notes: [] };
    await expect(importTable(createMemoryStore().knowledge, table, NOW)).rejects.toMatchObject({
      code: 'config-invalid',
    });
  });
});
