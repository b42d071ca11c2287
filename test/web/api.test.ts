import { describe, expect, it } from 'vitest';
import { createApi } from '../../src/web/widget/api.ts';

const answering = (status: number, body: string) => async () => new Response(body, { status });

describe('the browser’s calls to the server', () => {
  it('send a message as JSON to the session, without cookies', async () => {
    const calls: [string, RequestInit | undefined][] = [];
    const api = createApi('https://hoidap.vn', 1000, async (url, init) => {
      calls.push([String(url), init]);
      return new Response('{"turnId":"luot-1"}');
    });
    expect(await api.sendMessage('a/b', { text: 'khai sinh' })).toEqual({ turnId: 'luot-1' });
    expect(calls[0]?.[0]).toBe('https://hoidap.vn/api/v1/sessions/a%2Fb/messages');
    expect(calls[0]?.[1]).toMatchObject({
      method: 'POST',
      credentials: 'omit',
      body: '{"text":"khai sinh"}',
    });
  });

  it('fail with the server’s code, words and error id', async () => {
    const error = { code: 'internal', message: 'Hệ thống gặp sự cố.', errorId: 'loi-7' };
    const api = createApi('', 1000, answering(500, JSON.stringify({ error })));
    await expect(api.openSession()).rejects.toMatchObject({
      ...{ kind: 'server', code: 'internal', publicMessage: 'Hệ thống gặp sự cố.', errorId: 'loi-7' },
    });
  });

  it('fail without words where a proxy answers with a page of its own', async () => {
    const api = createApi('', 1000, answering(502, '<h1>Bad gateway</h1>'));
    await expect(api.openSession()).rejects.toMatchObject({
      kind: 'server',
      code: null,
      publicMessage: null,
    });
  });

  it('tell a lost network from a server that is silent', async () => {
    const offline = createApi('', 1000, async () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(offline.openSession()).rejects.toMatchObject({ kind: 'offline' });
    const silent = createApi('', 1, (_url, init) => {
      return new Promise((_resolve, reject) =>
        init?.signal?.addEventListener('abort', () => reject(new Error())),
      );
    });
    await expect(silent.openSession()).rejects.toMatchObject({ kind: 'timeout' });
  });

  it('take an empty answer to feedback for what it is', async () => {
    const api = createApi('', 1000, async () => new Response(null, { status: 204 }));
    await expect(api.sendFeedback('luot-1', { helpful: true })).resolves.toBeNull();
  });
});
