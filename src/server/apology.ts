import { type Reply, TALK_TO_PERSON } from '../domain/conversation.ts';

/** What a citizen gets when their turn broke. The first eight characters of the id find it in the log. */
export function apology(errorId: string, phone: string): Reply {
  return {
    outcome: 'fallback',
    confidence: 0,
    topic: null,
    facet: null,
    facets: [],
    topics: [],
    choices: [],
    suggestions: [TALK_TO_PERSON],
    links: [],
    text:
      'Xin lỗi anh/chị, hệ thống đang gặp sự cố nên chưa trả lời được câu hỏi này. ' +
      `Anh/chị vui lòng gửi lại sau ít phút, hoặc gọi số ${phone} để được hướng dẫn.\n\n` +
      `Mã lỗi: ${errorId.slice(0, 8)}`,
  };
}
