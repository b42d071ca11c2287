import { hoursText } from '../../conversation/centre-text.ts';
import type { Centre } from '../../domain/centre.ts';
import { type Reply, type Suggestion, TALK_TO_PERSON, type Turn } from '../../domain/conversation.ts';

/** What the channel itself says, beside the conversation's replies. */

const SAID: Reply = {
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
};

export function said(text: string, suggestions: Suggestion[] = []): Reply {
  return { ...SAID, text, suggestions };
}

/** To what is no words. */
export const NO_WORDS = {
  sticker: said(
    'Cảm ơn anh/chị! Khi cần hỏi về thủ tục, anh/chị cứ nhắn bằng chữ, ví dụ: làm căn cước cần gì?',
  ),
  image: said(
    'Tôi chưa xem được hình ảnh và không nhận hồ sơ qua tin nhắn. Để an toàn, anh/chị đừng gửi ảnh giấy tờ cá nhân ở đây. Anh/chị gõ giúp nội dung cần hỏi bằng chữ nhé.',
    [TALK_TO_PERSON],
  ),
  file: said(
    'Tôi chưa đọc được tệp hay liên kết gửi kèm và không nhận hồ sơ qua tin nhắn. Anh/chị gõ giúp nội dung cần hỏi bằng chữ nhé.',
    [TALK_TO_PERSON],
  ),
  audio: said('Tôi chưa nghe được tin nhắn thoại. Anh/chị gõ giúp nội dung cần hỏi bằng chữ nhé.', [
    TALK_TO_PERSON,
  ]),
  location: said(
    'Tôi chưa đọc được vị trí trên bản đồ. Anh/chị cho biết tên xã, phường và việc cần làm, ví dụ: “nộp hồ sơ ở phường Hạ Long thì đến đâu”.',
    [TALK_TO_PERSON],
  ),
} as const;

/** Platforms ask a bot to say that it is one, at the start and when a person hands back. */
export function introduction(centre: Centre): string {
  return `Tôi là **trợ lý tự động** của ${centre.name}, xin được hỗ trợ anh/chị.`;
}

export function handedBack(centre: Centre): Reply {
  const text = `Cán bộ đã chuyển cuộc trò chuyện lại cho tôi, trợ lý tự động của ${centre.name}. Anh/chị cần hỏi thêm về thủ tục thì cứ nhắn nhé.`;
  return said(text, [TALK_TO_PERSON]);
}

/** The conversation goes to staff in the Page Inbox; the assistant is silent from then on. */
export function handedOver(reply: Reply, centre: Centre): Reply {
  const text = [
    `Tôi đã chuyển cuộc trò chuyện này cho cán bộ của ${centre.name}. Cán bộ sẽ trả lời anh/chị ngay tại đây trong giờ làm việc (${hoursText(centre.hours)}).`,
    `Nếu cần gấp, anh/chị gọi **${centre.contacts.phone}**. Từ giờ tôi, trợ lý tự động, tạm dừng trả lời để cán bộ hỗ trợ anh/chị.`,
  ].join('\n\n');
  return { ...reply, text, suggestions: [] };
}

export function handOverFailed(reply: Reply): Reply {
  const text = `Xin lỗi anh/chị, hiện tôi chưa chuyển được cuộc trò chuyện cho cán bộ.\n\n${reply.text}`;
  return { ...reply, text };
}

const LONGEST_QUESTION = 180;
const LONGEST_SUMMARY = 900;

/** What staff see when a conversation comes to them. The turns' texts are masked. */
export function summaryOf(turns: readonly Turn[]): string {
  const topics = [...new Set(turns.flatMap(({ reply }) => reply.topics.map(({ label }) => label)))];
  const questions = turns.flatMap(({ question }) =>
    question ? `“${shorten(question, LONGEST_QUESTION)}”` : [],
  );
  const parts = [
    'Người dân cần gặp cán bộ.',
    ...(topics.length > 0 ? [`Đang hỏi về: ${topics.join(', ')}.`] : []),
    ...(questions.length > 0 ? [`Các tin gần nhất: ${questions.join('; ')}.`] : []),
  ];
  return shorten(parts.join(' '), LONGEST_SUMMARY);
}

const LONGEST_COMMENT_ANSWER = 1500;

/** A comment gets one message and no more: what does not fit is to be asked for. */
export function privateReply(reply: Reply, centre: Centre): Reply {
  const text = [
    introduction(centre),
    shorten(reply.text, LONGEST_COMMENT_ANSWER),
    'Anh/chị trả lời tin nhắn này nếu muốn hỏi thêm.',
  ].join('\n\n');
  return { ...reply, text, links: reply.links.slice(0, 1) };
}

/** Never inside a letter. */
function shorten(text: string, longest: number): string {
  const letters = [...text];
  return letters.length <= longest
    ? text
    : `${letters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`;
}
