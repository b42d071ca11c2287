import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startKnowledge } from '../../src/knowledge/start-knowledge.ts';
import { createMemoryStore } from '../../src/stores/memory/memory-store.ts';
import type { KnowledgeStore } from '../../src/stores/store.ts';
import { FAULTY_INTENTS, intentsFolder, SMALL_INTENTS } from '../fixtures/intents-folder.ts';
import { recordLog } from '../fixtures/recorded-log.ts';

const NOW = new Date('2026-11-21T08:00:00Z');

function starter(knowledge: KnowledgeStore = createMemoryStore().knowledge) {
  const recorded = recordLog();
  const start = (intentsDir: string) =>
    startKnowledge({ knowledge, intentsDir, now: NOW, log: recorded.log });
  return { knowledge, start, logged: () => recorded.lines.map(({ level, msg }) => `${level}: ${msg}`) };
}

const HELLO = 'bai-viet/tro-chuyen/chao-hoi.yaml';
const newHello = (text: string) =>
  `kind: article\nid: chao-hoi\nname: Chào hỏi\nlabel: Chào hỏi\ngroup: smalltalk\nphrases: [xin chào]\nanswer: { text: "${text}" }\n`;

describe('at start', () => {
  it('an empty store is filled from the release and published', async () => {
    const { knowledge, start } = starter();
    const snapshot = await start(SMALL_INTENTS);
    expect(snapshot.topics.map(({ topic, revision }) => `${topic.id} ${revision}`)).toEqual([
      '1.001193 1',
      'chao-hoi 1',
      'tach-ho 1',
    ]);
    expect(snapshot.facets.time).toEqual(['mất bao lâu']);
    expect(await knowledge.currentSnapshot()).toEqual(snapshot);
  });

  it('a second start writes nothing and gives the same version', async () => {
    const { knowledge, start, logged } = starter();
    const first = await start(SMALL_INTENTS);
    const records = await knowledge.listTopicRecords();
    expect(await start(SMALL_INTENTS)).toEqual(first);
    expect(await knowledge.listTopicRecords()).toEqual(records);
    expect(logged()).toEqual(['info: knowledge published']);
  });

  it('two stores with the same release have the same version', async () => {
    const [one, other] = await Promise.all([starter().start(SMALL_INTENTS), starter().start(SMALL_INTENTS)]);
    expect(one.version).toBe(other.version);
  });

  it('a new release changes the version and the text', async () => {
    const { start } = starter();
    const before = await start(SMALL_INTENTS);
    const after = await start(await intentsFolder({ [HELLO]: newHello('Kính chào!') }));
    expect(after.version).not.toBe(before.version);
    expect(after.topics.find(({ topic }) => topic.id === 'chao-hoi')).toMatchObject({
      revision: 2,
      topic: { answer: { text: 'Kính chào!' } },
    });
  });

  it('a new lexicon alone is published too', async () => {
    const { start } = starter();
    const before = await start(SMALL_INTENTS);
    const lexicon = await readFile(join(SMALL_INTENTS, '_lexicon.yaml'), 'utf8');
    const after = await start(await intentsFolder({ '_lexicon.yaml': lexicon.replace('cccd', 'cccd, cc') }));
    expect(after.version).not.toBe(before.version);
    expect(after.topics).toEqual(before.topics);
  });

  it('a topic that staff retired stays out', async () => {
    const { knowledge, start } = starter();
    await start(SMALL_INTENTS);
    const record = (await knowledge.findTopicRecord('chao-hoi'))!;
    const retired = { ...record.revisions[0]!, number: 2, status: 'retired' as const, author: 'nv-1' };
    await knowledge.saveTopicRecords([{ ...record, version: 2, revisions: [...record.revisions, retired] }]);
    const after = await start(await intentsFolder({ [HELLO]: newHello('Kính chào!') }));
    expect(after.topics.map(({ topic }) => topic.id)).toEqual(['1.001193', 'tach-ho']);
  });
});

describe('a release with faults', () => {
  it('leaves what is live in place and says so', async () => {
    const { start, logged } = starter();
    const live = await start(SMALL_INTENTS);
    expect(await start(FAULTY_INTENTS)).toEqual(live);
    expect(await start('test/fixtures/khong-co')).toEqual(live);
    const fault = expect.stringContaining('error: the shipped knowledge has faults and is left aside');
    expect(logged()).toEqual(['info: knowledge published', fault, fault]);
  });

  it('stops the first start', async () => {
    await expect(starter().start(FAULTY_INTENTS)).rejects.toMatchObject({ code: 'knowledge-invalid' });
  });
});

describe('another process that starts at the same time', () => {
  it('may save first: the release is taken over all the same', async () => {
    const { knowledge } = createMemoryStore();
    const list = knowledge.listTopicRecords;
    let others = 1;
    const raced: KnowledgeStore = {
      ...knowledge,
      listTopicRecords: async () => {
        const records = await list();
        if (others-- > 0) await starter(knowledge).start(SMALL_INTENTS);
        return records;
      },
    };
    const snapshot = await starter(raced).start(SMALL_INTENTS);
    expect(snapshot.topics).toHaveLength(3);
    expect((await list()).map(({ version }) => version)).toEqual([1, 1, 1]);
  });
});
