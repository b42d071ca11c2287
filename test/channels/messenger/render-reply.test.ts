import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS, type MessengerMessage, renderReply } from '../../../src/channels/messenger/render-reply.ts';
import type { Choice, Reply } from '../../../src/domain/conversation.ts';

describe('a reply on Messenger', () => {
  it('is plain text: Messenger shows no Markdown', () => {
    const text =
      '**Đăng ký khai sinh**\n\nCần mang:\n\n- Giấy chứng sinh *(bản chính)*\n- Căn cước\n\n_Nguồn: Cổng DVC_';
    expect(textsOf(renderReply(reply({ text })))).toEqual([
      'Đăng ký khai sinh\n\nCần mang:\n\n• Giấy chứng sinh (bản chính)\n• Căn cước\n\nNguồn: Cổng DVC',
    ]);
  });

  it('keeps numbered steps, and says where a link in the text leads', () => {
    const text =
      '1. Nộp hồ sơ\n2. Nhận kết quả\n\nXem [hướng dẫn](https://dichvucong.gov.vn) hoặc gọi [1022](tel:1022)';
    expect(textsOf(renderReply(reply({ text })))).toEqual([
      '1. Nộp hồ sơ\n2. Nhận kết quả\n\nXem hướng dẫn (https://dichvucong.gov.vn) hoặc gọi 1022',
    ]);
  });

  it('offers choices and suggestions as quick replies whose payload is the id, on the last message', () => {
    const messages = renderReply(
      reply({
        text: 'Để trả lời đúng ý, anh/chị chọn giúp nội dung đang cần hỏi:',
        choices: [
          choice('1.001193', 'Đăng ký khai sinh', 'Thủ tục đăng ký khai sinh'),
          choice('1.004884', 'Làm lại khai sinh', 'Thủ tục đăng ký lại khai sinh'),
        ],
        suggestions: [{ id: 'none-of-these', name: 'Không phải các ý trên' }],
      }),
    );
    expect(messages).toEqual([
      {
        text: 'Để trả lời đúng ý, anh/chị chọn giúp nội dung đang cần hỏi:\n\n1. Thủ tục đăng ký khai sinh\n2. Thủ tục đăng ký lại khai sinh',
        quick_replies: [
          { content_type: 'text', title: 'Đăng ký khai sinh', payload: '1.001193' },
          { content_type: 'text', title: 'Làm lại khai sinh', payload: '1.004884' },
          { content_type: 'text', title: 'Không phải các ý…', payload: 'none-of-these' },
        ],
      },
    ]);
  });

  it('cuts titles to 20 characters in a way that keeps them distinct', () => {
    const names = [
      'Đăng ký lại khai sinh có yếu tố nước ngoài',
      'Đăng ký lại khai sinh lưu động',
      'Lệ phí',
      'Lệ phí',
    ];
    const suggestions = names.map((name, i) => ({ id: `id-${i}`, name }));
    const [message] = renderReply(reply({ text: 'Chọn giúp:', suggestions }));
    expect(message?.quick_replies?.map(({ title }) => title)).toEqual([
      '…có yếu tố nước…',
      '…lưu động',
      '3. Lệ phí',
      '4. Lệ phí',
    ]);
  });

  it('puts a link under a short text as a button', () => {
    const links = [{ title: 'Xem trên Cổng Dịch vụ công quốc gia', url: 'https://dichvucong.gov.vn/p/1' }];
    expect(renderReply(reply({ text: 'Miễn phí.', links }))).toEqual([
      {
        attachment: {
          type: 'template',
          payload: {
            template_type: 'button',
            text: 'Miễn phí.',
            buttons: [
              { type: 'web_url', title: 'Xem trên Cổng Dịch…', url: 'https://dichvucong.gov.vn/p/1' },
            ],
          },
        },
      },
    ]);
  });

  it('sends the button after a text that is too long for a template, under its full title', () => {
    const links = [{ title: 'Xem trên Cổng Dịch vụ công quốc gia', url: 'https://dichvucong.gov.vn/p/1' }];
    const messages = renderReply(reply({ text: 'Hồ sơ gồm nhiều giấy tờ. '.repeat(40), links }));
    expect(messages).toHaveLength(2);
    expect(textsOf(messages)[1]).toBe('Xem trên Cổng Dịch vụ công quốc gia');
  });

  it('makes a landline a call button, and leaves 1900 numbers, which exist inside the country only, to the text', () => {
    const links = [
      { title: 'Gọi 0203 3825 555', url: 'tel:02033825555' },
      { title: 'Gọi 1900 558 826', url: 'tel:1900558826' },
    ];
    const [message] = renderReply(reply({ text: 'Gọi **1900 558 826** nhé.', links }));
    expect(message).toMatchObject({
      attachment: {
        payload: {
          text: 'Gọi 1900 558 826 nhé.',
          buttons: [{ type: 'phone_number', title: 'Gọi 0203 3825 555', payload: '+842033825555' }],
        },
      },
    });
  });

  it('writes a link that is not https into the text', () => {
    const links = [{ title: 'Trang cũ', url: 'http://vi-du.vn/a' }];
    expect(renderReply(reply({ text: 'Xem thêm.', links }))).toEqual([
      { text: 'Xem thêm.\n\nTrang cũ: http://vi-du.vn/a' },
    ]);
  });

  it('gives a fourth link a template of its own', () => {
    const links = [1, 2, 3, 4].map(i => ({ title: `Biểu mẫu ${i}`, url: `https://vi-du.vn/${i}` }));
    const messages = renderReply(reply({ text: 'Các biểu mẫu:', links }));
    expect(textsOf(messages)).toEqual(['Các biểu mẫu:', 'Biểu mẫu 4']);
  });

  it('splits a long text at sentence ends, within 2,000 characters, and loses nothing', () => {
    const sentences = Array.from(
      { length: 120 },
      (_, i) => `Điều kiện thứ ${i + 10} là có đủ giấy tờ hợp lệ.`,
    );
    const parts = textsOf(renderReply(reply({ text: sentences.join(' ') })));
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) expect(part).toMatch(/^Điều kiện.*hợp lệ\.$/s);
    expect(parts.join(' ')).toBe(sentences.join(' '));
  });

  it('keeps every limit of the platform, whatever the reply holds', () => {
    fc.assert(
      fc.property(anyReply, made => {
        const messages = renderReply(made);
        expect(messages.length).toBeGreaterThan(0);
        for (const message of messages) checkLimits(message);
      }),
      { seed: 20261122, numRuns: 500 },
    );
  });
});

function checkLimits(message: MessengerMessage): void {
  const replies = message.quick_replies ?? [];
  expect(replies.length).toBeLessThanOrEqual(13);
  const titles = replies.map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
  for (const { title, payload } of replies) {
    expect(title.length).toBeGreaterThan(0);
    expect(title.length).toBeLessThanOrEqual(20);
    expect(payload.length).toBeLessThanOrEqual(1000);
  }
  const text = textOf(message);
  expect(text.trim()).not.toBe('');
  expect(text).not.toMatch(LONE_SURROGATE);
  if ('text' in message) {
    expect(text.length).toBeLessThanOrEqual(LIMITS.text);
    return;
  }
  const { buttons } = message.attachment.payload;
  expect(text.length).toBeLessThanOrEqual(640);
  expect(buttons.length).toBeLessThanOrEqual(3);
  for (const { title } of buttons) expect(title.length).toBeLessThanOrEqual(20);
}

const LONE_SURROGATE = /\p{Surrogate}/u;

const words = fc.oneof(
  fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }),
  fc.constantFrom(
    'Đăng ký lại khai sinh có yếu tố nước ngoài',
    'Đăng ký lại khai sinh',
    '👨‍👩‍👧‍👦'.repeat(9),
    'Lệ phí',
  ),
);
const anyReply = fc
  .record({
    text: fc.oneof(
      fc.string({ minLength: 1, maxLength: 5000, unit: 'grapheme' }),
      fc.array(words, { minLength: 1, maxLength: 300 }).map(parts => parts.join(' ')),
    ),
    suggestions: fc.array(fc.record({ id: words, name: words }), { maxLength: 20 }),
    links: fc.array(
      fc.record({
        title: words,
        url: fc.constantFrom('https://dichvucong.gov.vn', 'http://vi-du.vn', 'tel:02033825555', 'tel:113'),
      }),
      { maxLength: 8 },
    ),
  })
  .filter(({ text }) => text.trim() !== '' && !LONE_SURROGATE.test(text))
  .map(reply);

function textOf(message: MessengerMessage): string {
  return 'text' in message ? message.text : message.attachment.payload.text;
}

function textsOf(messages: MessengerMessage[]): string[] {
  return messages.map(textOf);
}

function choice(id: string, label: string, name: string): Choice {
  return { id, kind: 'procedure', group: 'ho-tich', code: id, name, label };
}

function reply(parts: Partial<Reply>): Reply {
  return {
    outcome: 'answered',
    confidence: 1,
    topic: null,
    facet: null,
    facets: [],
    topics: [],
    choices: [],
    suggestions: [],
    links: [],
    text: '',
    ...parts,
  };
}
