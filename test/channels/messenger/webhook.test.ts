import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { createTestApp } from '../../server/test-app.ts';
import { openPage } from './page.ts';
import { LAN, page, signatureOf, textItem, wire } from './payloads.ts';

const QUESTION = wire(page(textItem('Đăng ký khai sinh cần giấy tờ gì?')));

describe('the webhook of the page', () => {
  it('repeats the challenge to whoever knows the token', async () => {
    const { express } = await openPage();
    const verify = (token: string) =>
      request(express).get('/webhooks/messenger').query({
        'hub.mode': 'subscribe',
        'hub.verify_token': token,
        'hub.challenge': '1158201444',
      });
    const { text, headers } = await verify('từ-khóa').expect(200);
    expect(text).toBe('1158201444');
    expect(headers['content-type']).toContain('text/plain');
    await verify('khác').expect(403);
    await request(express).get('/webhooks/messenger').expect(400);
  });

  it('answers what Meta signed over the very bytes, escaped as they came', async () => {
    const { post, settled, told } = await openPage();
    expect(QUESTION).toContain('\\u0110');
    await post(QUESTION).expect(200);
    await settled();
    expect(told(LAN)).toEqual([expect.stringContaining('Giấy chứng sinh')]);
  });

  it.each([
    ['no signature', ''],
    ['another secret', signatureOf(QUESTION, 'khác')],
    ['a signature of other bytes', signatureOf(`${QUESTION} `, 'bí-mật-của-ứng-dụng')],
    ['SHA-1 alone', 'sha1=3daa41999293ff66c3eb313e04bcf77861bb0276'],
    ['a part of it', signatureOf(QUESTION, 'bí-mật-của-ứng-dụng').slice(0, -2)],
    ['more than it', `${signatureOf(QUESTION, 'bí-mật-của-ứng-dụng')}00`],
  ])('refuses %s, and does nothing', async (_, signature) => {
    const { post, pending, graph } = await openPage();
    expect((await post(QUESTION, signature).expect(403)).body.error.code).toBe('wrong-signature');
    expect(await pending()).toEqual([]);
    expect(graph.calls).toEqual([]);
  });

  it.each([
    ['no JSON', '{"object":"page"', 400],
    ['nothing', '', 400],
    ['no object', '[]', 404],
    ["another product's", '{"object":"instagram","entry":[]}', 404],
  ])('refuses a signed body that is %s', async (_, raw, status) => {
    const { post, pending } = await openPage();
    await post(raw).expect(status);
    expect(await pending()).toEqual([]);
  });

  it('answers the good items beside a bad one, and counts them all', async () => {
    const { deliver, told, express } = await openPage();
    await deliver(page(textItem('xin chào'), null, { sender: {} }, textItem('khai sinh mấy ngày', 'm_2')));
    expect(told()).toHaveLength(2);
    const { text } = await request(express).get('/metrics');
    expect(text).toContain('motcua_messenger_events_total{kind="text"} 2');
    expect(text).toContain('motcua_messenger_events_total{kind="malformed"} 1');
    expect(text).toContain('motcua_messenger_events_total{kind="unknown"} 1');
    expect(text).toContain('motcua_messenger_handled_total{result="done"} 2');
  });

  it('is not there where Messenger is off', async () => {
    const { express } = await createTestApp();
    await request(express).post('/webhooks/messenger').expect(404);
  });

  it('keeps what people write out of the log', async () => {
    const { deliver, log } = await openPage();
    await deliver(page(textItem('tôi tên Lan, số 0912345678, làm khai sinh')));
    expect(log.text()).not.toMatch(new RegExp(`0912345678|tôi tên|chứng sinh|${LAN}`));
  });
});
