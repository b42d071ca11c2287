import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BANKING77, dataFolder } from './evaluation-sets/tiny-sets.ts';

type Ran = { code: number; out: string; err: string };

/** `npm run evaluate -- …`, without npm. */
function evaluate(...args: string[]): Promise<Ran> {
  return new Promise(resolve => {
    execFile(process.execPath, ['--import', 'tsx', 'src/cli/evaluate.ts', ...args], (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

const jsonLines = (pairs: [string, string | null][]) =>
  pairs.map(([text, intent]) => JSON.stringify({ text, intent })).join('\n');

const FILES = {
  'train.jsonl': jsonLines([
    ['làm khai sinh cho con', 'khai-sinh'],
    ['giấy khai sinh cần gì', 'khai-sinh'],
    ['khai sinh muộn', 'khai-sinh'],
    ['đổi bằng lái xe', 'bang-lai'],
    ['mất bằng lái', 'bang-lai'],
    ['bằng lái hết hạn', 'bang-lai'],
  ]),
  'test.jsonl': jsonLines([
    ['xin giấy khai sinh', 'khai-sinh'],
    ['hôm nay trời mưa', null],
  ]),
  'broken.jsonl': '{"text":"thiếu nhãn"}\n',
};

describe('the command evaluate', () => {
  it('measures any labelled set, with the fields that scripts rely on', async () => {
    const folder = await dataFolder(FILES);
    const files = ['--train', join(folder, 'train.jsonl'), '--test', join(folder, 'test.jsonl'), '--json'];
    const threshold = await evaluate(...files);
    expect(threshold).toMatchObject({ code: 0, err: '' });
    expect(Object.keys(JSON.parse(threshold.out))).toEqual([
      ...['n', 'inScopeAccuracy', 'accuracyWithoutThreshold', 'top3', 'oosRecall', 'oosPrecision'],
      ...['trainMs', 'p50Micros', 'p99Micros'],
    ]);
    const ranks = await evaluate(...files, '--rank', '10');
    expect(JSON.parse(ranks.out)).toMatchObject({
      ...{ n: 1, recallAt1: 1, recallAt3: 1, recallAt5: 1, recallAt10: 1, mrr: 1 },
    });
  });

  it('measures a public set: one object for scripts, tables for people', async () => {
    const folder = await dataFolder(BANKING77);
    const json = await evaluate('--set', 'banking77', '--data', folder, '--json');
    expect(JSON.parse(json.out)).toMatchObject({ set: 'banking77', n: 4, accuracy: 1, recallAt3: 1 });
    const text = await evaluate('--set', 'banking77', '--data', folder);
    expect(text.out).toMatch(/^BANKING77 full, %\n/);
  });

  it.each([
    ['nothing', [], 'Give --train FILE and --test FILE'],
    ['an unknown set', ['--set', 'atis'], '--set takes clinc150, hint3, braun, banking77, catalogue, own'],
    ['a set without its folder', ['--set', 'hint3'], '--set hint3 needs --data DIR'],
    ['an option without its value', ['--set', 'braun', '--data'], '--data needs a value'],
    ['a set and files', ['--set', 'braun', '--train', 'a.jsonl'], '--set brings its own files and objective'],
    ['eleven folds', ['--set', 'own', '--folds', '11'], '--folds takes a number from 1 to 10'],
    ['an unknown objective', ['--train', 'a', '--test', 'b', '--objective', 'best'], '--objective takes'],
  ])('says what to write when it is given %s', async (_, args, message) => {
    const ran = await evaluate(...args);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toContain(message);
  });

  it('names the line that cannot be read', async () => {
    const folder = await dataFolder(FILES);
    const file = join(folder, 'broken.jsonl');
    const ran = await evaluate('--train', file, '--test', file);
    expect(ran.err).toContain(`${file}:1 is not {"text": "...", "intent": "..." or null}`);
  });
});
