import { describe, expect, it } from 'vitest';
import type { WireMessage, WireReply, WireSession } from '../../src/channels/web/wire.ts';
import { type Api, ApiFailure } from '../../src/web/widget/api.ts';
import { type Conversation, createConversation } from '../../src/web/widget/conversation.ts';

const session = (sessionId: string): WireSession => ({
  sessionId,
  greeting: `Xin chào từ ${sessionId}`,
  suggestions: [],
  centre: { name: 'Trung tâm', phone: '1900 558 826', hours: 'Thứ Hai – Thứ Sáu' },
});
const reply = (turnId: string) => ({ turnId, reply: 'Cần tờ khai.' }) as WireReply;

/** A server in memory: `answer` may throw; what was sent is kept. */
function setUp(answer: (message: WireMessage, sessionId: string) => WireReply | Promise<WireReply>) {
  const sent: (WireMessage & { sessionId: string })[] = [];
  const kept: { state: Conversation | null } = { state: null };
  let sessions = 0;
  let ids = 0;
  const api: Api = {
    openSession: async () => session(`phien-${++sessions}`),
    sendMessage: async (sessionId, message) => {
      sent.push({ ...message, sessionId });
      return answer(message, sessionId);
    },
    sendFeedback: async () => {
      throw new ApiFailure('offline');
    },
    suggest: async () => [],
  };
  const saved = {
    load: () => kept.state,
    save: (state: Conversation) => {
      kept.state = structuredClone(state);
    },
  };
  const start = () => createConversation(api, saved, () => `tin-${++ids}`);
  return { store: start(), start, sent };
}

const texts = (state: Conversation) =>
  state.entries.map(entry =>
    entry.kind === 'question' ? `? ${entry.text} ${entry.status}` : `! ${entry.id}`,
  );

describe('a conversation in the browser', () => {
  it('opens one session for a question that is asked before there is one', async () => {
    const { store, sent } = setUp(() => reply('luot-1'));
    await Promise.all([store.open(), store.ask('làm khai sinh cần gì')]);
    expect(sent).toEqual([{ text: 'làm khai sinh cần gì', messageId: 'tin-1', sessionId: 'phien-1' }]);
    expect(store.current().greeting).toBe('Xin chào từ phien-1');
  });

  it('sends a tap by its id and shows its name', async () => {
    const { store, sent } = setUp(() => reply('luot-1'));
    await store.ask('Phí, lệ phí', '1.001193/fee');
    expect(sent).toMatchObject([{ choiceId: '1.001193/fee', messageId: 'tin-1' }]);
    expect(texts(store.current())).toEqual(['? Phí, lệ phí sent', '! luot-1']);
  });

  it('opens a new session without a word when the old one is gone, and keeps the first greeting', async () => {
    const { store, sent } = setUp((_message, sessionId) => {
      if (sessionId === 'phien-1') throw new ApiFailure('server', { code: 'session-not-found' });
      return reply('luot-1');
    });
    await store.open();
    await store.ask('làm khai sinh cần gì');
    expect(sent.map(({ sessionId, messageId }) => [sessionId, messageId])).toEqual([
      ['phien-1', 'tin-1'],
      ['phien-2', 'tin-1'],
    ]);
    expect(store.current()).toMatchObject({ greeting: 'Xin chào từ phien-1', sessionId: 'phien-2' });
  });

  it('keeps a question that failed, and moves it to the end when it is sent again under the same id', async () => {
    let online = false;
    const { store, sent } = setUp(({ messageId }) => {
      if (!online) throw new ApiFailure('offline');
      return reply(`trả lời ${messageId}`);
    });
    await store.ask('mất căn cước');
    expect(store.current().entries[0]).toMatchObject({ failure: 'Chưa gửi được vì mất kết nối mạng.' });
    online = true;
    await store.ask('làm hộ chiếu');
    await store.resend('tin-1');
    expect(sent.map(message => message.messageId)).toEqual(['tin-1', 'tin-2', 'tin-1']);
    expect(texts(store.current())).toEqual([
      '? làm hộ chiếu sent',
      '! trả lời tin-2',
      '? mất căn cước sent',
      '! trả lời tin-1',
    ]);
  });

  it('shows a turn once, though the server answers a repeat with it again', async () => {
    const { store } = setUp(() => reply('luot-1'));
    await store.ask('làm khai sinh cần gì');
    await store.ask('làm khai sinh cần gì');
    expect(texts(store.current()).filter(text => text === '! luot-1')).toHaveLength(1);
  });

  it('drops an answer that comes after a new conversation was begun', async () => {
    let answerNow: (reply: WireReply) => void = () => undefined;
    const { store } = setUp(() => new Promise(resolve => (answerNow = resolve)));
    await store.open();
    const asked = store.ask('làm khai sinh cần gì');
    await store.restart();
    answerNow(reply('luot-1'));
    await asked;
    expect(store.current()).toMatchObject({
      entries: [],
      sessionId: 'phien-2',
      greeting: 'Xin chào từ phien-2',
    });
  });

  it('takes back a rating that did not arrive, and says so', async () => {
    const { store } = setUp(() => reply('luot-1'));
    await store.ask('làm khai sinh cần gì');
    await store.rate('luot-1', true);
    expect(store.current().entries.at(-1)).toMatchObject({ helpful: null, feedbackFailed: true });
  });

  it('goes on after a reload, and offers to send again what was under way', async () => {
    const { store, start } = setUp(() => new Promise(() => undefined));
    await store.open();
    store.ask('làm khai sinh cần gì');
    await Promise.resolve();
    const reloaded = start();
    expect(texts(reloaded.current())).toEqual(['? làm khai sinh cần gì failed']);
    expect(reloaded.current()).toMatchObject({ sessionId: 'phien-1', opening: 'done' });
  });

  it('adds the error id to what the server says, for whoever calls about it', async () => {
    const { store } = setUp(() => {
      throw new ApiFailure('server', { code: 'internal', message: 'Hệ thống gặp sự cố.', errorId: 'loi-7' });
    });
    await store.ask('làm khai sinh cần gì');
    expect(store.current().entries[0]).toMatchObject({ failure: 'Hệ thống gặp sự cố. Mã lỗi: loi-7.' });
  });
});
