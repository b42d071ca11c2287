import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { expect, test } from 'vitest';
import { openLowdbStore } from '../../src/stores/lowdb/lowdb-store.ts';
import { dataDirectory, filesIn } from './data-directory.ts';

const KILLS = 20;
const LONGEST_LIFE_MS = 200;

test('kill -9 during a stream of turns, twenty times: no acknowledged turn is lost', async () => {
  const directory = await dataDirectory();
  const acknowledged: string[] = [];
  const script = await bundleWriter();
  for (let run = 0; run < KILLS; run += 1) {
    const writer = startWriter(script, directory, run);
    await writer.opened;
    if (run === 0) await expectRefusal(directory, writer.child.pid);
    await sleep(Math.random() * LONGEST_LIFE_MS);
    acknowledged.push(...(await kill(writer)));
    const complaints = warningsOf(writer).filter(warning => !warning.includes('cut short by a kill'));
    expect(complaints).toEqual([]);
  }

  const warnings: string[] = [];
  const store = await openLowdbStore({ directory, warn: message => warnings.push(message) });
  const missing: string[] = [];
  for (const id of acknowledged) if ((await store.conversations.findTurn(id)) === null) missing.push(id);
  expect(missing).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(KILLS);
  expect(warnings.filter(warning => warning.includes('damaged'))).toEqual([]);
  expect((await filesIn(directory)).filter(file => file.endsWith('.tmp'))).toEqual([]);
  await store.close();
}, 180_000);

/** One plain file: it starts at once, where compiling the sources twenty times would take most of the test. */
async function bundleWriter(): Promise<string> {
  const outDir = await dataDirectory();
  const entry = fileURLToPath(new URL('./stream-turns.ts', import.meta.url));
  const ssr = { noExternal: true } as const;
  await build({
    configFile: false,
    logLevel: 'error',
    ssr,
    build: { ssr: entry, outDir, emptyOutDir: false },
  });
  await rename(path.join(outDir, 'stream-turns.js'), path.join(outDir, 'stream-turns.mjs'));
  return path.join(outDir, 'stream-turns.mjs');
}

type Writer = { child: ChildProcess; opened: Promise<void>; lines(): string[] };

function startWriter(script: string, directory: string, run: number): Writer {
  const child = spawn(process.execPath, [script, directory, String(run)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  // The last line may be cut short by the kill: only whole lines were acknowledged.
  const lines = () => output.split('\n').slice(0, -1);
  const opened = new Promise<void>((resolve, reject) => {
    child.stdout!.setEncoding('utf8').on('data', text => {
      output += text;
      if (lines().length > 0) resolve();
    });
    child.once('exit', code => reject(new Error(`the writer ended by itself with ${code}`)));
  });
  return { child, opened, lines };
}

/** The first line tells what the store said when it opened. */
function warningsOf({ lines }: Writer): string[] {
  return JSON.parse(lines()[0]!.slice('open '.length));
}

async function kill({ child, lines }: Writer): Promise<string[]> {
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
  return lines().slice(1);
}

async function expectRefusal(directory: string, pid: number | undefined): Promise<void> {
  await expect(openLowdbStore({ directory })).rejects.toMatchObject({
    code: 'store-locked',
    details: { pid },
  });
}
