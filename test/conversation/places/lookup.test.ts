import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { OutgoingReply } from '../../../src/channels/channel.ts';
import { createAnswerTurn } from '../../../src/conversation/answer-turn.ts';
import { openSession } from '../../../src/conversation/open-session.ts';
import type { Centre } from '../../../src/domain/centre.ts';
import { officesSchema } from '../../../src/domain/places.ts';
import { articleSchema, type Topic } from '../../../src/domain/topic.ts';
import type { LiveKnowledge } from '../../../src/knowledge/live-knowledge.ts';
import { readCentre } from '../../../src/read-centre.ts';
import { createMemoryStore } from '../../../src/stores/memory/memory-store.ts';
import { SMALL_SNAPSHOT } from '../../fixtures/small-knowledge.ts';
import { openTrained } from '../../fixtures/train-here.ts';

/** Quảng Ninh's directory, its two articles, and a few topics beside them. */
let knowledge: LiveKnowledge;
let centre: Centre;
beforeAll(async () => {
  centre = await readCentre('seeds/quang-ninh/centre.yaml');
  const ids = ['lien-he/tra-cuu-xa-phuong', 'lien-he/danh-ba-co-quan', 'khan-cap/chay-no-114'];
  const articles: Topic[] = await Promise.all(
    ids.map(async id => articleSchema.parse(parse(await readFile(`intents/bai-viet/${id}.yaml`, 'utf8')))),
  );
  const topics = [...SMALL_SNAPSHOT.topics, ...articles.map(topic => ({ topic, revision: 1 }))];
  knowledge = await openTrained({ ...SMALL_SNAPSHOT, version: 'places', topics });
}, 60_000);

async function conversation(own: Partial<Centre> = {}) {
  let ids = 0;
  const now = () => new Date('2026-11-23T03:00:00Z');
  const { conversations } = createMemoryStore({ now });
  const deps = {
    ...{ conversations, knowledge: () => knowledge, centre: { ...centre, ...own } },
    ...{ now, randomId: () => `id-${++ids}` },
  };
  const answerTurn = createAnswerTurn(deps);
  await openSession(deps, { channel: 'web', personId: 's1', sessionId: 's1' });
  const send = (text: string, choiceId: string | null): Promise<OutgoingReply> =>
    answerTurn({
      ...{ channel: 'web', conversationId: 's1', personId: 's1', messageId: `m-${++ids}` },
      ...{ text, choiceId, receivedAt: now() },
    });
  return { ask: (text: string) => send(text, null), tap: (choiceId: string) => send('', choiceId) };
}

async function ask(text: string): Promise<OutgoingReply> {
  return (await conversation()).ask(text);
}

describe('a question about a place', () => {
  it.each([
    ['UBND phường Hồng Hải cũ giờ ở đâu', 'nay thuộc **phường Hạ Long**'],
    ['ubnd phuong hong hai cu gio o dau', 'nay thuộc **phường Hạ Long**'],
    ['thị trấn Trới giờ thuộc đâu', 'nay thuộc **phường Hoành Bồ**'],
    ['xã Quảng La nhập vào xã nào', 'xã Bằng Cả, xã Dân Chủ, xã Tân Dân, xã Quảng La'],
    ['phường Hồng Gai gồm những phường nào cũ', 'phường Bạch Đằng, phường Trần Hưng Đạo, phường Hồng Gai'],
    ['phường Yết Kiêu giờ là phường nào', 'nay thuộc **phường Hồng Gai**'],
    ['xã Cái Chiên sáp nhập với xã nào', 'giữ nguyên, không sáp nhập'],
    ['Hồng Hải', 'nay thuộc **phường Hạ Long**'],
  ])('"%s" is told the present unit', async (text, told) => {
    const reply = await ask(text);
    expect(reply).toMatchObject({ outcome: 'answered', topic: { id: 'tra-cuu-xa-phuong' } });
    expect(reply.text).toContain(told);
    expect(reply.text).toContain('Nguồn: Nghị quyết 1679/NQ-UBTVQH15');
  });

  it('lists where a divided commune went', async () => {
    const reply = await ask('xã Yên Than cũ giờ thuộc xã nào');
    expect(reply).toMatchObject({ outcome: 'answered', topic: { id: 'tra-cuu-xa-phuong' } });
    expect(reply.text).toMatch(/- \*\*xã Tiên Yên\*\*\n- \*\*xã Điền Xá\*\*/);
  });

  it('tells where the commune of then went that today’s has its name from', async () => {
    expect((await ask('xã Hải Lạng bị chia về đâu')).text).toMatch(
      /Xã Hải Lạng cũ\*\* .* được chia về 3 đơn vị:\n- \*\*xã Hải Hòa\*\*\n- \*\*xã Hải Lạng\*\*\n- \*\*xã Ba Chẽ\*\*/,
    );
  });

  it('asks back where a former district is several units now', async () => {
    const { ask, tap } = await conversation();
    const reply = await ask('tôi ở huyện Đầm Hà nộp ở đâu');
    expect(reply.outcome).toBe('clarification');
    expect(reply.choices.map(({ label }) => label)).toEqual(['Xã Quảng Tân', 'Xã Đầm Hà']);
    expect(reply.text).toContain('thị trấn Đầm Hà');
    const chosen = await tap(reply.choices[1]!.id);
    expect(chosen).toMatchObject({ outcome: 'answered', topic: { id: 'tra-cuu-xa-phuong' } });
    expect(chosen.text).toContain('Trung tâm Phục vụ hành chính công xã Đầm Hà');
  });

  it('takes the former ward as the answer where the district has many units', async () => {
    const { ask } = await conversation();
    const reply = await ask('tôi ở TP Hạ Long thì nộp ở đâu');
    expect(reply).toMatchObject({ outcome: 'clarification', choices: [] });
    expect((await ask('hà khánh')).text).toContain('nay thuộc **phường Cao Xanh**');
  });
});

describe('a question about an office', () => {
  it.each([
    ['số điện thoại công an xã Quảng La', 'chưa có số điện thoại của Công an **xã Quảng La**'],
    ['sdt ca p.bai chay', 'chưa có số điện thoại của Công an **phường Bãi Cháy**'],
    ['chủ tịch phường Hồng Gai là ai', 'chưa có họ tên của Chủ tịch UBND **phường Hồng Gai**'],
    ['xã Cái Chiên mấy giờ làm việc', 'chưa có giờ làm việc của UBND **xã Cái Chiên**'],
    ['số điện thoại công an phường Hồng Hải', 'chưa có số điện thoại của Công an **phường Hạ Long**'],
  ])('"%s" is not known yet: the switchboard, never a procedure', async (text, told) => {
    const reply = await ask(text);
    expect(reply).toMatchObject({ outcome: 'answered', topic: { id: 'danh-ba-co-quan' } });
    expect(reply.text).toContain(told);
    expect(reply.text).toContain(centre.contacts.phone);
  });

  it('is answered from what staff have filled in', async () => {
    const { offices } = officesSchema.parse({
      offices: [
        { unit: 'phường Hạ Long', role: 'Công an phường', phone: '0203 000 113', hours: 'trực 24/24 giờ' },
        { unit: 'phường Hạ Long', role: 'Chủ tịch UBND', name: 'Nguyễn Văn Thử' },
      ],
    });
    const { ask } = await conversation({ offices });
    const police = await ask('cho xin sđt công an phường Hồng Hải cũ');
    expect(police.text).toContain('nay thuộc **phường Hạ Long**');
    expect(police.text).toContain('**Công an phường Hạ Long**');
    expect(police.text).toContain('Điện thoại: **0203 000 113**');
    expect(police.text).not.toContain('chưa có');
    expect((await ask('chủ tịch phường Hạ Long tên gì')).text).toContain('Phụ trách: Nguyễn Văn Thử');
    expect((await ask('công an phường Hạ Long ở đâu')).text).toContain('chưa có địa chỉ của Công an');
  });

  it.each(['số điện thoại công an xã', 'chủ tịch phường là ai', 'uy ban xa may gio lam viec'])(
    'asks which commune where none is named: %s',
    async text => {
      const reply = await ask(text);
      expect(reply).toMatchObject({ outcome: 'clarification', choices: [], topic: null });
      expect(reply.text).toContain('xã, phường hoặc đặc khu nào');
    },
  );

  it('is answered for the name that comes next, ordinary words too', async () => {
    const { ask } = await conversation();
    await ask('số điện thoại công an xã');
    const reply = await ask('xã Thống Nhất');
    expect(reply).toMatchObject({ outcome: 'answered', topic: { id: 'danh-ba-co-quan' } });
    expect(reply.text).toContain('số điện thoại của Công an **xã Thống Nhất**');
  });
});

describe('a question about something else', () => {
  it('keeps its procedure and gets the present unit beside the place to file', async () => {
    const reply = await ask('làm khai sinh ở phường Hồng Hải cũ thì nộp ở đâu');
    expect(reply).toMatchObject({ outcome: 'answered', topic: { id: 'khai-sinh' }, facet: 'where' });
    expect(reply.text).toContain(
      '**Phường Hồng Hải cũ** (thành phố Hạ Long cũ) nay thuộc **phường Hạ Long**',
    );
  });

  it('is not taken for one about the place that it names', async () => {
    const reply = await ask('đăng ký thường trú ở Bãi Cháy cần gì');
    expect(reply).toMatchObject({ topic: { id: 'thuong-tru' } });
    expect(reply.text).not.toContain('Bãi Cháy');
  });

  it('follows up on the procedure that was spoken of', async () => {
    const { ask } = await conversation();
    await ask('làm giấy khai sinh cho con');
    const reply = await ask('em ở Hồng Hải thì nộp ở đâu');
    expect(reply).toMatchObject({ topic: { id: 'khai-sinh' }, facet: 'where' });
    expect(reply.text).toContain('nay thuộc **phường Hạ Long**');
  });

  it('puts an emergency before an office’s number', async () => {
    expect((await ask('cháy nhà ở phường Hồng Hải gọi số nào')).text).toContain('114');
  });

  it('of a centre without a directory is left to the article', async () => {
    const { ask } = await conversation({ places: undefined, offices: undefined });
    expect((await ask('số điện thoại công an xã Quảng La')).text).toContain('Vui lòng ghi kèm tên');
  });
});
