import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../src/web/widget/conversation.ts';
import { saveIn } from '../../src/web/widget/saved-conversation.ts';

const conversation = { sessionId: 'phien-1', greeting: 'Xin chào', entries: [] } as unknown as Conversation;

function storage(content: Record<string, string> = {}) {
  return {
    getItem: (key: string) => content[key] ?? null,
    setItem: (key: string, value: string) => {
      content[key] = value;
    },
  };
}

describe('the conversation kept over a reload', () => {
  it('comes back as it was', () => {
    const place = storage();
    saveIn(() => place, 'motcua').save(conversation);
    expect(saveIn(() => place, 'motcua').load()).toEqual(conversation);
  });

  it.each(['', '{', '"x"', 'null', '{"shape":0,"state":{}}'])('is none where %j was stored', stored => {
    expect(saveIn(() => storage({ motcua: stored }), 'motcua').load()).toBeNull();
  });

  it('does without a storage where the site may have none', () => {
    const forbidden = saveIn(() => {
      throw new Error('SecurityError');
    }, 'motcua');
    expect(() => forbidden.save(conversation)).not.toThrow();
    expect(forbidden.load()).toBeNull();
  });
});
