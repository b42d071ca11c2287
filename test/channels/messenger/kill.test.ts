import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ScriptedStandIn, startScriptedStandIn } from '../../fixtures/graph-stand-in.ts';
import { dataDirectory } from '../../stores/data-directory.ts';
import { PAGE, page, signatureOf, textItem } from './payloads.ts';

const SECRET = 'bí-mật';
const SCRIPT = fileURLToPath(new URL('./page-process.ts', import.meta.url));

let graph: ScriptedStandIn;
let processes: ChildProcess[];

beforeEach(async () => {
  graph = await startScriptedStandIn();
  processes = [];
});
afterEach(async () => {
  for (const child of processes) await kill(child);
  await graph.close();
});

describe('kill -9 of the process', () => {
  it('between 200 and the answer: answered once after the restart', async () => {
    const directory = await dataDirectory();
    const first = await start(directory);
    graph.always('hang');
    expect(await deliver(first.url)).toBe(200);
    await kill(first.child);
    expect(told()).toEqual([]);
    graph.always('ok');
    const second = await start(directory);
    await expect.poll(() => told().length, { timeout: 10_000 }).toBe(1);
    expect(told()[0]).toContain('ngày làm việc');
    // A delivery that Meta repeats comes after the answer, and brings none.
    expect(await deliver(second.url)).toBe(200);
    await kill(second.child);
    const third = await start(directory);
    expect(await deliver(third.url, 'm_2')).toBe(200);
    await expect.poll(() => told().length, { timeout: 10_000 }).toBe(2);
    expect(await deliver(third.url, 'm_1')).toBe(200);
    expect(await deliver(third.url, 'm_3')).toBe(200);
    await expect.poll(() => told().length, { timeout: 10_000 }).toBe(3);
  }, 60_000);

  it('in the sending itself: sent again once, in the same words', async () => {
    const directory = await dataDirectory();
    const first = await start(directory);
    graph.next('ok', 'ok', 'hang');
    expect(await deliver(first.url)).toBe(200);
    await expect.poll(() => told().length, { timeout: 10_000 }).toBe(1);
    await kill(first.child);
    await start(directory);
    await expect.poll(() => told().length, { timeout: 10_000 }).toBe(2);
    expect(told()[0]).toContain(told()[1]);
  }, 60_000);
});

const at = Date.now();

async function deliver(url: string, mid = 'm_1'): Promise<number> {
  const raw = JSON.stringify(page(textItem('khai sinh mấy ngày', mid, { timestamp: at })));
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(raw, SECRET) };
  return (await fetch(`${url}/webhooks/messenger`, { method: 'POST', headers, body: raw })).status;
}

function told(): string[] {
  return graph.calls.flatMap(({ body }) => (body.message as { text?: string } | undefined)?.text ?? []);
}

async function start(directory: string): Promise<{ child: ChildProcess; url: string }> {
  const env = {
    PATH: process.env.PATH,
    PORT: '0',
    DATA_DIR: directory,
    LOG_LEVEL: 'error',
    MESSENGER_APP_SECRET: SECRET,
    MESSENGER_VERIFY_TOKEN: 'từ-khóa',
    MESSENGER_PAGE_TOKEN: 'ma-trang',
    MESSENGER_PAGE_ID: PAGE,
    MESSENGER_API_BASE: graph.url,
  };
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  processes.push(child);
  const [url] = await once(createInterface({ input: child.stdout! }), 'line');
  return { child, url };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}
