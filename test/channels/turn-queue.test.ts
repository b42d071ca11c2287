import { describe, expect, it } from 'vitest';
import { createTurnQueue } from '../../src/channels/turn-queue.ts';
import { createGate } from '../fixtures/gate.ts';

describe('the turn queue', () => {
  it('runs the jobs of one conversation one after another, in order of arrival', async () => {
    const queue = createTurnQueue(10);
    const events: string[] = [];
    const job = (name: string, pauses: number) => async () => {
      events.push(`${name} bắt đầu`);
      for (let i = 0; i < pauses; i += 1) await Promise.resolve();
      events.push(`${name} xong`);
    };
    await Promise.all([
      queue.run('a', job('một', 9)),
      queue.run('a', job('hai', 1)),
      queue.run('a', job('ba', 4)),
    ]);
    expect(events).toEqual(['một bắt đầu', 'một xong', 'hai bắt đầu', 'hai xong', 'ba bắt đầu', 'ba xong']);
  });

  it('does not let one conversation wait for another', async () => {
    const queue = createTurnQueue(10);
    const gate = createGate();
    const slow = queue.run('a', () => gate.opened);
    expect(await queue.run('b', async () => 'trả lời')).toBe('trả lời');
    gate.open();
    await slow;
  });

  it('refuses a message when too many of its conversation wait, and takes messages again later', async () => {
    const queue = createTurnQueue(2);
    const gate = createGate();
    const taken = [1, 2, 3].map(() => queue.run('a', () => gate.opened));
    await expect(queue.run('a', async () => {})).rejects.toMatchObject({ code: 'rate-limited' });
    gate.open();
    await Promise.all(taken);
    expect(await queue.run('a', async () => 'được')).toBe('được');
  });

  it('goes on after a job that failed', async () => {
    const queue = createTurnQueue(2);
    const broken = queue.run('a', () => Promise.reject(new Error('hỏng')));
    const next = queue.run('a', async () => 'được');
    await expect(broken).rejects.toThrow('hỏng');
    expect(await next).toBe('được');
  });

  it('is drained when everything taken is done', async () => {
    const queue = createTurnQueue(2);
    let done = 0;
    for (const key of ['a', 'a', 'b']) {
      void queue.run(key, async () => {
        await Promise.resolve();
        done += 1;
      });
    }
    await queue.drain();
    expect(done).toBe(3);
  });
});
