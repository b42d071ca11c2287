import { describe, expect, it } from 'vitest';
import type { OutgoingReply } from '../../../src/channels/channel.ts';
import { openPage } from './page.ts';
import { item, LAN, MINH, MORNING, page, textItem } from './payloads.ts';

const HOUR = 3_600_000;

describe('a conversation on Messenger', () => {
  it('begins with who speaks, shows that it reads and writes, and goes on about the same topic', async () => {
    const { deliver, told, graph } = await openPage();
    await deliver(page(textItem('làm khai sinh cần giấy tờ gì')));
    await deliver(page(textItem('mấy ngày có', 'm_2', { timestamp: MORNING + 500 })));
    const [first, second] = told();
    expect(first).toMatch(/^Tôi là trợ lý tự động của Trung tâm.*\n\n.*Giấy chứng sinh/s);
    expect(second).toMatch(/Đăng ký khai sinh.*1 ngày làm việc/s);
    expect(second).not.toContain('trợ lý tự động');
    expect(graph.calls.slice(0, 2).map(({ body }) => body.sender_action)).toEqual(['mark_seen', 'typing_on']);
  });

  it('takes a quick reply for the choice that it is, not for its title', async () => {
    const { deliver, told } = await openPage();
    const message = { mid: 'm_1', text: 'Thời hạn', quick_reply: { payload: 'thuong-tru/time' } };
    await deliver(page(item({ message })));
    expect(told()[0]).toMatch(/Đăng ký thường trú.*7 ngày làm việc/s);
  });

  it('greets at Get Started, and leads straight to the topic of a poster', async () => {
    const { deliver, told } = await openPage();
    const started = { mid: 'm_1', payload: 'get-started' };
    await deliver(page(item({ postback: started })));
    const referral = { ref: 'khai-sinh', source: 'SHORTLINK', type: 'OPEN_THREAD' };
    await deliver(page(item({ postback: { ...started, mid: 'm_2', referral } }, { sender: { id: MINH } })));
    await deliver(page(item({ referral: { ...referral, ref: 'khong-co' } })));
    expect(told()).toEqual([
      expect.stringContaining('trợ lý tự động'),
      expect.stringContaining('Anh/chị cần làm thủ tục gì?'),
    ]);
    expect(told(MINH)).toEqual([expect.stringContaining('Đăng ký khai sinh')]);
  });

  it("takes an advertisement's topic for what the question beside it is about", async () => {
    const { deliver, told } = await openPage();
    await deliver(
      page(item({ message: { mid: 'm_1', text: 'mất bao lâu', referral: { ref: 'thuong-tru' } } })),
    );
    expect(told()[0]).toContain('7 ngày làm việc');
  });

  it.each([
    ['sticker', /anh\/chị cứ nhắn bằng chữ/],
    ['image', /không nhận hồ sơ qua tin nhắn/],
    ['file', /không nhận hồ sơ qua tin nhắn/],
    ['audio', /chưa nghe được tin nhắn thoại/],
    ['location', /cho biết tên xã, phường/],
  ])('answers what is no words: %s', async (type, said) => {
    const { deliver, told } = await openPage();
    await deliver(page(item({ message: { mid: 'm_1', attachments: [{ type, payload: {} }] } })));
    expect(told()).toEqual([expect.stringMatching(said)]);
  });

  it('answers the same batch once, delivered five times at once', async () => {
    const { post, settled, told } = await openPage();
    const batch = JSON.stringify(page(textItem('xin chào'), textItem('khai sinh mấy ngày', 'm_2')));
    await Promise.all([1, 2, 3, 4, 5].map(() => post(batch).expect(200)));
    await settled();
    expect(told()).toHaveLength(2);
    await post(batch).expect(200);
    await settled();
    expect(told()).toHaveLength(2);
  });

  it('answers one person in the order of writing, and others meanwhile', async () => {
    const asked: string[] = [];
    const { deliver } = await openPage({
      overrides: {
        answerTurn: async ({ text, personId }) => {
          if (personId === LAN) asked.push(text);
          return REPLY;
        },
      },
    });
    const at = (text: string, seconds: number, id = LAN) =>
      textItem(text, `m_${text}`, { timestamp: MORNING - 9000 + seconds * 1000, sender: { id } });
    await deliver(page(at('ba', 3), at('một', 1), at('khác', 1, MINH), at('hai', 2)));
    expect(asked).toEqual(['một', 'hai', 'ba']);
  });

  it('forgets an unsent message, its turn and its edits', async () => {
    const { deliver, store } = await openPage();
    await deliver(page(textItem('nhập hộ khẩu cho con')));
    const edit = { mid: 'm_1', text: 'nhập hộ khẩu cho vợ', num_edit: 1 };
    await deliver(page(item({ message_edit: edit })));
    const kept = async () =>
      (await store.conversations.listTurns(`messenger-${LAN}`, 9)).map(turn => turn.question);
    expect(await kept()).toEqual(['nhập hộ khẩu cho vợ']);
    await deliver(page(item({ message: { mid: 'm_1', is_deleted: true } })));
    expect(await kept()).toEqual([]);
  });

  it('sends nothing to whoever wrote a day ago', async () => {
    const { deliver, graph } = await openPage();
    await deliver(page(textItem('khai sinh', 'm_1', { timestamp: MORNING - 24 * HOUR })));
    expect(graph.calls).toEqual([]);
  });

  it('keeps what the platform does not take, and takes it up at the next start', async () => {
    const first = await openPage();
    first.graph.always({ error: { code: 190 } });
    await first.post(JSON.stringify(page(textItem('khai sinh mấy ngày')))).expect(200);
    await expect.poll(() => first.log.text()).toContain('a Messenger reply waits');
    await first.app.stop();
    const second = await openPage({ store: first.store });
    await second.app.start();
    await second.settled();
    expect(second.told()).toEqual([expect.stringContaining('ngày làm việc')]);
  });

  it('gives up what the platform refuses for good, and goes on with the next', async () => {
    const { deliver, told, graph, log } = await openPage();
    graph.next({ error: { code: 551 } });
    graph.next({ error: { code: 551 } });
    graph.next({ error: { code: 551 } });
    await deliver(
      page(textItem('khai sinh mấy ngày'), textItem('xin chào', 'm_2', { timestamp: MORNING + 900 })),
    );
    expect(log.text()).toContain('a Messenger reply is lost');
    expect(told()).toHaveLength(2);
  });
});

const REPLY: OutgoingReply = {
  turnId: 'lượt',
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
  text: 'Vâng.',
};
