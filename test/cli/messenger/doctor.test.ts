import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPageSetup } from '../../../src/channels/messenger/page-setup.ts';
import { diagnose, type Finding } from '../../../src/cli/messenger/doctor.ts';
import { type ScriptedStandIn, startScriptedStandIn } from '../../fixtures/graph-stand-in.ts';

let graph: ScriptedStandIn;
beforeEach(async () => {
  graph = await startScriptedStandIn();
});
afterEach(() => graph.close());

describe('the doctor', () => {
  it('finds nothing to do where everything is in order', async () => {
    const findings = await check();
    expect(findings.filter(({ ok }) => !ok)).toEqual([]);
    expect(findings.map(({ check }) => check)).toEqual([
      'token',
      'signature secret',
      'clock',
      'permissions',
      'expiry',
      'subscription',
      'webhook',
    ]);
  });

  it('asks with the app’s own token about the page’s, and never puts the secret into an address', async () => {
    await check();
    const asked = graph.calls.find(({ path }) => path === 'debug_token');
    expect(asked?.authorization).toBe('Bearer 990000000000001|bi-mat');
    expect(graph.calls.some(({ query }) => JSON.stringify(query).includes('bi-mat'))).toBe(false);
  });

  it('knows a dead token', async () => {
    graph.always({ error: { code: 190 }, status: 401 });
    expect(await check()).toMatchObject([
      { check: 'token', ok: false, todo: expect.stringContaining('MESSENGER_PAGE_TOKEN') },
    ]);
  });

  it('knows a secret that is not the app’s: Meta refuses the proof made with it', async () => {
    const message = 'Invalid appsecret_proof provided in the API argument';
    graph.always({ status: 400, text: JSON.stringify({ error: { code: 100, message } }) });
    expect(await check()).toMatchObject([
      { check: 'signature secret', ok: false, todo: expect.stringContaining('MESSENGER_APP_SECRET') },
    ]);
  });

  it('knows a network that lets nothing out', async () => {
    graph.always('cut');
    expect(await check()).toMatchObject([{ check: 'connection', ok: false }]);
  });

  it('knows a token of another page', async () => {
    expect(problemsOf(await check({ pageId: '220000000000002' }))).toEqual(['token']);
  });

  it('knows a clock that is an hour late', async () => {
    const late = new Date(Date.now() - 3_600_000);
    const findings = await check({ now: late });
    expect(problemsOf(findings)).toEqual(['clock']);
    expect(findings.find(({ check }) => check === 'clock')?.found).toMatch(/^3[56]\d\d s behind/);
  });

  it('knows missing permissions and a token that expires soon', async () => {
    const soon = Math.floor(Date.now() / 1000) + 3 * 86_400;
    const data = { is_valid: true, scopes: ['pages_messaging'], expires_at: soon };
    graph.next('ok', 'ok', { status: 200, text: JSON.stringify({ data }) });
    const findings = await check();
    expect(problemsOf(findings)).toEqual(['permissions', 'expiry']);
    expect(findings.find(({ check }) => check === 'permissions')?.found).toBe(
      'missing: pages_manage_metadata',
    );
  });

  it('knows a page that does not send to the app, and a webhook that is not set up', async () => {
    const nothing = { status: 200, text: '{"data":[]}' };
    graph.next('ok', 'ok', 'ok', nothing, nothing);
    const findings = await check();
    expect(problemsOf(findings)).toEqual(['subscription', 'webhook']);
    expect(findings.find(({ check }) => check === 'subscription')?.todo).toContain('messenger -- setup');
  });

  it('knows a webhook that leads to another server', async () => {
    expect(problemsOf(await check({ publicUrl: 'https://hoidap.quangninh.gov.vn' }))).toEqual(['webhook']);
  });
});

function check(expected: Partial<Parameters<typeof diagnose>[1]> = {}): Promise<Finding[]> {
  const pageId = '110000000000001';
  const setup = createPageSetup({
    apiBase: graph.url,
    pageToken: 'ma-trang',
    pageId,
    appSecret: 'bi-mat',
    sleep: async () => undefined,
  });
  return diagnose(setup, { pageId, publicUrl: null, now: new Date(), ...expected });
}

function problemsOf(findings: Finding[]): string[] {
  return findings.filter(({ ok }) => !ok).map(({ check }) => check);
}
