import request from 'supertest';
import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config.ts';
import { createTestApp } from './test-app.ts';

const GENEROUS: Config['rateLimits'] = {
  messagesPerSession: 60,
  messagesPerAddress: 1200,
  sessionsPerAddress: 600,
};

describe('rate limits', () => {
  it('ask a session that sends too much to wait, and let the others of its address go on', async () => {
    const { express } = await createTestApp({
      config: { rateLimits: { ...GENEROUS, messagesPerSession: 2 } },
    });
    const hasty = await openSession(express);
    expect(await statusesOf([1, 2, 3].map(() => ask(express, hasty)))).toEqual([200, 200, 429]);
    const { body, headers } = await ask(express, hasty);
    expect(body.error).toMatchObject({
      code: 'rate-limited',
      message: expect.stringContaining('Vui lòng chờ'),
    });
    expect(headers['retry-after']).toBe('60');
    expect((await ask(express, await openSession(express))).status).toBe(200);
  });

  it('count all sessions of an address together, too', async () => {
    const { express } = await createTestApp({
      config: { rateLimits: { ...GENEROUS, messagesPerAddress: 2 } },
    });
    const sessions = [await openSession(express), await openSession(express), await openSession(express)];
    expect(await statusesOf(sessions.map(id => ask(express, id)))).toEqual([200, 200, 429]);
  });

  it('tell citizens behind a trusted proxy apart', async () => {
    const rateLimits = { ...GENEROUS, sessionsPerAddress: 1 };
    const { express } = await createTestApp({ config: { rateLimits, trustProxy: 1 } });
    const open = (address: string) =>
      request(express).post('/api/v1/sessions').set('X-Forwarded-For', address);
    expect(await statusesOf([open('113.160.1.1'), open('113.160.1.2'), open('113.160.1.1')])).toEqual([
      201, 201, 429,
    ]);
  });

  it('warn once when a proxy is there that nobody told of', async () => {
    const { express, log } = await createTestApp();
    for (let i = 0; i < 3; i += 1)
      await request(express).get('/healthz').set('X-Forwarded-For', '113.160.1.1');
    expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
    expect(log.text()).not.toContain('113.160.1.1');
  });

  it('are off at 0', async () => {
    const rateLimits = { messagesPerSession: 0, messagesPerAddress: 0, sessionsPerAddress: 0 };
    const { express } = await createTestApp({ config: { rateLimits } });
    const id = await openSession(express);
    expect(await statusesOf(Array.from({ length: 5 }, () => ask(express, id)))).toEqual([
      200, 200, 200, 200, 200,
    ]);
  });
});

type Express = Parameters<typeof request>[0];

async function openSession(express: Express): Promise<string> {
  return (await request(express).post('/api/v1/sessions')).body.sessionId;
}

function ask(express: Express, sessionId: string) {
  return request(express).post(`/api/v1/sessions/${sessionId}/messages`).send({ text: 'xin chào' });
}

/** One after another: the limit must not depend on which comes first. */
async function statusesOf(requests: PromiseLike<{ status: number }>[]): Promise<number[]> {
  const statuses: number[] = [];
  for (const response of requests) statuses.push((await response).status);
  return statuses;
}
