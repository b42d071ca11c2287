import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KnowledgeSnapshot } from '../../src/domain/knowledge.ts';
import type { Topic } from '../../src/domain/topic.ts';
import { exportYaml } from '../../src/knowledge/export-yaml.ts';
import { loadIntents } from '../../src/knowledge/load-intents.ts';
import { emptyFolder, intentsFolder, SMALL_INTENTS } from '../fixtures/intents-folder.ts';

async function snapshotOf(folder: string, change: (topic: Topic) => Topic = topic => topic) {
  const { topics, facets, lexicon } = await loadIntents(folder);
  const published = topics.map(topic => ({ topic: change(topic), revision: 1 }));
  return { version: 'v', publishedAt: '', topics: published, facets, lexicon } satisfies KnowledgeSnapshot;
}

describe('the live knowledge as files', () => {
  it.each([SMALL_INTENTS, 'intents'])('load, export, load again: %s says the same', async intents => {
    const folder = await emptyFolder();
    await exportYaml(await snapshotOf(intents), folder);
    const [before, after] = [await loadIntents(intents), await loadIntents(folder)];
    expect(new Map([...after.hashes].sort())).toEqual(new Map([...before.hashes].sort()));
    expect([after.facets, after.lexicon]).toEqual([before.facets, before.lexicon]);
  });

  it('lie where a curator looks for them', async () => {
    const folder = await emptyFolder();
    const { written } = await exportYaml(await snapshotOf(SMALL_INTENTS), folder);
    expect(written.map(file => file.slice(folder.length + 1))).toEqual([
      'bai-viet/tro-chuyen/chao-hoi.yaml',
      'cu-tru/tach-ho.yaml',
      'ho-tich/1.001193-khai-sinh.yaml',
      '_facets.yaml',
      '_lexicon.yaml',
    ]);
    expect(await readFile(join(folder, 'cu-tru/tach-ho.yaml'), 'utf8')).toBe(
      [
        'kind: procedure',
        'id: tach-ho',
        'name: Tách hộ',
        'label: Tách hộ',
        'field: cu-tru',
        'phrases:',
        '  - muốn tách khỏi hộ bố mẹ',
        '  - tach ho khau',
        'facts:',
        '  evidence:',
        '    source: Luật Cư trú',
        '    checkedOn: "2026-11-21"',
        '    verified: false',
        '  time:',
        '    value:',
        '      value: 5',
        '      unit: working-day',
        '',
      ].join('\n'),
    );
  });

  it('leave the files of unchanged topics as they are, and name those that are not live', async () => {
    const folder = await intentsFolder();
    const snapshot = await snapshotOf(SMALL_INTENTS, topic =>
      topic.id === 'tach-ho' ? { ...topic, phrases: [...topic.phrases, 'tách khẩu'] } : topic,
    );
    const live = snapshot.topics.filter(({ topic }) => topic.id !== 'chao-hoi');
    const report = await exportYaml({ ...snapshot, topics: live }, folder);
    expect(report.written).toEqual([join(folder, 'cu-tru/tach-ho.yaml')]);
    expect(report.notLive).toEqual([join(folder, 'bai-viet/tro-chuyen/chao-hoi.yaml')]);
    expect(await readFile(join(folder, 'ho-tich/1.001193-khai-sinh.yaml'), 'utf8')).toContain(
      '# Lời ghi chú này',
    );
  });
});
