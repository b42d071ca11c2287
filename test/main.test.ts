import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listen } from '../src/server/listen.ts';

/** A start trains on the whole shipped knowledge. */
const PATIENCE = 180_000;

describe('the process', { timeout: PATIENCE }, () => {
  it('reports all faults of its settings and ends', async () => {
    const { code, stderr } = await run({ PORT: 'cổng', LOG_LEVEL: 'to' });
    expect(code).toBe(1);
    expect(stderr).toContain('PORT is "cổng": write a port');
    expect(stderr).toContain('LOG_LEVEL is "to": write one of');
    expect(stderr).not.toContain('    at ');
  });

  it('ends with one line when the port is taken', async () => {
    const other = createServer();
    const port = await listen(other, 0);
    const { code, stderr } = await run({ PORT: String(port) });
    other.close();
    expect(code).toBe(1);
    expect(stderr).toMatch(
      new RegExp(`^Motcua cannot start\\. Port ${port} is used by another program: .*\\n$`),
    );
  });

  it('ends with one line when the centre’s file is not there', async () => {
    const { code, stderr } = await run({ CENTRE_FILE: 'khong-co.yaml' });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Motcua cannot start\. CENTRE_FILE .*khong-co\.yaml cannot be read: .*\n$/);
  });

  it('prints the first admin’s link, answers, refuses a second process, and ends in order', async () => {
    const env = { PORT: '0', DATA_DIR: await mkdtemp(join(tmpdir(), 'motcua-main-')) };
    onTestFinished(() => rm(env.DATA_DIR, { recursive: true, force: true }));
    const first = start(env);
    const url = await first.printed(/^Motcua is ready: (\S+)$/m);
    await first.printed(
      /^Set up the first admin .*: http:\/\/localhost:\d+\/console\/setup#token=[\w-]{43}$/m,
    );
    expect((await fetch(`${url}/readyz`)).status).toBe(200);

    const second = await run(env);
    expect(second.code).toBe(1);
    expect(second.stderr.trim().split('\n').at(-1)).toMatch(/^Motcua cannot start\. /);
    expect(second.stderr).not.toContain('    at ');

    first.child.kill('SIGTERM');
    expect(await first.exited).toBe(0);
  });
});

type Env = Record<string, string>;

function start(env: Env) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    env: { PATH: process.env.PATH, LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', chunk => {
    output.stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', chunk => {
    output.stderr += chunk;
  });
  const exited = once(child, 'close').then(([code]) => code as number | null);
  const printed = (pattern: RegExp) => printedBy(child, () => output.stdout, pattern);
  return { child, output, exited, printed };
}

async function run(env: Env): Promise<{ code: number | null; stderr: string }> {
  const { exited, output } = start(env);
  return { code: await exited, stderr: output.stderr };
}

async function printedBy(child: ChildProcess, text: () => string, pattern: RegExp): Promise<string> {
  for (;;) {
    const match = pattern.exec(text());
    if (match) return match[1] ?? match[0];
    if (child.exitCode !== null) throw new Error(`The process ended before it printed ${pattern}.`);
    await Promise.race([once(child.stdout!, 'data'), once(child, 'exit')]);
  }
}
