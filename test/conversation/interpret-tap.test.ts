import { describe, expect, it } from 'vitest';
import { interpretTap } from '../../src/conversation/interpret-tap.ts';
import type { Choice, Session } from '../../src/domain/conversation.ts';
import { topicRef } from '../../src/domain/topic.ts';
import { SMALL_SNAPSHOT } from '../fixtures/small-knowledge.ts';

const topics = new Map(SMALL_SNAPSHOT.topics.map(published => [published.topic.id, published]));
const choices: Choice[] = SMALL_SNAPSHOT.topics.slice(0, 2).map(({ topic }) => topicRef(topic));

/** What the citizen types after "chọn giúp nội dung đang cần hỏi". */
function typed(text: string) {
  const session: Session = {
    ...{
      id: 's1',
      channel: 'web',
      personId: 's1',
      startedAt: '',
      lastTurnAt: '',
      topicId: null,
      topicAt: null,
    },
    pending: { question: 'lam giay to', choices, facets: ['fee'] },
  };
  return interpretTap({ text, choiceId: null }, session, topics);
}

describe('after choices were offered', () => {
  it.each(['2', 'số 2', ' 2. ', 'cái thứ 2', 'số 2 ạ', 'chọn ý 2 nhé', 'thường trú', 'dang ky thuong tru'])(
    '"%s" takes the second one',
    text => {
      expect(typed(text)).toMatchObject({
        kind: 'answered',
        intents: [{ topicId: choices[1]!.id, facets: ['fee'] }],
      });
    },
  );

  it.each(['ko', 'không ạ', 'không phải', 'ko phải mấy cái này', 'khong co cai nao', 'không đúng ạ'])(
    '"%s" rejects them all',
    text => {
      expect(typed(text)).toMatchObject({ kind: 'fallback', reason: 'rejected' });
    },
  );

  it.each(['không có hộ khẩu thì sao', 'không có giấy chứng sinh được không', 'có', 'ừ', 'hi', '9'])(
    '"%s" is a message of its own',
    text => {
      expect(typed(text)).toBeNull();
    },
  );

  it('"cái đầu tiên" takes the first one', () => {
    expect(typed('cái đầu tiên')).toMatchObject({ intents: [{ topicId: choices[0]!.id }] });
  });
});
