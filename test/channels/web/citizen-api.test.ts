import { connect } from 'node:net';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import type { OutgoingReply } from '../../../src/channels/channel.ts';
import { createGate } from '../../fixtures/gate.ts';
import { createTestApp, type TestApp } from '../../server/test-app.ts';

describe('a citizen on the web', () => {
  it('is greeted by an automatic assistant that says how to reach people', async () => {
    const { express } = await createTestApp();
    const { body } = await request(express).post('/api/v1/sessions').expect(201);
    expect(body.greeting).toContain('trợ lý tự động');
    expect(body.centre).toEqual({
      name: 'Trung tâm Phục vụ hành chính công tỉnh Thử Nghiệm',
      phone: '0203 000 000',
      hours: 'Thứ Hai – Thứ Sáu: 07:30–11:30, 13:30–17:00',
    });
  });

  it('gets the asked facet, and asks on without naming the procedure again', async () => {
    const citizen = await openSession(await createTestApp());
    const first = await citizen.ask({ text: 'lam khai sinh can giay to gi' });
    expect(first.body).toMatchObject({ outcome: 'answered', topic: { id: 'khai-sinh' }, facet: 'documents' });
    expect(first.body.reply).toContain('Giấy chứng sinh');
    const second = await citizen.ask({ text: 'vậy lệ phí bao nhiêu?' });
    expect(second.body).toMatchObject({ outcome: 'answered', topic: { id: 'khai-sinh' }, facet: 'fee' });
  });

  it('taps a suggestion of the reply', async () => {
    const citizen = await openSession(await createTestApp());
    await citizen.ask({ text: 'đăng ký thường trú' });
    const { body } = await citizen.ask({ choiceId: 'thuong-tru/time' });
    expect(body).toMatchObject({
      outcome: 'answered',
      topic: { id: 'thuong-tru' },
      facet: 'time',
      confidence: 1,
    });
  });

  it('gets the same reply for a repeated message, which is answered once', async () => {
    const app = await createTestApp();
    const citizen = await openSession(app);
    const message = { text: 'làm khai sinh ở đâu', messageId: 'm-1' };
    const [first, second] = await Promise.all([citizen.ask(message), citizen.ask(message)]);
    const third = await citizen.ask(message);
    expect([second.body, third.body]).toEqual([first.body, first.body]);
    expect(app.log.lines.filter(line => line.msg === 'turn' && line.turnId !== first.body.turnId)).toEqual(
      [],
    );
  });

  it('sends five messages at once and has each answered in turn', async () => {
    const { app, express } = await createTestApp();
    const { url } = await app.start();
    const { body } = await request(express).post('/api/v1/sessions');
    const texts = ['xin chào', 'làm khai sinh', 'mất bao lâu', 'đăng ký thường trú', 'mất bao lâu'];
    const replies = await askAllAtOnce(url, body.sessionId, texts);
    expect(replies.map(reply => reply.topic.id)).toEqual([
      'chao-hoi',
      'khai-sinh',
      'khai-sinh',
      'thuong-tru',
      'thuong-tru',
    ]);
  });

  it('gets a polite answer to a lone emoji', async () => {
    const citizen = await openSession(await createTestApp());
    const { body } = await citizen.ask({ text: '😀👍' }).expect(200);
    expect(body.reply).not.toBe('');
  });

  it('has null bytes and control characters taken out of the question', async () => {
    const app = await createTestApp();
    const citizen = await openSession(app);
    const { body } = await citizen.ask({ text: 'làm khai\u0000 sinh\u0007' });
    const turn = await app.store.conversations.findTurn(body.turnId);
    expect(turn?.question).toBe('làm khai sinh');
  });

  it('has script taken for words, not run', async () => {
    const citizen = await openSession(await createTestApp());
    const response = await citizen.ask({ text: '<script>alert("xin chào")</script>' }).expect(200);
    expect(response.type).toBe('application/json');
    expect(response.body.reply).not.toContain('<script>');
  });

  it('gets an apology when the conversation breaks, and the next question answered', async () => {
    let broken = true;
    const app = await createTestApp({
      overrides: {
        answerTurn: async () => {
          if (broken) throw new Error('đọc tệp thất bại');
          return simpleReply('Đã trả lời');
        },
      },
    });
    const citizen = await openSession(app);
    const { body } = await citizen.ask({ text: 'lệ phí bao nhiêu' }).expect(200);
    expect(body.outcome).toBe('fallback');
    expect(body.reply).toContain(`Mã lỗi: ${body.turnId.slice(0, 8)}`);
    expect(app.log.lines.find(line => line.level === 'error')?.errorId).toBe(body.turnId);
    broken = false;
    expect((await citizen.ask({ text: 'lệ phí bao nhiêu' })).body.reply).toBe('Đã trả lời');
  });

  it('is asked to wait when too many messages of one conversation wait', async () => {
    const gate = createGate();
    const app = await createTestApp({
      overrides: {
        answerTurn: async () => {
          await gate.opened;
          return simpleReply('Xong');
        },
      },
    });
    const citizen = await openSession(app);
    const asked = Array.from({ length: 22 }, (_, i) => citizen.ask({ text: `tin ${i}` }).then(r => r.status));
    expect(await Promise.race(asked)).toBe(429);
    gate.open();
    expect((await Promise.all(asked)).filter(status => status === 200)).toHaveLength(21);
  });

  it('says that a reply did not help, and the question waits for review', async () => {
    const app = await createTestApp();
    const citizen = await openSession(app);
    const { body } = await citizen.ask({ text: 'làm khai sinh' });
    await request(app.express)
      .post(`/api/v1/turns/${body.turnId}/feedback`)
      .send({ helpful: false })
      .expect(204);
    expect(await app.store.conversations.listUnanswered()).toMatchObject([
      { turnId: body.turnId, reason: 'unhelpful', text: 'làm khai sinh' },
    ]);
  });

  it('is suggested topics while typing', async () => {
    const { express } = await createTestApp();
    const { body } = await request(express).get('/api/v1/suggest').query({ q: 'khai' }).expect(200);
    expect(body).toEqual({ suggestions: [{ id: 'khai-sinh', name: 'Đăng ký khai sinh' }] });
    expect((await request(express).get('/api/v1/suggest')).body).toEqual({ suggestions: [] });
  });
});

describe('a message that cannot be taken', () => {
  it.each([
    ['nothing', {}, 400, 'empty-message'],
    ['an empty text', { text: '' }, 400, 'empty-message'],
    ['spaces', { text: ' \n\t ' }, 400, 'empty-message'],
    ['control characters alone', { text: '\u0000\u0001' }, 400, 'empty-message'],
    ['a text that is no text', { text: 5 }, 400, 'invalid-request'],
    ['a list', [], 400, 'invalid-request'],
    ['2,001 characters', { text: 'a'.repeat(2001) }, 413, 'message-too-long'],
    ['10,000 characters', { text: 'khai sinh '.repeat(1000) }, 413, 'message-too-long'],
    ['an endless message id', { text: 'xin chào', messageId: 'm'.repeat(101) }, 400, 'invalid-request'],
  ])('with %s', async (_what, message, status, code) => {
    const citizen = await openSession(await createTestApp());
    expectError(await citizen.ask(message as object), status, code);
  });

  it('takes 2,000 characters', async () => {
    const citizen = await openSession(await createTestApp());
    await citizen.ask({ text: 'khai sinh '.repeat(200) }).expect(200);
  });

  it('in a session that nobody opened', async () => {
    const { express } = await createTestApp();
    const response = await request(express)
      .post('/api/v1/sessions/khong-co/messages')
      .send({ text: 'xin chào' });
    expectError(response, 404, 'session-not-found');
  });

  it('in a session of another channel', async () => {
    const { express, store } = await createTestApp();
    const at = new Date().toISOString();
    const memory = { topicId: null, topicAt: null, pending: null };
    const session = {
      id: 'mess-1',
      channel: 'messenger',
      personId: 'psid',
      startedAt: at,
      lastTurnAt: at,
    } as const;
    await store.conversations.openSession({ ...session, ...memory });
    const response = await request(express)
      .post('/api/v1/sessions/mess-1/messages')
      .send({ text: 'xin chào' });
    expectError(response, 404, 'session-not-found');
  });

  it('about a turn that does not exist', async () => {
    const { express } = await createTestApp();
    const response = await request(express).post('/api/v1/turns/khong-co/feedback').send({ helpful: true });
    expectError(response, 404, 'turn-not-found');
  });
});

type Answer = { status: number; body: { error: { code: string; message: string; errorId: string } } };

function expectError({ status, body }: Answer, expectedStatus: number, code: string): void {
  expect({ status, code: body.error.code }).toEqual({ status: expectedStatus, code });
  expect(body.error.message).toMatch(
    /[ạảãàáâậầấẩẫăắằặẳẵóòọõỏôộổỗồốơờớợởỡéèẻẹẽêếềệểễúùụủũưựữửừứíìịỉĩýỳỷỵỹđ]/i,
  );
  expect(body.error.errorId).not.toBe('');
}

async function openSession({ express }: TestApp) {
  const { body } = await request(express).post('/api/v1/sessions').send({});
  const path = `/api/v1/sessions/${body.sessionId}/messages`;
  return { ask: (message: object) => request(express).post(path).send(message) };
}

/** Pipelined on one connection: the one way to be sure in which order they arrive. */
async function askAllAtOnce(url: string, sessionId: string, texts: string[]) {
  const socket = connect(Number(new URL(url).port), 'localhost');
  const requests = texts.map((text, i) => {
    const body = JSON.stringify({ text });
    return [
      `POST /api/v1/sessions/${sessionId}/messages HTTP/1.1`,
      'Host: localhost',
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      `Connection: ${i === texts.length - 1 ? 'close' : 'keep-alive'}`,
      '',
      body,
    ].join('\r\n');
  });
  socket.write(requests.join(''));
  let received = '';
  for await (const chunk of socket.setEncoding('utf8')) received += chunk;
  return (received.match(/^\{"outcome".*?\}(?=HTTP\/1\.1|$)/gm) ?? []).map(json => JSON.parse(json));
}

function simpleReply(text: string): OutgoingReply {
  const nothing = {
    topic: null,
    facet: null,
    facets: [],
    topics: [],
    choices: [],
    suggestions: [],
    links: [],
  };
  return { ...nothing, turnId: 'lượt', micros: 1, outcome: 'answered', confidence: 1, text };
}
