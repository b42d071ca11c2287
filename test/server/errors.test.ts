import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../src/stores/memory/memory-store.ts';
import { createTestApp } from './test-app.ts';

const MESSAGES = '/api/v1/sessions/bat-ky/messages';

describe('a request that cannot be read', () => {
  it.each([
    ['malformed JSON', 'application/json', '{"text": "xin chào', 400, 'invalid-json'],
    ['JSON that is no object', 'application/json', '"xin chào"', 400, 'invalid-json'],
    ['a form', 'application/x-www-form-urlencoded', 'text=xin+chao', 415, 'unsupported-media-type'],
    ['plain text', 'text/plain', 'xin chào', 415, 'unsupported-media-type'],
    ['no content type', '', '{"text":"xin chào"}', 415, 'unsupported-media-type'],
    ['an unknown charset', 'application/json; charset=klingon', '{}', 415, 'unsupported-media-type'],
    [
      'more than 64 kB',
      'application/json',
      JSON.stringify({ text: 'a'.repeat(65_536) }),
      413,
      'body-too-large',
    ],
  ])('gets an error with a code: %s', async (_what, contentType, body, status, code) => {
    const { express } = await createTestApp();
    const response = await request(express).post(MESSAGES).set('Content-Type', contentType).send(body);
    expect({ status: response.status, code: response.body.error.code }).toEqual({ status, code });
    expect(Object.keys(response.body.error)).toEqual(['code', 'message', 'errorId']);
  });

  it('in an address that is wrongly escaped', async () => {
    const { express } = await createTestApp();
    const response = await request(express).post('/api/v1/sessions/%E0%A4%A/messages').send({ text: 'a' });
    expect(response.body.error.code).toBe('invalid-request');
  });
});

describe('an address that does not exist', () => {
  it('is a JSON error under /api', async () => {
    const { express } = await createTestApp();
    const response = await request(express).get('/api/v1/khong-co').set('Accept', 'text/html').expect(404);
    expect(response.body.error.code).toBe('not-found');
  });

  it('is a page in Vietnamese elsewhere, which does not repeat the address', async () => {
    const { express } = await createTestApp();
    const response = await request(express).get('/<script>alert(1)</script>').expect(404);
    expect(response.type).toBe('text/html');
    expect(response.text).toContain('Không tìm thấy trang này');
    expect(response.text).not.toContain('alert(1)');
  });
});

describe('a method that an address does not know', () => {
  it.each([
    ['get', '/api/v1/sessions', 'POST'],
    ['delete', '/api/v1/suggest', 'GET, HEAD'],
    ['put', MESSAGES, 'POST'],
    ['post', '/healthz', 'GET, HEAD'],
    ['post', '/', 'GET, HEAD'],
    ['delete', '/console', 'GET, HEAD'],
  ] as const)('is refused, and told which it knows: %s %s', async (method, path, allow) => {
    const { express } = await createTestApp();
    const response = await request(express)[method](path).expect(405);
    expect(response.headers.allow).toBe(allow);
  });
});

describe('a fault of ours', () => {
  it('tells the caller an id, tells the log the rest, and shows no stack', async () => {
    const store = createMemoryStore();
    store.conversations.openSession = async () => {
      throw new Error('ổ đĩa đầy');
    };
    const { express, log } = await createTestApp({ overrides: { store } });
    const { body, text } = await request(express).post('/api/v1/sessions').expect(500);
    expect(text).not.toMatch(/ổ đĩa|at /);
    const line = log.lines.find(({ level }) => level === 'error');
    expect(line).toMatchObject({ errorId: body.error.errorId, route: '/api/v1/sessions', method: 'POST' });
    expect(line?.err).toMatchObject({ cause: { message: 'ổ đĩa đầy' } });
  });

  it('of the caller is no news: it is logged at debug, without the address or what was sent', async () => {
    const { express, log } = await createTestApp();
    await request(express)
      .post('/api/v1/sessions/0912345678/messages')
      .send({ text: 'tôi tên Nguyễn Văn A' });
    const line = log.lines.find(({ code }) => code === 'session-not-found');
    expect(line).toMatchObject({ level: 'debug', route: '/api/v1/sessions/{id}/messages' });
    expect(log.text()).not.toMatch(/0912345678|Nguyễn Văn A|127\.0\.0\.1/);
  });

  it('does not put malformed JSON into the log: it holds what the citizen typed', async () => {
    const { express, log } = await createTestApp();
    await request(express)
      .post(MESSAGES)
      .set('Content-Type', 'application/json')
      .send('{"text": "cccd 022090001234');
    expect(log.text()).not.toContain('022090001234');
  });
});
