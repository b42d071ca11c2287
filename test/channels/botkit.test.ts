import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTurnEngine, type ReplyEvent, type TurnEngineDeps } from '../../src/channels/botkit.ts';
import type { Channel, IncomingMessage, OutgoingReply } from '../../src/channels/channel.ts';
import { AppError } from '../../src/errors.ts';
import { apology } from '../../src/server/apology.ts';
import { createGate } from '../fixtures/gate.ts';
import { recordLog } from '../fixtures/recorded-log.ts';

const unhandled: unknown[] = [];
const catchUnhandled = (error: unknown) => void unhandled.push(error);

beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', catchUnhandled);
});

afterEach(async () => {
  await new Promise(resolve => setImmediate(resolve));
  process.off('unhandledRejection', catchUnhandled);
  expect(unhandled).toEqual([]);
});

describe('the turn engine', () => {
  it('answers a message through its channel', async () => {
    const { engine, channel, sent } = setUp(async message => reply(`Bạn hỏi: ${message.text}`));
    await engine.receive(channel, message('làm khai sinh ở đâu'));
    expect(sent.map(({ reply }) => reply.text)).toEqual(['Bạn hỏi: làm khai sinh ở đâu']);
  });

  it('hands the channel its own message back, and the conversation a cleaned one', async () => {
    const seen: string[] = [];
    const { engine, channel, sent } = setUp(async ({ text }) => {
      seen.push(text);
      return reply('Chào bạn');
    });
    const incoming = message('  xin\u0000 chào ');
    await engine.receive(channel, incoming);
    expect(seen).toEqual(['xin chào']);
    expect(sent[0]?.incoming).toBe(incoming);
  });

  it('answers five messages at once in one conversation in the order in which they came', async () => {
    let running = 0;
    const { engine, channel, sent } = setUp(async ({ text }) => {
      running += 1;
      expect(running).toBe(1);
      await new Promise(resolve => setImmediate(resolve));
      running -= 1;
      return reply(text);
    });
    const texts = ['một', 'hai', 'ba', 'bốn', 'năm'];
    await Promise.all(texts.map(text => engine.receive(channel, message(text))));
    expect(sent.map(({ reply }) => reply.text)).toEqual(texts);
  });

  it('answers other conversations while one waits', async () => {
    const gate = createGate();
    const { engine, channel, sent } = setUp(async ({ conversationId, text }) => {
      if (conversationId === 'chậm') await gate.opened;
      return reply(text);
    });
    const slow = engine.receive(channel, message('chờ', 'chậm'));
    await engine.receive(channel, message('nhanh', 'khác'));
    expect(sent.map(({ reply }) => reply.text)).toEqual(['nhanh']);
    gate.open();
    await slow;
  });

  it('apologises in Vietnamese, with an error id that the log knows, when the conversation breaks', async () => {
    const { engine, channel, sent, lines, events } = setUp(async () => {
      throw new Error('ổ đĩa đầy');
    });
    await engine.receive(channel, message('lệ phí bao nhiêu'));
    expect(sent[0]?.reply).toMatchObject({ outcome: 'fallback', turnId: 'lỗi-001' });
    expect(sent[0]?.reply.text).toMatch(/Xin lỗi anh\/chị.*0203 000 000.*Mã lỗi: lỗi-001/s);
    expect(lines().filter(line => line.level === 'error')).toMatchObject([
      { errorId: 'lỗi-001', err: { message: 'ổ đĩa đầy' } },
    ]);
    expect(events).toMatchObject([{ channel: 'web', outcome: 'fallback', broken: true }]);
  });

  it('apologises too when the conversation throws before it returns a promise', async () => {
    const { engine, channel, sent } = setUp(() => {
      throw new TypeError('hỏng ngay');
    });
    await engine.receive(channel, message('lệ phí bao nhiêu'));
    expect(sent[0]?.reply.outcome).toBe('fallback');
  });

  it('lets the caller know when the message is at fault', async () => {
    const { engine, channel, sent } = setUp(async () => {
      throw new AppError('session-not-found', 'No session.');
    });
    const received = engine.receive(channel, message('xin chào'));
    await expect(received).rejects.toMatchObject({ code: 'session-not-found' });
    expect(sent).toEqual([]);
  });

  it('goes on when a reply cannot be sent, and says so in the log', async () => {
    const { engine, lines } = setUp(async () => reply('Chào bạn'));
    const deaf: Channel = { name: 'web', send: () => Promise.reject(new Error('mất mạng')) };
    await engine.receive(deaf, message('xin chào'));
    expect(lines()).toContainEqual(expect.objectContaining({ level: 'error', turnId: 'lượt-1' }));
  });

  it('goes on when what watches the replies breaks', async () => {
    const { engine, channel, lines } = setUp(
      async () => reply('Chào bạn'),
      () => {
        throw new Error('bộ đếm hỏng');
      },
    );
    await engine.receive(channel, message('xin chào'));
    expect(lines()).toContainEqual(expect.objectContaining({ level: 'error' }));
  });

  it('refuses the 22nd message of a conversation that is being answered', async () => {
    const gate = createGate();
    const { engine, channel } = setUp(async () => {
      await gate.opened;
      return reply('xong');
    });
    const taken = Array.from({ length: 21 }, (_, i) => engine.receive(channel, message(`tin ${i}`)));
    await expect(engine.receive(channel, message('tin 22'))).rejects.toMatchObject({ code: 'rate-limited' });
    gate.open();
    await Promise.all(taken);
  });

  it('logs ids, outcome and duration, and nothing that the citizen wrote', async () => {
    const { engine, channel, text } = setUp(async () => reply('Bạn chuẩn bị giấy chứng sinh.'));
    await engine.receive(channel, message('số điện thoại của tôi là 0912345678'));
    expect(text()).toContain('"turnId":"lượt-1"');
    expect(text()).not.toMatch(/0912345678|chứng sinh|người-dân/);
  });
});

function setUp(answerTurn: TurnEngineDeps['answerTurn'], watch?: TurnEngineDeps['onReply']) {
  const recorded = recordLog();
  const events: ReplyEvent[] = [];
  const sent: { incoming: IncomingMessage; reply: OutgoingReply }[] = [];
  const channel: Channel = {
    name: 'web',
    send: async (incoming, reply) => void sent.push({ incoming, reply }),
  };
  const engine = createTurnEngine({
    answerTurn,
    apology: errorId => apology(errorId, '0203 000 000'),
    log: recorded.log,
    randomId: () => 'lỗi-001',
    onReply: watch ?? (event => events.push(event)),
  });
  return { engine, channel, sent, events, lines: () => recorded.lines, text: recorded.text };
}

function message(text: string, conversationId = 'cuộc-1'): IncomingMessage {
  const personId = 'người-dân';
  const receivedAt = new Date('2026-11-21T08:00:00Z');
  return { channel: 'web', conversationId, personId, messageId: text, text, choiceId: null, receivedAt };
}

function reply(text: string): OutgoingReply {
  return {
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
    text,
  };
}
