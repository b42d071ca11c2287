import { createHmac } from 'node:crypto';

export const PAGE = '110000000000001';
export const LAN = '7700000000000001';
export const MINH = '7700000000000002';
export const PAGE_INBOX = 263902037430900;

type Json = Record<string, unknown>;

/** One item of `messaging` as Meta writes it: what `lan` did, a quarter past eight on 22 November 2026. */
export function item(content: Json, change: Json = {}): Json {
  return { sender: { id: LAN }, recipient: { id: PAGE }, timestamp: MORNING, ...content, ...change };
}

export const MORNING = Date.parse('2026-11-22T01:15:00Z');

export function textItem(text: string, mid = 'm_1', change: Json = {}): Json {
  return item({ message: { mid, text } }, change);
}

export function page(...items: unknown[]): { object: string; entry: Json[] } {
  return { object: 'page', entry: [{ id: PAGE, time: MORNING + 500, messaging: items }] };
}

export function standbyPage(...items: unknown[]): Json {
  return { object: 'page', entry: [{ id: PAGE, time: MORNING + 500, standby: items }] };
}

/** A comment of Lan's below a post of the page. */
export function commentPage(value: Json): Json {
  const comment = {
    item: 'comment',
    verb: 'add',
    comment_id: '901_902',
    post_id: `${PAGE}_901`,
    parent_id: `${PAGE}_901`,
    created_time: MORNING / 1000,
    from: { id: LAN, name: 'Lan' },
    ...value,
  };
  return {
    object: 'page',
    entry: [{ id: PAGE, time: MORNING / 1000, changes: [{ field: 'feed', value: comment }] }],
  };
}

/** As Meta sends it: letters beyond ASCII escaped, so that the bytes are not those of `JSON.stringify`. */
export function wire(body: unknown): string {
  return JSON.stringify(body).replace(
    /[\u0080-\uffff]/g,
    letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export function signatureOf(raw: string | Buffer, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;
}
