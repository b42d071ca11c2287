import { createServer } from 'node:http';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import type { OutgoingReply } from '../src/channels/channel.ts';
import { listen } from '../src/server/listen.ts';
import { createMemoryStore } from '../src/stores/memory/memory-store.ts';
import { createGate } from './fixtures/gate.ts';
import { createTestApp } from './server/test-app.ts';

describe('the app', () => {
  it('says where it listens, and answers there', async () => {
    const { app } = await createTestApp();
    const { url } = await app.start();
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({
      status: 'ready',
      knowledgeVersion: 'small',
      topics: 4,
    });
  });

  it('names its public address where it has one', async () => {
    const { app } = await createTestApp({ config: { publicUrl: 'https://hoidap.vn' } });
    const { url, setupUrl } = await app.start();
    expect(url).toBe('https://hoidap.vn');
    expect(setupUrl).toMatch(/^https:\/\/hoidap\.vn\/console\/setup#token=[\w-]{43}$/);
  });

  it('is not ready, yet alive, when it stops', async () => {
    const { app, express } = await createTestApp();
    await app.stop();
    expect((await request(express).get('/readyz').expect(503)).body.error.code).toBe('not-ready');
    await request(express).get('/healthz').expect(200);
  });

  it('lets a running turn end before it closes the store', async () => {
    const gate = createGate();
    const asked = createGate();
    const store = createMemoryStore();
    const events: string[] = [];
    store.close = async () => void events.push('kho dữ liệu đóng');
    const { app } = await createTestApp({
      overrides: {
        store,
        answerTurn: async () => {
          asked.open();
          await gate.opened;
          events.push('trả lời xong');
          return REPLY;
        },
      },
    });
    const { url } = await app.start();
    const answer = askOverHttp(url);
    await asked.opened;
    const stopped = app.stop();
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    gate.open();
    expect(await answer).toMatchObject({ reply: 'Bạn chuẩn bị giấy chứng sinh.' });
    await stopped;
    expect(events).toEqual(['trả lời xong', 'kho dữ liệu đóng']);
  });

  it('closes the store when the start fails', async () => {
    const store = createMemoryStore();
    let closed = false;
    store.close = async () => {
      closed = true;
    };
    const snapshot = null as never;
    store.knowledge.currentSnapshot = () => Promise.reject(new Error('không đọc được'));
    await expect(createTestApp({ overrides: { store, snapshot } })).rejects.toThrow('không đọc được');
    expect(closed).toBe(true);
  });

  it('says in one line what to do when the port is taken', async () => {
    const other = createServer();
    const port = await listen(other, 0);
    const { app } = await createTestApp({ config: { port } });
    await expect(app.start()).rejects.toMatchObject({
      code: 'port-in-use',
      message: `Port ${port} is used by another program: stop that one, or choose another with PORT, e.g. PORT=3000.`,
    });
    other.close();
  });

  it('counts turns, what was not answered, and requests by route', async () => {
    const { app, express } = await createTestApp();
    const { url } = await app.start();
    const { turnId } = await askOverHttp(url);
    await request(express).post(`/api/v1/turns/${turnId}/feedback`).send({ helpful: false });
    await request(express).get('/khong-co');
    const { text, headers } = await request(express).get('/metrics').expect(200);
    expect(headers['content-type']).toContain('text/plain');
    expect(text).toContain('motcua_turns_total{channel="web",outcome="answered"} 1');
    expect(text).toContain('motcua_unanswered_total{reason="unhelpful"} 1');
    expect(text).toContain('motcua_turn_duration_seconds_count{channel="web"} 1');
    expect(text).toMatch(
      /request_duration_seconds_count\{method="POST",route="\/api\/v1\/sessions\/\{id\}\/messages",status="200"\} 1/,
    );
    expect(text).toContain('{method="GET",route="other",status="404"} 1');
    expect(text).toContain('motcua_topics 4');
  });
});

const REPLY: OutgoingReply = {
  turnId: 'lượt-1',
  micros: 1,
  outcome: 'answered',
  confidence: 1,
  topic: null,
  facet: null,
  facets: [],
  topics: [],
  choices: [],
  suggestions: [],
  links: [],
  text: 'Bạn chuẩn bị giấy chứng sinh.',
};

async function askOverHttp(url: string): Promise<{ turnId: string; reply: string }> {
  const { sessionId } = (await post(`${url}/api/v1/sessions`, {})) as { sessionId: string };
  return post(`${url}/api/v1/sessions/${sessionId}/messages`, {
    text: 'làm khai sinh cần giấy tờ gì',
  }) as Promise<{ turnId: string; reply: string }>;
}

async function post(url: string, body: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json();
}
