import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openKnowledge } from '../../src/knowledge/live-knowledge.ts';
import { matcherSource } from '../../src/training/obtain-matcher.ts';
import { readSavedMatcher, saveMatcher } from '../../src/training/saved-matcher.ts';
import { recordLog } from '../fixtures/recorded-log.ts';
import { SMALL_SNAPSHOT } from '../fixtures/small-knowledge.ts';
import { openTrained, trainHere } from '../fixtures/train-here.ts';
import { dataDirectory } from '../stores/data-directory.ts';

const QUESTION = 'làm giấy khai sinh cho con cần gì';

describe('a matcher trained on a thread of its own', () => {
  it('answers as one trained here, saved for the next start or not', async () => {
    const directory = await dataDirectory();
    const recorded = recordLog();
    const source = matcherSource({ directory, log: recorded.log, save: true });
    const expected = (await openTrained(SMALL_SNAPSHOT)).matcher.match(QUESTION);
    expect(expected.topics.length).toBeGreaterThan(0);

    const trained = openKnowledge(SMALL_SNAPSHOT, await source(SMALL_SNAPSHOT));
    expect(trained.matcher.match(QUESTION)).toEqual(expected);
    const loaded = openKnowledge(SMALL_SNAPSHOT, await source(SMALL_SNAPSHOT));
    expect(loaded.matcher.match(QUESTION)).toEqual(expected);
    expect(recorded.lines.map(({ msg }) => msg)).toEqual(['matcher trained', 'matcher loaded']);
  });

  it('leaves this thread free meanwhile', async () => {
    const { matcher } = await openTrained(SMALL_SNAPSHOT);
    const source = matcherSource({ directory: await dataDirectory(), log: recordLog().log, save: false });
    let isTrained = false;
    let answered = 0;
    const training = source(SMALL_SNAPSHOT).finally(() => {
      isTrained = true;
    });
    while (!isTrained) {
      if (matcher.match(QUESTION).topics.length > 0) answered += 1;
      await new Promise(setImmediate);
    }
    await training;
    expect(answered).toBeGreaterThan(1);
  });
});

describe('a saved matcher', () => {
  it('is of no use to other knowledge, nor when the file was cut or changed', async () => {
    const file = path.join(await dataDirectory(), 'matcher.bin');
    await saveMatcher(file, 'v1', await trainHere(SMALL_SNAPSHOT));
    expect(await readSavedMatcher(file, 'v1')).not.toBeNull();
    expect(await readSavedMatcher(file, 'v2')).toBeNull();

    const content = await readFile(file);
    await writeFile(file, content.subarray(0, content.length / 2));
    expect(await readSavedMatcher(file, 'v1')).toBeNull();
    content[content.length - 5] = (content.at(-5) as number) ^ 1;
    await writeFile(file, content);
    expect(await readSavedMatcher(file, 'v1')).toBeNull();
    expect(await readSavedMatcher(`${file}.missing`, 'v1')).toBeNull();
  });
});
