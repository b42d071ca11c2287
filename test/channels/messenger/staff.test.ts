import { describe, expect, it } from 'vitest';
import { openPage } from './page.ts';
import {
  commentPage,
  item,
  LAN,
  MORNING,
  PAGE,
  PAGE_INBOX,
  page,
  standbyPage,
  textItem,
} from './payloads.ts';

const HOUR = 3_600_000;
const later = (hours: number) => ({ timestamp: MORNING + hours * HOUR });
const wish = { mid: 'm_wish', text: 'Gặp cán bộ', quick_reply: { payload: 'talk-to-person' } };
const staffWrites = (mid: string, hours: number) => ({
  sender: { id: PAGE },
  recipient: { id: LAN },
  message: { mid, is_echo: true, app_id: PAGE_INBOX, text: 'Chào chị, tôi xem giúp chị' },
  ...later(hours),
});
const handedBack = (hours: number) => item({ pass_thread_control: { new_owner_app_id: '42' } }, later(hours));

describe('a person takes over', () => {
  it('passes the thread with what was asked, says so, and is silent from then on', async () => {
    const { deliver, told, calls } = await openPage();
    await deliver(page(textItem('làm khai sinh cần giấy tờ gì, số tôi 0912345678')));
    await deliver(page(item({ message: wish }, later(0.0002))));
    const [pass] = calls('me/pass_thread_control');
    expect(pass?.body).toMatchObject({ recipient: { id: LAN } });
    expect(pass?.body.metadata).toMatch(/Người dân cần gặp cán bộ.*Khai sinh.*làm khai sinh cần giấy tờ gì/);
    expect(pass?.body.metadata).not.toContain('0912345678');
    expect(told()[1]).toMatch(/Tôi đã chuyển cuộc trò chuyện này cho cán bộ.*Thứ Hai/s);
    await deliver(page(textItem('còn ai ở đó không', 'm_2')), standbyPage(textItem('alo', 'm_3')));
    expect(told()).toHaveLength(2);
  });

  it('gives phone and hours, and goes on answering, where the thread cannot be passed', async () => {
    const { deliver, told, graph } = await openPage();
    graph.next('ok', 'ok', 'ok', { error: { code: 10 } });
    await deliver(page(item({ message: wish })));
    expect(told()[1]).toMatch(/chưa chuyển được cuộc trò chuyện.*0203 000 000/s);
    await deliver(page(textItem('khai sinh mấy ngày', 'm_2')));
    expect(told()).toHaveLength(3);
  });

  it('is silent while staff write from the Page Inbox, and says who it is when the thread returns', async () => {
    const { deliver, told, setHour } = await openPage();
    await deliver(page(textItem('khai sinh mấy ngày')));
    await deliver(page(staffWrites('m_s', 0)));
    await deliver(page(textItem('vâng ạ', 'm_2')));
    expect(told()).toHaveLength(1);
    setHour(1);
    await deliver(page(handedBack(1)));
    await deliver(page(textItem('thường trú mấy ngày', 'm_3', later(1))));
    expect(told().slice(1)).toEqual([
      expect.stringMatching(/Cán bộ đã chuyển cuộc trò chuyện lại cho tôi, trợ lý tự động/),
      expect.stringContaining('7 ngày làm việc'),
    ]);
  });

  it('comes back after a day without a word of staff, and says who it is', async () => {
    const { deliver, told, setHour } = await openPage();
    await deliver(page(staffWrites('m_s', 0)));
    setHour(12);
    await deliver(page(textItem('chị ơi', 'm_1', later(12))));
    expect(told()).toEqual([]);
    setHour(25);
    await deliver(page(textItem('khai sinh mấy ngày', 'm_2', later(25))));
    expect(told()).toEqual([expect.stringMatching(/^Tôi là trợ lý tự động.*ngày làm việc/s)]);
  });

  it('keeps quiet where the thread returns after the window, until the person writes', async () => {
    const { deliver, told, setHour } = await openPage();
    await deliver(page(item({ message: wish })));
    setHour(20);
    await deliver(page(staffWrites('m_s', 20)));
    setHour(30);
    await deliver(page(handedBack(30)));
    expect(told()).toHaveLength(1);
    await deliver(page(textItem('khai sinh mấy ngày', 'm_2', later(30))));
    expect(told()[1]).toMatch(/^Tôi là trợ lý tự động/);
  });

  it('falls silent where the platform says that another app has the thread', async () => {
    const { deliver, told, graph } = await openPage();
    graph.next('ok', 'ok', { error: { code: 10, subcode: 2018300 } });
    await deliver(page(textItem('khai sinh mấy ngày')));
    await deliver(page(textItem('alo', 'm_2')));
    expect(told()).toHaveLength(1);
  });
});

describe('a comment below a post', () => {
  const question = commentPage({ message: 'làm khai sinh cần giấy tờ gì ạ' });

  it('gets one private message with the answer', async () => {
    const { deliver, messages } = await openPage({ answerComments: true });
    await deliver(question, question);
    expect(messages().map(({ body }) => body)).toMatchObject([
      {
        recipient: { comment_id: '901_902' },
        message: { text: expect.stringMatching(/trợ lý tự động.*Giấy chứng sinh/s) },
      },
    ]);
  });

  it('gets nothing where the centre did not switch that on', async () => {
    const { deliver, graph } = await openPage();
    await deliver(question);
    expect(graph.calls).toEqual([]);
  });

  it.each([
    ['asks nothing', { message: 'xin chào' }],
    ['is the page’s own', { message: 'làm khai sinh cần giấy tờ gì', from: { id: PAGE } }],
    [
      'was written eight days ago',
      { message: 'khai sinh mấy ngày', created_time: MORNING / 1000 - 8 * 86_400 },
    ],
  ])('gets nothing when it %s', async (_, comment) => {
    const { deliver, graph } = await openPage({ answerComments: true });
    await deliver(commentPage(comment));
    expect(graph.calls).toEqual([]);
  });
});
