import { randomUUID } from 'node:crypto';
import { link, readdir, readFile, readlink, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../errors.ts';
import { isMissing, makeFolder } from './durable-file.ts';
import type { Warn } from './durable-json-file.ts';

/**
 * One process at a time uses a data directory.
 *
 * Node has no flock, so the lock is a folder of numbered claims, `1.json`, `2.json` …: the highest number counts.
 * A claim is made by hard-linking a complete file to the next number, which exactly one of many racers can do.
 * The highest number is never deleted (a release marks it), so numbers only grow and no racer that looked
 * long ago can take a number that passed: whoever finds a higher number than its own steps back.
 *
 * A claim whose owner is dead is void. On the same kernel and in the same pid namespace, the owner lives if its
 * pid still has the start time that it had. From elsewhere (another container, another machine, no /proc)
 * pids mean nothing: there the owner lives if it keeps touching its claim.
 */
export async function takeLock(
  folder: string,
  directory: string,
  options: LockOptions,
): Promise<DirectoryLock> {
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  const self = options.identity ?? (await identify());
  await makeFolder(folder);
  for (;;) {
    const newest = await newestClaim(folder);
    if (newest !== null && (await isHeld(newest, self, timing, options.warn)))
      throw locked(directory, folder, newest);
    const claim = await claimNumber(folder, (newest?.number ?? 0) + 1, self);
    if (claim === null) continue; // another was faster
    if (await isNewest(folder, claim)) {
      await removeOlder(folder, claim);
      return holdClaim(claim, timing.beatMs, options.warn);
    }
    await rm(claim.file, { force: true });
  }
}

export type LockTiming = {
  /** A holder touches its claim this often. */
  beatMs: number;
  /** How long to look for a touch; longer than any pause of a living process. */
  watchMs: number;
  /** A claim untouched for so long is void without looking; more than two clocks differ. */
  silentMs: number;
};

export type LockOptions = { warn: Warn; timing?: Partial<LockTiming>; identity?: Identity };

export type DirectoryLock = {
  /** @throws AppError `store-locked` when another process has taken the directory over. */
  refuseIfLost(): void;
  release(): Promise<void>;
};

/** What tells one process from every other, before and after it, on this machine and elsewhere. */
export type Identity = {
  pid: number;
  /** Clock ticks from the boot to the start of the process; null without /proc. */
  startTime: string | null;
  /** New at each boot of the kernel; null without /proc. */
  bootId: string | null;
  /** Containers on one kernel differ in it; null without /proc. */
  pidNamespace: string | null;
  hostname: string;
};

const DEFAULT_TIMING: LockTiming = { beatMs: 2_000, watchMs: 20_000, silentMs: 60_000 };

type Claim = { number: number; file: string };
type Owner = Identity & { instance: string; since: string; released?: true };
type FoundClaim = Claim & { owner: Owner | null };
type OwnClaim = Claim & { owner: Owner };

/** This process, as its claims describe it. */
export async function identify(): Promise<Identity> {
  const orNull = (read: Promise<string>) => read.then(text => text.trim()).catch(() => null);
  return {
    pid: process.pid,
    startTime: await startTimeOf(process.pid),
    bootId: await orNull(readFile('/proc/sys/kernel/random/boot_id', 'utf8')),
    pidNamespace: await orNull(readlink('/proc/self/ns/pid')),
    hostname: os.hostname(),
  };
}

async function newestClaim(folder: string): Promise<FoundClaim | null> {
  const number = Math.max(0, ...(await claimNumbers(folder)));
  if (number === 0) return null;
  const file = claimFile(folder, number);
  return { number, file, owner: await readOwner(file) };
}

async function claimNumbers(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names.filter(name => /^\d+\.json$/.test(name)).map(name => Number.parseInt(name, 10));
}

const claimFile = (folder: string, number: number) => path.join(folder, `${number}.json`);

/** Null when a power cut emptied the file: whether its owner lives, only its touches tell. */
async function readOwner(file: string): Promise<Owner | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Owner;
  } catch {
    return null;
  }
}

async function isHeld(claim: FoundClaim, self: Identity, timing: LockTiming, warn: Warn): Promise<boolean> {
  const { owner } = claim;
  if (owner?.released) return false;
  if (owner !== null && sharesPids(owner, self)) return (await startTimeOf(owner.pid)) === owner.startTime;
  if (owner !== null && sharesMachineWithoutProc(owner, self) && !pidExists(owner.pid)) return false;
  return isTouched(claim, timing, warn);
}

function sharesPids(owner: Identity, self: Identity): boolean {
  const known = self.startTime !== null && self.bootId !== null && self.pidNamespace !== null;
  return known && owner.bootId === self.bootId && owner.pidNamespace === self.pidNamespace;
}

function sharesMachineWithoutProc(owner: Identity, self: Identity): boolean {
  return owner.startTime === null && self.startTime === null && owner.hostname === self.hostname;
}

async function isTouched(claim: FoundClaim, timing: LockTiming, warn: Warn): Promise<boolean> {
  const before = await touchedAt(claim.file);
  if (before === null || Date.now() - before > timing.silentMs) return false;
  warn('The data directory may be in use elsewhere; waiting for a sign of life of its holder.', {
    pid: claim.owner?.pid,
    hostname: claim.owner?.hostname,
    waitMs: timing.watchMs,
  });
  // Looks are counted, not timed: a pause of this process must not pass for silence of the other.
  for (let looks = Math.ceil((2 * timing.watchMs) / timing.beatMs); looks > 0; looks -= 1) {
    await sleep(timing.beatMs / 2);
    const after = await touchedAt(claim.file);
    if (after !== before) return after !== null;
  }
  return false;
}

async function touchedAt(file: string): Promise<number | null> {
  return stat(file).then(
    found => found.mtimeMs,
    () => null,
  );
}

/** Field 22 of /proc/PID/stat. Null for a process that does not run, or has ended and waits for its parent. */
async function startTimeOf(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name, field 2, stands in brackets and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return 'ZX'.includes(fields[0] ?? 'X') ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

function pidExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

async function claimNumber(folder: string, number: number, self: Identity): Promise<OwnClaim | null> {
  const file = claimFile(folder, number);
  const owner: Owner = { ...self, instance: randomUUID(), since: new Date().toISOString() };
  const temp = `${file}.${owner.instance}.tmp`;
  await writeFile(temp, JSON.stringify(owner));
  try {
    await linkOrCreate(temp, file, owner);
    return { number, file, owner };
  } catch (error) {
    // Taken; or the winner's tidying up took our temp file. Either way another was faster.
    if (['EEXIST', 'ENOENT'].includes(codeOf(error))) return null;
    throw error;
  } finally {
    await rm(temp, { force: true });
  }
}

/** Where there are no hard links, a racer may see the claim still empty; it then waits for a sign of life. */
async function linkOrCreate(temp: string, file: string, owner: Owner): Promise<void> {
  try {
    await link(temp, file);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(codeOf(error))) throw error;
    await writeFile(file, JSON.stringify(owner), { flag: 'wx' });
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

async function isNewest(folder: string, claim: Claim): Promise<boolean> {
  return Math.max(...(await claimNumbers(folder))) === claim.number;
}

function holdClaim(claim: OwnClaim, beatMs: number, warn: Warn): DirectoryLock {
  let state: 'held' | 'lost' | 'released' = 'held';
  const beat = setInterval(async () => {
    const ours = await touchIfOurs(claim);
    if (ours || state !== 'held') return;
    state = 'lost';
    warn('The data directory was taken over by another process; nothing more is written.', {
      file: claim.file,
    });
  }, beatMs);
  beat.unref();

  return {
    refuseIfLost: () => {
      if (state !== 'lost') return;
      throw new AppError(
        'store-locked',
        `${claim.file} is no longer ours: another process took over. Restart.`,
      );
    },
    release: async () => {
      clearInterval(beat);
      const wasHeld = state === 'held';
      state = 'released';
      if (!wasHeld || !(await touchIfOurs(claim))) return;
      // A full disk is no reason to fail now: the claim is void anyway when this process has ended.
      await markReleased(claim).catch(error =>
        warn('The lock could not be released.', { code: codeOf(error) }),
      );
    },
  };
}

/** False when the claim is gone or is another's; a disk that fails for a moment takes nothing away. */
async function touchIfOurs({ file, owner }: OwnClaim): Promise<boolean> {
  try {
    const found = JSON.parse(await readFile(file, 'utf8')) as Owner;
    if (found.instance !== owner.instance) return false;
    const at = new Date();
    await utimes(file, at, at);
    return true;
  } catch (error) {
    return !isMissing(error);
  }
}

async function markReleased({ file, owner }: OwnClaim): Promise<void> {
  const temp = `${file}.${owner.instance}.tmp`;
  await writeFile(temp, JSON.stringify({ ...owner, released: true }));
  await rename(temp, file);
}

async function removeOlder(folder: string, claim: Claim): Promise<void> {
  const older = (await claimNumbers(folder)).filter(number => number < claim.number);
  await Promise.all(older.map(number => rm(claimFile(folder, number), { force: true })));
}

function locked(directory: string, folder: string, { owner }: FoundClaim): AppError {
  const holder =
    owner === null ? 'another process' : `process ${owner.pid} on ${owner.hostname}, since ${owner.since}`;
  return new AppError(
    'store-locked',
    `The data directory ${directory} is in use by ${holder}. ` +
      'Stop that process first, or start this one with another DATA_DIR. ' +
      `If you are sure that nothing uses it, delete ${folder} and start again.`,
    { details: { directory, pid: owner?.pid ?? null, hostname: owner?.hostname ?? null } },
  );
}
