import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ScriptedStandIn, startScriptedStandIn } from '../../fixtures/graph-stand-in.ts';

let graph: ScriptedStandIn;
beforeEach(async () => {
  graph = await startScriptedStandIn();
});
afterEach(() => graph.close());

describe('messenger -- setup', () => {
  it('sets the profile from the centre’s featured topics, and subscribes the app', async () => {
    const { out, code } = await messenger('setup', '--comments');
    expect(code).toBe(0);
    expect(out).toMatch(/ice breakers: Đăng ký khai sinh: cần giấy tờ gì\? \|/);
    expect(graph.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST me/messenger_profile',
      'POST 110000000000001/subscribed_apps',
    ]);
    expect(graph.calls[0]?.body).toMatchObject({ get_started: { payload: 'get-started' } });
    expect(graph.calls[1]?.query.subscribed_fields).toMatch(/^messages,.*,feed$/);
  });

  it('says in one line what the platform refused, and where to look', async () => {
    graph.always({ error: { code: 190 }, status: 401 });
    const { err, code } = await messenger('setup');
    expect(code).toBe(1);
    expect(err).toMatch(/^profile: .*code 190.*messenger -- doctor/m);
    expect(err).not.toContain('ma-trang');
  });
});

describe('messenger -- doctor', () => {
  it('says what is wrong and what to do, and ends with 1', async () => {
    graph.always({ error: { code: 190 }, status: 401 });
    const { out, code } = await messenger('doctor');
    expect(code).toBe(1);
    expect(out).toMatch(/^FAIL token: .*\n {5}-> make a new page token/);
  });
});

const run = promisify(execFile);

/** The command as people run it. */
async function messenger(...args: string[]): Promise<{ out: string; err: string; code: number }> {
  const env = {
    ...process.env,
    MESSENGER_APP_SECRET: 'bi-mat',
    MESSENGER_VERIFY_TOKEN: 'tu-khoa',
    MESSENGER_PAGE_TOKEN: 'ma-trang',
    MESSENGER_PAGE_ID: '110000000000001',
    MESSENGER_API_BASE: `${graph.url}/v26.0`,
  };
  try {
    const { stdout, stderr } = await run('node_modules/.bin/tsx', ['src/cli/messenger.ts', ...args], { env });
    return { out: stdout, err: stderr, code: 0 };
  } catch (error) {
    const { stdout, stderr, code } = error as { stdout: string; stderr: string; code: number };
    return { out: stdout, err: stderr, code };
  }
}
