import { describe, expect, it } from 'vitest';
import { parseWebhook } from '../../../src/channels/messenger/parse-webhook.ts';
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

const now = new Date(MORNING + 60_000);
const parse = (body: unknown) => parseWebhook(body, PAGE, now);
const message = (content: object) => page(item({ message: { mid: 'm_1', ...content } }));
const attached = (type: string, payload: object = {}) => message({ attachments: [{ type, payload }] });
const toApp = (appId: unknown) => ({ new_owner_app_id: appId, metadata: '' });

describe('a webhook of the page', () => {
  it.each([
    [
      'a text',
      page(textItem('làm khai sinh ở đâu')),
      { kind: 'text', id: 'm_1', text: 'làm khai sinh ở đâu' },
    ],
    [
      'a quick reply, whose text is only its title',
      message({ text: 'Lệ phí', quick_reply: { payload: 'khai-sinh/fee' } }),
      { kind: 'tap', payload: 'khai-sinh/fee' },
    ],
    [
      'a button or a menu item',
      page(item({ postback: { mid: 'm_2', title: 'Khai sinh', payload: 'khai-sinh' } })),
      { kind: 'tap', id: 'm_2', payload: 'khai-sinh' },
    ],
    [
      'Get Started by a QR code',
      page(item({ postback: { mid: 'm_3', payload: 'GET_STARTED', referral: { ref: 'khai-sinh' } } })),
      { kind: 'get-started', ref: 'khai-sinh' },
    ],
    [
      'an m.me link',
      page(item({ referral: { ref: '1.001193', source: 'SHORTLINK', type: 'OPEN_THREAD' } })),
      { kind: 'referral', ref: '1.001193' },
    ],
    [
      'an advertisement beside a text',
      message({ text: 'xin chào', referral: { ref: 'khai-sinh', source: 'ADS', ad_id: '63' } }),
      { kind: 'text', text: 'xin chào', ref: 'khai-sinh' },
    ],
    ['a sticker of today', attached('sticker', { sticker_id: 369239263222822 }), { kind: 'sticker' }],
    [
      'a like of yesterday',
      message({ sticker_id: 369239343222814, attachments: [{ type: 'image', payload: { sticker_id: 1 } }] }),
      { kind: 'sticker' },
    ],
    ['a photo', attached('image', { url: 'https://cdn.test/a.jpg' }), { kind: 'image' }],
    ['a film', attached('video'), { kind: 'image' }],
    ['a file', attached('file'), { kind: 'file' }],
    ['a shared post', attached('fallback'), { kind: 'file' }],
    ['a voice message', attached('audio'), { kind: 'audio' }],
    ['a place', attached('location', { coordinates: { lat: 20.95, long: 107.08 } }), { kind: 'location' }],
    [
      'an edit',
      page(item({ message_edit: { mid: 'm_1', text: 'khai sinh cho con', num_edit: '2' } })),
      { kind: 'edit', id: 'edit:m_1:2', messageId: 'm_1', text: 'khai sinh cho con' },
    ],
    ['an unsent message', message({ is_deleted: true }), { kind: 'unsend', messageId: 'm_1' }],
    [
      'a word of staff from the Page Inbox',
      page({
        sender: { id: PAGE },
        recipient: { id: LAN },
        timestamp: MORNING,
        message: { mid: 'm_4', is_echo: true, app_id: PAGE_INBOX, text: 'Chào chị' },
      }),
      { kind: 'staff-message', id: 'echo:m_4' },
    ],
    ['standby', standbyPage(textItem('cán bộ ơi')), { kind: 'standby', fromCitizen: true }],
    [
      'the thread coming back',
      page(item({ pass_thread_control: toApp('123456789') })),
      { kind: 'thread-passed', to: 'assistant' },
    ],
    [
      'the thread going to staff',
      page(item({ take_thread_control: toApp(PAGE_INBOX) })),
      { kind: 'thread-passed', to: 'staff' },
    ],
    [
      'a comment',
      commentPage({ message: 'khai sinh cần gì ạ' }),
      { kind: 'comment', id: 'comment:901_902', commentId: '901_902', text: 'khai sinh cần gì ạ' },
    ],
  ])('with %s', (_, body, event) => {
    expect(parse(body)).toEqual({
      events: [{ id: expect.any(String), personId: LAN, at: MORNING, ...refless(event), ...event }],
      ignored: [],
    });
  });

  it.each([
    ['a reaction', page(item({ reaction: { mid: 'm_1', action: 'react', emoji: '❤' } })), 'reaction'],
    [
      'our own words',
      page(item({ message: { mid: 'm_1', is_echo: true, app_id: 42, text: 'Chào' } })),
      'echo',
    ],
    ['a receipt without a time', page({ sender: { id: LAN }, read: { watermark: 1 } }), 'receipt'],
    ['an opt-in without a person', page({ optin: { user_ref: 'x' } }), 'optin'],
    ['a notice of policy', page({ recipient: { id: PAGE }, 'policy-enforcement': {} }), 'administration'],
    ['another change', { object: 'page', entry: [{ changes: [{ field: 'mention', value: {} }] }] }, 'feed'],
    ['an edited comment', commentPage({ message: 'sửa', verb: 'edited' }), 'feed'],
    ["the page's own comment", commentPage({ message: 'Chào anh/chị', from: { id: PAGE } }), 'own-comment'],
    ['a comment of nobody', commentPage({ message: 'ai đó', from: undefined }), 'own-comment'],
    ['what nobody knows', page(item({ hologram: {} })), 'unknown'],
    ['a message without an id', page(item({ message: { text: 'xin chào' } })), 'malformed'],
    ['an item that is no object', page(7), 'malformed'],
  ])('passes over %s', (_, body, kind) => {
    expect(parse(body)).toEqual({ events: [], ignored: [kind] });
  });

  it('loses none of several for a bad one', () => {
    const body = {
      object: 'page',
      entry: [
        null,
        { messaging: 'x' },
        ...page(textItem('một'), { message: [] }, textItem('hai', 'm_2')).entry,
      ],
    };
    expect(parse(body)?.events.map(({ id }) => id)).toEqual(['m_1', 'm_2']);
  });

  it('reads seconds for what they are, and no time as the time of the delivery', () => {
    const [seconds, none] = [MORNING / 1000, undefined];
    const times = parse(
      page(textItem('a', 'm_1', { timestamp: seconds }), textItem('b', 'm_2', { timestamp: none })),
    );
    expect(times?.events.map(({ at }) => at)).toEqual([MORNING, MORNING + 500]);
  });

  it('takes ids that are numbers, and none that lost digits on the way', () => {
    const from = (id: unknown) => parse(page(textItem('a', 'm_1', { sender: { id } })));
    expect(from(987654321432)?.events[0]?.personId).toBe('987654321432');
    expect(from(2 ** 60)?.events).toEqual([]);
  });

  it('gives the same item the same id at every delivery', () => {
    const body = () => page(item({ referral: { ref: 'khai-sinh' } }));
    expect(parse(body())?.events[0]?.id).toBe(parse(body())?.events[0]?.id);
  });

  it.each([[null], [[]], ['page'], [{ object: 'user', entry: [] }], [{}]])('is not %j', body => {
    expect(parse(body)).toBeNull();
  });
});

/** Texts, taps and arrivals say whether they came by a link. */
function refless({ kind }: { kind: string }): object {
  return ['text', 'tap', 'get-started', 'referral'].includes(kind) ? { ref: null } : {};
}
