import { describe, expect, it } from 'vitest';
import { createPersonLanes } from '../../../src/channels/messenger/person-lanes.ts';
import { createGate } from '../../fixtures/gate.ts';

const task = (personId: string, at: number, name = `${personId}${at}`) => ({ personId, at, name });

describe('people in their lanes', () => {
  it('takes each person’s tasks one at a time, the earliest first, whenever they came', async () => {
    const gate = createGate();
    const log: string[] = [];
    const lanes = createPersonLanes<ReturnType<typeof task>>(async ({ name }) => {
      log.push(name);
      await gate.opened;
      return 'done';
    }, 10);
    lanes.add([task('lan', 2), task('minh', 9)]);
    lanes.add([task('lan', 3), task('lan', 1)]);
    expect(lanes.lengthOf('lan')).toBe(3);
    gate.open();
    await expect.poll(() => log).toEqual(['lan2', 'minh9', 'lan1', 'lan3']);
    await expect.poll(() => lanes.lengthOf('lan')).toBe(0);
  });

  it('works for no more people at once than it may', async () => {
    let [running, most] = [0, 0];
    const lanes = createPersonLanes(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(resolve => setImmediate(resolve));
      running -= 1;
      return 'done';
    }, 3);
    const people = Array.from({ length: 20 }, (_, i) => task(`người ${i}`, 1));
    lanes.add(people);
    await expect.poll(() => people.every(({ personId }) => lanes.lengthOf(personId) === 0)).toBe(true);
    expect(most).toBe(3);
  });

  it('keeps what is put off at the head of its lane, and others go on', async () => {
    const log: string[] = [];
    let isWell = false;
    const lanes = createPersonLanes<ReturnType<typeof task>>(async ({ name, personId }) => {
      log.push(name);
      return isWell || personId === 'minh' ? 'done' : 'later';
    }, 10);
    lanes.add([task('lan', 1), task('lan', 2), task('minh', 1), task('minh', 2)]);
    await expect.poll(() => log).toEqual(['lan1', 'minh1', 'minh2']);
    isWell = true;
    lanes.retry();
    await expect.poll(() => log.slice(3)).toEqual(['lan1', 'lan2']);
  });

  it('ends what runs, and begins nothing more, when it stops', async () => {
    const gate = createGate();
    const log: string[] = [];
    const lanes = createPersonLanes<ReturnType<typeof task>>(async ({ name }) => {
      await gate.opened;
      log.push(name);
      return 'done';
    }, 10);
    lanes.add([task('lan', 1), task('lan', 2)]);
    const stopped = lanes.stop();
    gate.open();
    await stopped;
    expect(log).toEqual(['lan1']);
  });
});
