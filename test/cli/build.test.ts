import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../../src/cli/build.mjs', import.meta.url));
const YESTERDAY = new Date(Date.now() - 86_400_000);
let root: string;

/** A production installation: built yesterday from older sources, without the build tools. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'motcua-build-'));
  mkdirSync(join(root, 'src', 'cli'), { recursive: true });
  cpSync(SCRIPT, join(root, 'src', 'cli', 'build.mjs'));
  for (const path of ['src/cli/build.mjs', 'src/cli', 'src']) touch(path, '2020-01-01');
  for (const folder of ['web', 'server']) {
    mkdirSync(join(root, '.build', folder), { recursive: true });
    writeFileSync(join(root, '.build', `${folder}.built`), `${YESTERDAY.toISOString()}\n`);
  }
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const touch = (path: string, date: string | Date) =>
  utimesSync(join(root, path), new Date(date), new Date(date));
const buildIfNeeded = () =>
  execFileSync(process.execPath, [join(root, 'src/cli/build.mjs'), '--if-needed'], {
    encoding: 'utf8',
    stdio: 'pipe',
  });

describe('build --if-needed', () => {
  it('leaves a build alone that is newer than its sources', () => {
    expect(buildIfNeeded()).toBe('Build is up to date.\n');
  });

  it('sees that a source is newer, and starts from what is there where the build tools are missing', () => {
    touch('src/cli/build.mjs', new Date());
    expect(buildIfNeeded()).toContain('Sources are newer than the build');
  });

  it('sees that a source was removed', () => {
    touch('src', new Date());
    expect(buildIfNeeded()).toContain('Sources are newer than the build');
  });

  it('says what to do where there is neither a build nor the tools for it', () => {
    rmSync(join(root, '.build', 'server'), { recursive: true });
    expect(buildIfNeeded).toThrow(/The server is not built.*npm ci/);
  });
});
