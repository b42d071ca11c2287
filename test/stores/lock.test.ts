import { rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Identity, identify, takeLock } from '../../src/stores/lowdb/lock.ts';
import { dataDirectory, filesIn } from './data-directory.ts';

/** Fast enough for a test; the watched process beats every 20 ms. */
const timing = { beatMs: 20, watchMs: 200, silentMs: 60_000 };
const elsewhere = { pid: 1, startTime: '4711', pidNamespace: 'pid:[1]', hostname: 'container-cu' };

describe('the lock on a data directory', () => {
  let directory: string;
  let folder: string;
  let warnings: string[];
  const take = (identity?: Identity) =>
    takeLock(folder, directory, { warn: message => warnings.push(message), timing, identity });

  async function leaveClaim(owner: object, touchedAt = new Date()): Promise<string> {
    await (await take()).release();
    const file = path.join(folder, '7.json');
    await writeFile(file, JSON.stringify({ since: '2026-11-20T01:00:00.000Z', ...owner }));
    await utimes(file, touchedAt, touchedAt);
    return file;
  }

  beforeEach(async () => {
    directory = await dataDirectory();
    folder = path.join(directory, 'lock');
    warnings = [];
  });

  test('refuses a second holder and says which directory, which process and what to do', async () => {
    const lock = await take();
    await expect(take()).rejects.toMatchObject({
      code: 'store-locked',
      message: expect.stringMatching(
        new RegExp(`${directory} is in use by process ${process.pid} .*another DATA_DIR.*delete ${folder}`),
      ),
    });
    await lock.release();
  });

  test('is free again after its release', async () => {
    await (await take()).release();
    const lock = await take();
    await lock.release();
    expect(await filesIn(folder)).toEqual(['2.json']);
  });

  test('of a process that is dead is void', async () => {
    await leaveClaim({ ...(await identify()), pid: 2 ** 22 + 1 });
    await (await take()).release();
    expect(warnings).toEqual([]);
  });

  test('of an earlier process with the same id is void', async () => {
    await leaveClaim({ ...(await identify()), startTime: '1' });
    await (await take()).release();
    expect(warnings).toEqual([]);
  });

  test('of a container that died a while ago is void, though its process id is in use here', async () => {
    await leaveClaim(
      { ...(await identify()), ...elsewhere, pid: process.pid },
      new Date(Date.now() - 120_000),
    );
    await (await take()).release();
    expect(warnings).toEqual([]);
  });

  test('of a container that died just now is void once it has shown no sign of life', async () => {
    await leaveClaim({ ...(await identify()), ...elsewhere });
    await (await take()).release();
    expect(warnings).toHaveLength(1);
  });

  test('of another container that lives is respected, though its process id is unknown here', async () => {
    const theirs = await take({ ...(await identify()), ...elsewhere });
    await expect(take()).rejects.toMatchObject({
      code: 'store-locked',
      details: { hostname: 'container-cu' },
    });
    await theirs.release();
  });

  test('that a power cut emptied is void once it has shown no sign of life', async () => {
    const file = await leaveClaim({});
    await writeFile(file, '');
    await (await take()).release();
    expect(warnings).toHaveLength(1);
  });

  test('without /proc goes by whether the process exists', async () => {
    const noProc = { startTime: null, bootId: null, pidNamespace: null, hostname: 'may-mac' };
    await leaveClaim({ ...noProc, pid: 2 ** 22 + 1 });
    const lock = await take({ ...noProc, pid: process.pid });
    await expect(take({ ...noProc, pid: process.pid })).rejects.toMatchObject({ code: 'store-locked' });
    await lock.release();
  });

  test('goes to one of twenty that race for a void claim', async () => {
    await leaveClaim({ ...(await identify()), startTime: '1' });
    const races = await Promise.allSettled(Array.from({ length: 20 }, () => take()));
    const won = races.filter(race => race.status === 'fulfilled');
    const refused = races.filter(race => race.status === 'rejected' && race.reason.code === 'store-locked');
    expect([won.length, refused.length]).toEqual([1, 19]);
    await won[0]!.value.release();
  });

  test('stops a holder that was taken over', async () => {
    const lock = await take();
    lock.refuseIfLost();
    await rm(folder, { recursive: true });
    const next = await take();
    await expect.poll(() => warnings.length).toBe(1);
    expect(() => lock.refuseIfLost()).toThrow(expect.objectContaining({ code: 'store-locked' }));
    await lock.release();
    next.refuseIfLost();
    await next.release();
  });
});
