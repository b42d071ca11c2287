import { appendFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { openLowdbStore, readCurrentSnapshot, readUnanswered } from '../../src/stores/lowdb/lowdb-store.ts';
import { describeStoreContract } from '../contracts/store-contract.ts';
import {
  anAccount,
  anUnanswered,
  aSession,
  aSnapshot,
  aTopicRecord,
  aTurn,
  noon,
} from '../contracts/store-samples.ts';
import { dataDirectory, filesIn, rawContentOf } from './data-directory.ts';

describeStoreContract('the lowdb store', async now => {
  const directory = await dataDirectory();
  const open = () => openLowdbStore({ directory, now });
  let store = await open();
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await open();
      return store;
    },
    rawContent: () => rawContentOf(directory),
  };
});

describe('the lowdb store on its disk', () => {
  let directory: string;
  let warnings: string[];
  const open = () => openLowdbStore({ directory, now: () => noon, warn: message => warnings.push(message) });
  const inDirectory = (...names: string[]) => path.join(directory, ...names);

  beforeEach(async () => {
    directory = path.join(await dataDirectory(), 'data');
    warnings = [];
  });

  async function fill(): Promise<void> {
    const store = await open();
    await store.knowledge.saveTopicRecords([aTopicRecord()]);
    await store.knowledge.publishSnapshot(aSnapshot());
    await store.knowledge.publishSnapshot(aSnapshot({ version: 'v2', topics: [] }));
    await store.staff.saveAccount(anAccount());
    const turn = aTurn();
    await store.conversations.commitTurn({ turn, session: aSession(), unanswered: anUnanswered(turn) });
    await store.close();
  }

  test('is one small file per topic, snapshot and kind of staff data, and a journal', async () => {
    await fill();
    expect(await filesIn(directory)).toEqual([
      'knowledge/current.json',
      'knowledge/current.json.bak',
      'knowledge/snapshots/v1.json',
      'knowledge/snapshots/v2.json',
      'knowledge/topics/1.001193.json',
      'lock/1.json',
      'staff/accounts.json',
      'turns/2026-11-21.jsonl',
    ]);
  });

  test('can be read by its owner alone', async () => {
    await fill();
    for (const file of ['staff/accounts.json', 'turns/2026-11-21.jsonl'])
      expect((await stat(inDirectory(file))).mode & 0o077).toBe(0);
  });

  test('is refused to a second opener, and free again after closing', async () => {
    const store = await open();
    await expect(open()).rejects.toMatchObject({ code: 'store-locked' });
    await store.close();
    await (await open()).close();
  });

  test('removes what a kill between two steps left behind', async () => {
    await fill();
    for (const folder of ['turns', 'staff', 'knowledge/topics'])
      await writeFile(inDirectory(folder, 'x.json.99-abc-1.tmp'), 'dở dang');
    await (await open()).close();
    expect((await filesIn(directory)).filter(file => file.endsWith('.tmp'))).toEqual([]);
  });

  test('does not start on corrupt accounts, and frees the directory again', async () => {
    await fill();
    await writeFile(inDirectory('staff/accounts.json'), '');
    await expect(open()).rejects.toMatchObject({
      code: 'store-corrupt',
      message: expect.stringContaining('accounts.json'),
    });
    await rm(inDirectory('staff/accounts.json'));
    await (await open()).close();
  });

  test('answers from the knowledge before when the live snapshot is corrupt', async () => {
    await fill();
    await writeFile(inDirectory('knowledge/snapshots/v2.json'), '');
    const store = await open();
    expect((await store.knowledge.currentSnapshot())?.version).toBe('v1');
    expect(warnings).toHaveLength(1);
    await store.knowledge.publishSnapshot(aSnapshot({ version: 'v2', topics: [] }));
    expect((await store.knowledge.currentSnapshot())?.version).toBe('v2');
    await store.close();
  });

  test('keeps the twenty newest snapshots', async () => {
    const store = await open();
    for (let i = 1; i <= 25; i += 1) await store.knowledge.publishSnapshot(aSnapshot({ version: `v${i}` }));
    await store.close();
    expect(await readdir(inDirectory('knowledge/snapshots'))).toHaveLength(20);
  });

  test('keeps an id with odd characters inside its folder', async () => {
    const store = await open();
    const odd = aTopicRecord({ id: '../../thoát ra' });
    await store.knowledge.saveTopicRecords([odd]);
    expect(await store.knowledge.listTopicRecords()).toEqual([odd]);
    await store.close();
    expect(await readdir(path.dirname(directory))).toEqual(['data']);
  });

  test('says what to do when the directory cannot be made', async () => {
    await writeFile(directory, 'một tệp');
    await expect(open()).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining('DATA_DIR'),
    });
  });

  test('takes no change after it is closed', async () => {
    const store = await open();
    await store.close();
    await expect(store.staff.saveAccount(anAccount())).rejects.toMatchObject({ code: 'internal' });
    await expect(store.conversations.openSession(aSession())).rejects.toMatchObject({ code: 'internal' });
  });

  describe('read without a lock', () => {
    test('gives the live knowledge and the unanswered questions while a server runs', async () => {
      await fill();
      const store = await open();
      expect((await readCurrentSnapshot(directory))?.version).toBe('v2');
      expect(await readUnanswered(directory, { now: () => noon })).toEqual([anUnanswered(aTurn())]);
      await store.close();
    });

    test('changes nothing, also where there is something to repair', async () => {
      await fill();
      await writeFile(inDirectory('knowledge/current.json'), '');
      await appendFile(inDirectory('turns/2026-11-21.jsonl'), '{"kind":"tu');
      const before = await rawContentOf(directory);
      expect((await readCurrentSnapshot(directory))?.version).toBe('v1');
      expect(await readUnanswered(directory, { now: () => noon })).toHaveLength(1);
      expect(await rawContentOf(directory)).toBe(before);
    });

    test('finds nothing, and makes nothing, where there is no directory', async () => {
      expect(await readCurrentSnapshot(directory)).toBeNull();
      expect(await readUnanswered(directory)).toEqual([]);
      expect(await readdir(path.dirname(directory))).toEqual([]);
    });
  });
});
