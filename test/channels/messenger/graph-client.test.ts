import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GraphOptions } from '../../../src/channels/messenger/graph-call.ts';
import { createGraphClient } from '../../../src/channels/messenger/graph-client.ts';
import { GRAPH_ERRORS } from '../../../src/channels/messenger/graph-errors.ts';
import { type ScriptedStandIn, startScriptedStandIn } from '../../fixtures/graph-stand-in.ts';
import { recordLog } from '../../fixtures/recorded-log.ts';

let graph: ScriptedStandIn;
beforeEach(async () => {
  graph = await startScriptedStandIn();
});
afterEach(() => graph.close());

const PERSON = { id: '7700000000000001' };
const MESSAGE = { text: 'Anh/chị chuẩn bị giấy chứng sinh.' };

describe('sending', () => {
  it('posts a response to the person, with the token in the header and a proof of the secret', async () => {
    const { client } = setUp({ appSecret: 'bí-mật' });
    expect(await client.sendMessage(PERSON, MESSAGE)).toBe('m_stand-in-1');
    expect(graph.calls).toEqual([
      {
        method: 'POST',
        path: 'me/messages',
        query: { appsecret_proof: createHmac('sha256', 'bí-mật').update('mã-trang').digest('hex') },
        authorization: expect.stringMatching(/^Bearer /),
        body: { recipient: PERSON, messaging_type: 'RESPONSE', message: MESSAGE },
      },
    ]);
  });

  it('answers a comment by its id', async () => {
    const { client } = setUp();
    await client.sendMessage({ comment_id: '110_220' }, MESSAGE);
    expect(graph.calls[0]?.body).toMatchObject({ recipient: { comment_id: '110_220' } });
  });

  it('takes a base with another version as it is', async () => {
    const { client } = setUp({ apiBase: `${graph.url}/v27.0/` });
    await client.sendMessage(PERSON, MESSAGE);
    expect(graph.calls[0]?.path).toBe('me/messages');
  });

  it('shows that it has read and types, alone, and never minds when that fails', async () => {
    const { client, pauses } = setUp();
    graph.next({ error: { code: 2 } }, 'cut');
    await client.senderAction(PERSON.id, 'mark_seen');
    await client.senderAction(PERSON.id, 'typing_on');
    expect(graph.calls.map(({ body }) => body)).toEqual([
      { recipient: PERSON, sender_action: 'mark_seen' },
      { recipient: PERSON, sender_action: 'typing_on' },
    ]);
    expect(pauses).toEqual([]);
  });

  it('passes the thread to the Page Inbox, and takes it back', async () => {
    const { client } = setUp();
    await client.passThread(PERSON.id, 'Hỏi về khai sinh');
    await client.takeThread(PERSON.id, 'hết 24 giờ');
    expect(graph.calls.map(({ path, body }) => [path, body])).toEqual([
      [
        'me/pass_thread_control',
        { recipient: PERSON, target_app_id: '263902037430900', metadata: 'Hỏi về khai sinh' },
      ],
      ['me/take_thread_control', { recipient: PERSON, metadata: 'hết 24 giờ' }],
    ]);
  });
});

describe('each documented error', () => {
  it.each(GRAPH_ERRORS)('$code $subcode ($meaning): retry $retry, then $kind', async line => {
    const { client, outcomes, lines } = setUp();
    const { code, retry, kind } = line;
    const subcode = 'subcode' in line ? line.subcode : undefined;
    graph.always({ error: { code, subcode } });
    await expect(client.sendMessage(PERSON, MESSAGE)).rejects.toMatchObject({ kind, code, subcode });
    expect(graph.calls).toHaveLength(retry ? 5 : 1);
    expect(outcomes).toEqual([kind]);
    expect(lines().map(({ msg }) => msg)).toEqual('alert' in line ? [line.alert] : []);
  });

  it.each([
    [{ error: { code: 10, subcode: 2018300 } }, 'thread-elsewhere', 1],
    [{ error: { code: 999_999 }, status: 400 }, 'refused', 1],
    [{ error: { code: 999_999 }, status: 503 }, 'retry-exhausted', 5],
    [{ status: 502, text: '<html>Bad Gateway</html>' }, 'retry-exhausted', 5],
    [{ status: 429, text: '' }, 'retry-exhausted', 5],
    [{ status: 404, text: 'không có' }, 'refused', 1],
    ['cut', 'retry-exhausted', 5],
  ] as const)('%j ends as %s after %i calls', async (behaviour, kind, calls) => {
    const { client } = setUp();
    graph.always(behaviour);
    await expect(client.sendMessage(PERSON, MESSAGE)).rejects.toMatchObject({ kind });
    expect(graph.calls).toHaveLength(calls);
  });
});

describe('retries', () => {
  it('sends at the third try, and each pause is about twice the one before, with jitter', async () => {
    const { client, pauses, outcomes } = setUp({ random: () => 0.5 });
    graph.next({ error: { code: 2 } }, 'cut');
    expect(await client.sendMessage(PERSON, MESSAGE)).toBe('m_stand-in-3');
    expect(pauses).toEqual([750, 1500]);
    expect(outcomes).toEqual(['ok']);
  });

  it('waits as long as Retry-After says, in seconds or until a date', async () => {
    const { client, pauses } = setUp({ now: () => new Date('2026-11-22T08:00:00Z') });
    const until = 'Sun, 22 Nov 2026 08:00:40 GMT';
    graph.next(
      { error: { code: 613 }, headers: { 'retry-after': '7' } },
      { error: { code: 613 }, headers: { 'retry-after': until } },
    );
    await client.sendMessage(PERSON, MESSAGE);
    expect(pauses).toEqual([7000, 40_000]);
  });

  it('gives up at once when it should wait for an hour: who keeps the message waits', async () => {
    const { client, pauses } = setUp();
    graph.next({ error: { code: 4 }, headers: { 'retry-after': '3600' } });
    await expect(client.sendMessage(PERSON, MESSAGE)).rejects.toMatchObject({ kind: 'retry-exhausted' });
    expect(pauses).toEqual([]);
  });

  it('gives a hanging call up in its time limit', async () => {
    const { client } = setUp({ timeLimit: 20 });
    graph.next('hang');
    expect(await client.sendMessage(PERSON, MESSAGE)).toBe('m_stand-in-2');
  });

  it('does not repeat a message that was taken when the connection broke in the answer', async () => {
    const { client } = setUp();
    graph.next('cut-in-answer');
    expect(await client.sendMessage(PERSON, MESSAGE)).toBe('');
    expect(graph.calls).toHaveLength(1);
  });

  it('stops when the caller does', async () => {
    const stop = new AbortController();
    const { client } = setUp({ sleep: async () => stop.abort() });
    graph.always({ error: { code: 2 } });
    await expect(client.sendMessage(PERSON, MESSAGE, stop.signal)).rejects.toMatchObject({
      kind: 'retry-exhausted',
    });
    expect(graph.calls).toHaveLength(1);
  });
});

describe('a dead token', () => {
  it('raises one alert an hour, which tells what to do and holds neither token nor words', async () => {
    let now = new Date('2026-11-22T08:00:00Z');
    const { client, lines, text } = setUp({ now: () => now });
    graph.always({ error: { code: 190 }, status: 401 });
    const fail = () =>
      expect(client.sendMessage(PERSON, MESSAGE)).rejects.toMatchObject({ kind: 'dead-token' });
    await fail();
    await fail();
    expect(lines()).toMatchObject([
      { level: 'error', code: 190, msg: expect.stringContaining('MESSENGER_PAGE_TOKEN') },
    ]);
    now = new Date('2026-11-22T09:00:01Z');
    await fail();
    expect(lines()).toHaveLength(2);
    expect(text()).not.toMatch(/mã-trang|chứng sinh|7700000000000001/);
  });
});

function setUp(options: Partial<GraphOptions> = {}) {
  const recorded = recordLog();
  const pauses: number[] = [];
  const outcomes: string[] = [];
  const client = createGraphClient({
    apiBase: graph.url,
    pageToken: 'mã-trang',
    pageId: '110000000000001',
    sleep: async ms => void pauses.push(ms),
    log: recorded.log,
    onCall: outcome => outcomes.push(outcome),
    ...options,
  });
  return { client, pauses, outcomes, lines: () => recorded.lines, text: recorded.text };
}
