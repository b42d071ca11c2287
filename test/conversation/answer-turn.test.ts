import { beforeAll, describe, expect, it } from 'vitest';
import type { OutgoingReply } from '../../src/channels/channel.ts';
import { createAnswerTurn } from '../../src/conversation/answer-turn.ts';
import { recordFeedback } from '../../src/conversation/feedback.ts';
import { openSession } from '../../src/conversation/open-session.ts';
import type { Centre } from '../../src/domain/centre.ts';
import type { LiveKnowledge } from '../../src/knowledge/live-knowledge.ts';
import { readCentre } from '../../src/read-centre.ts';
import { createMemoryStore } from '../../src/stores/memory/memory-store.ts';
import { openReleasedKnowledge } from '../fixtures/released-knowledge.ts';

/** The shipped knowledge, trained once: these are conversations as citizens have them. */
let knowledge: LiveKnowledge;
let centre: Centre;
beforeAll(async () => {
  knowledge = await openReleasedKnowledge();
  centre = await readCentre('seeds/quang-ninh/centre.yaml');
}, 120_000);

async function conversation() {
  let clock = Date.parse('2026-11-21T03:00:00Z');
  let ids = 0;
  const store = createMemoryStore({ now: () => new Date(clock) });
  const deps = {
    conversations: store.conversations,
    knowledge: () => knowledge,
    centre,
    now: () => new Date(clock),
    randomId: () => `id-${++ids}`,
  };
  const answerTurn = createAnswerTurn(deps);
  const opened = await openSession(deps, { channel: 'web', personId: 's1', sessionId: 's1' });
  const send = (part: { text?: string; choiceId?: string; messageId?: string }): Promise<OutgoingReply> =>
    answerTurn({
      channel: 'web',
      conversationId: 's1',
      personId: 's1',
      messageId: part.messageId ?? `m-${++ids}`,
      text: part.text ?? '',
      choiceId: part.choiceId ?? null,
      receivedAt: new Date(clock),
    });
  return {
    ...opened,
    store,
    ask: (text: string) => send({ text }),
    tap: (choiceId: string) => send({ choiceId }),
    send,
    wait: (minutes: number) => {
      clock += minutes * 60_000;
    },
    rate: (turnId: string, helpful: boolean) => recordFeedback(deps, turnId, helpful),
  };
}

describe('a citizen asks about a procedure', () => {
  it('is greeted by an automatic assistant that offers common procedures', async () => {
    const { greeting } = await conversation();
    expect(greeting.text).toContain('trợ lý tự động');
    expect(greeting.suggestions.map(({ name }) => name)).toContain('Đăng ký khai sinh');
  });

  it('gets the asked facet first, then other facets, the portal and the source', async () => {
    const { ask } = await conversation();
    const reply = await ask('lam khai sinh cho con can giay to gi');
    expect(reply).toMatchObject({ outcome: 'answered', topic: { id: '1.001193' }, facet: 'documents' });
    expect(reply.text).toContain('Giấy chứng sinh');
    expect(reply.text).toContain('Nguồn: Cổng Dịch vụ công quốc gia, mã 1.001193');
    expect(reply.suggestions.map(({ id }) => id)).toContain('1.001193/fee');
    expect(reply.links[0]?.url).toContain('dichvucong.gov.vn');
  });

  it('follows up without naming the procedure again, for half an hour', async () => {
    const { ask, wait } = await conversation();
    await ask('làm giấy khai sinh cho con');
    expect(await ask('vậy lệ phí bao nhiêu?')).toMatchObject({ topic: { id: '1.001193' }, facet: 'fee' });
    expect(await ask('mấy ngày có?')).toMatchObject({ topic: { id: '1.001193' }, facet: 'time' });
    wait(31);
    expect(await ask('mấy ngày có?')).toMatchObject({ outcome: 'clarification', topic: null });
  });

  it('names the procedure when asked which one, and gets the facet of the first question', async () => {
    const { ask } = await conversation();
    expect((await ask('hết bao nhiêu tiền vậy')).text).toContain('thủ tục nào');
    expect(await ask('đăng ký kết hôn')).toMatchObject({ topic: { id: '1.000894' }, facets: ['fee'] });
  });

  it.each([
    ['cấp lại căn cước ở đâu', 'where'],
    ['sang ten so do het bao lau', 'time'],
    ['đổi bằng lái xe cần gì', 'documents'],
    ['đăng ký tạm trú làm thế nào', 'steps'],
  ])('asks "%s" and is told %s', async (text, facet) => {
    const { ask } = await conversation();
    expect(await ask(text)).toMatchObject({ outcome: 'answered', facet });
  });

  it.each(['lệ phí', 'phi', 'tiền'])('follows up with one word: %s', async word => {
    const { ask } = await conversation();
    await ask('làm giấy khai sinh cho con');
    expect(await ask(word)).toMatchObject({ topic: { id: '1.001193' }, facet: 'fee' });
  });

  it('does not take a question about something else for a follow-up', async () => {
    const { ask } = await conversation();
    await ask('làm giấy khai sinh cho con');
    expect((await ask('giá xăng bao nhiêu')).topic?.id).not.toBe('1.001193');
    expect((await ask('thời tiết hôm nay thế nào')).topic?.id).not.toBe('1.001193');
  });

  it('gets two facets in the order asked', async () => {
    const { ask } = await conversation();
    expect(await ask('đăng ký thường trú nộp ở đâu, mất mấy ngày')).toMatchObject({
      facets: ['where', 'time'],
    });
  });

  it('gets two procedures in the order asked', async () => {
    const { ask } = await conversation();
    const reply = await ask('đăng ký kết hôn và khai sinh cho con cần giấy tờ gì');
    expect(reply.topics.map(({ id }) => id)).toEqual(['1.000894', '1.001193']);
    expect(reply.suggestions.map(({ name }) => name)).toContain('Đăng ký kết hôn: phí, lệ phí');
    expect(new Set(reply.links.map(({ title }) => title)).size).toBe(reply.links.length);
  });

  it('is found by its national code', async () => {
    const { ask } = await conversation();
    expect(await ask('thủ tục 1.004222 lệ phí bao nhiêu')).toMatchObject({
      topic: { code: '1.004222' },
      facet: 'fee',
    });
  });
});

describe('a question that is not clear', () => {
  it('is asked back, and the citizen taps, types a number or a name', async () => {
    for (const pick of ['tap', 'number', 'name'] as const) {
      const { ask, tap } = await conversation();
      const { outcome, choices } = await ask('mất cccd có làm đk thường trú dc ko');
      expect(outcome).toBe('clarification');
      const second = choices[1]!;
      const reply = await {
        tap: () => tap(second.id),
        number: () => ask('2'),
        name: () => ask(second.label.toLowerCase()),
      }[pick]();
      expect(reply).toMatchObject({ outcome: 'answered', topic: { id: second.id } });
    }
  });

  it('is kept for review when none of the choices is meant', async () => {
    const { ask, tap, store } = await conversation();
    await ask('mất cccd có làm đk thường trú dc ko');
    expect((await tap('none-of-these')).outcome).toBe('fallback');
    expect(await store.conversations.listUnanswered()).toMatchObject([
      { reason: 'rejected', text: 'mất cccd có làm đk thường trú dc ko' },
    ]);
  });

  it('is left with the way to a person, and kept without personal data', async () => {
    const { ask, store } = await conversation();
    const reply = await ask('giá vàng hôm nay bao nhiêu, gọi em 0912345678');
    expect(reply).toMatchObject({ outcome: 'fallback', topic: null });
    expect(reply.text).toContain(centre.contacts.phone);
    const [kept] = await store.conversations.listUnanswered();
    expect(kept).toMatchObject({
      reason: 'fallback',
      text: 'giá vàng hôm nay bao nhiêu, gọi em [số điện thoại]',
    });
  });

  it.each(['🙏🙏', '???', '…', '12345'])('asks for words in place of %s and keeps nothing', async text => {
    const { ask, store } = await conversation();
    expect((await ask(text)).text).toContain('bằng chữ');
    expect(await store.conversations.listUnanswered()).toEqual([]);
  });
});

describe('what is no procedure', () => {
  it.each([
    ['cháy nhà rồi cứu với', '114'],
    ['co nguoi bi dam ngoai duong', '113'],
    ['bố tôi bị đột quỵ bất tỉnh', '115'],
    ['em không muốn sống nữa', '096 306 1414'],
    ['toi muon chet', '115'],
  ])('%s is told to call %s', async (text, number) => {
    const { ask } = await conversation();
    const reply = await ask(text);
    expect(reply).toMatchObject({ outcome: 'answered', topic: { group: 'emergency' } });
    expect(reply.text).toContain(number);
  });

  it('takes words of danger in a procedure for no emergency', async () => {
    const { ask } = await conversation();
    expect((await ask('giấy phép PCCC cho quán karaoke')).topic?.group).not.toBe('emergency');
    expect((await ask('khai tử cho người mất do tai nạn giao thông')).topic?.id).toBe('1.000656');
  });

  it.each(['xin chào', 'cảm ơn nhé', 'bạn là ai', 'bạn làm được gì', 'đm bot ngu'])(
    'answers "%s" as small talk',
    async text => {
      const { ask, store } = await conversation();
      const reply = await ask(text);
      expect(reply.topic?.group).toBe('smalltalk');
      expect(await store.conversations.findTurn(reply.turnId)).toMatchObject({ smalltalk: true });
    },
  );

  it('hands over to a person with phone and hours, and keeps the question', async () => {
    const { ask, store } = await conversation();
    const reply = await ask('cho tôi gặp người thật');
    expect(reply.outcome).toBe('handover');
    expect(reply.text).toContain(centre.contacts.phone);
    expect(await store.conversations.listUnanswered()).toMatchObject([{ reason: 'handover' }]);
  });

  it('tells where a dossier is looked up, of no procedure or of the one spoken of', async () => {
    const { ask } = await conversation();
    expect(await ask('hồ sơ của tôi tới đâu rồi')).toMatchObject({ topic: { id: 'tra-cuu-ho-so' } });
    await ask('làm giấy khai sinh');
    expect(await ask('hồ sơ của tôi tới đâu rồi')).toMatchObject({
      topic: { id: '1.001193' },
      facet: 'status',
    });
  });
});

describe('what a turn leaves behind', () => {
  it('answers a repeated message once', async () => {
    const { send, store } = await conversation();
    const first = await send({ text: 'giá vàng hôm nay', messageId: 'same' });
    expect(await send({ text: 'giá vàng hôm nay', messageId: 'same' })).toEqual(first);
    expect(await store.conversations.listUnanswered()).toHaveLength(1);
  });

  it('records a facet that nobody has curated, and answers with what there is', async () => {
    const { ask, store } = await conversation();
    const reply = await ask('chuyển trường mất bao lâu');
    expect(reply).toMatchObject({ outcome: 'answered', topic: { id: 'chuyen-truong' }, facet: 'time' });
    expect(reply.text).toMatch(/chưa rõ/i);
    expect(await store.conversations.listUnanswered()).toMatchObject([{ reason: 'missing-facet' }]);
  });

  it('keeps an answer that did not help for review', async () => {
    const { ask, rate, store } = await conversation();
    const { turnId } = await ask('làm giấy khai sinh');
    await rate(turnId, false);
    expect(await store.conversations.listUnanswered()).toMatchObject([{ reason: 'unhelpful', turnId }]);
    const { turnId: left } = await ask('giá vàng hôm nay');
    await rate(left, false);
    expect(await store.conversations.listUnanswered()).toHaveLength(2);
    await expect(rate('no-such-turn', true)).rejects.toMatchObject({ code: 'turn-not-found' });
  });

  it('refuses a conversation that was never opened', async () => {
    const { send, store } = await conversation();
    await store.conversations.forgetPerson('web', 's1');
    await expect(send({ text: 'xin chào' })).rejects.toMatchObject({ code: 'session-not-found' });
  });
});
