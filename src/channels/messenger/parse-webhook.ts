import { createHash } from 'node:crypto';
import { cleanText } from '../clean-text.ts';
import type { IgnoredKind, MessengerEvent } from './event.ts';
import { PAGE_INBOX_APP } from './graph-client.ts';

/** The payload of the Get Started button. */
export const GET_STARTED = 'get-started';

export type ParsedWebhook = { events: MessengerEvent[]; ignored: IgnoredKind[] };

type Parsed = MessengerEvent | IgnoredKind;
type Json = Record<string, unknown>;
type Item = { json: Json; pageIds: string[]; entryTime: number; now: number };

/** A page's webhook, each item for itself; null where the body is no page's. */
export function parseWebhook(body: unknown, pageId: string, now: Date): ParsedWebhook | null {
  if (!isObject(body) || body.object !== 'page') return null;
  const parsed = listOf(body.entry).flatMap(entry => parseEntry(entry, pageId, now.getTime()));
  return {
    events: parsed.filter((item): item is MessengerEvent => typeof item !== 'string'),
    ignored: parsed.filter((item): item is IgnoredKind => typeof item === 'string'),
  };
}

function parseEntry(entry: unknown, pageId: string, now: number): Parsed[] {
  if (!isObject(entry)) return ['malformed'];
  const pageIds = [pageId, idOf(entry.id)].filter(id => id !== null);
  const entryTime = timeOf(entry.time, now, now);
  const each = (items: unknown, parse: (item: Item) => Parsed) =>
    listOf(items).map(json => (isObject(json) ? parse({ json, pageIds, entryTime, now }) : 'malformed'));
  return [
    ...each(entry.messaging, parseMessaging),
    ...each(entry.standby, parseStandby),
    ...each(entry.changes, parseChange),
  ];
}

const RECEIPTS = ['delivery', 'read', 'response_feedback', 'typing_on', 'typing_off'];
const ADMINISTRATION = [
  'app_roles',
  'account_linking',
  'policy_enforcement',
  'policy-enforcement',
  'request_thread_control',
];

function parseMessaging(item: Item): Parsed {
  const { json } = item;
  if (isObject(json.message)) return parseMessage(item, json.message);
  if (isObject(json.postback)) return parsePostback(item, json.postback);
  if (isObject(json.referral)) return withPerson(item, null, { kind: 'referral', ref: refOf(json) });
  if (isObject(json.message_edit)) return parseEdit(item, json.message_edit);
  if (isObject(json.pass_thread_control)) return parsePass(item, json.pass_thread_control);
  if (isObject(json.take_thread_control))
    return withPerson(item, null, { kind: 'thread-passed', to: 'staff' });
  if ('reaction' in json) return 'reaction';
  if ('optin' in json) return 'optin';
  if (RECEIPTS.some(key => key in json)) return 'receipt';
  return ADMINISTRATION.some(key => key in json) ? 'administration' : 'unknown';
}

function parseMessage(item: Item, message: Json): Parsed {
  const mid = idOf(message.mid);
  if (message.is_echo === true) return parseEcho(item, message, mid);
  if (mid === null) return 'malformed';
  if (message.is_deleted === true)
    return withPerson(item, `unsend:${mid}`, { kind: 'unsend', messageId: mid });
  const payload = isObject(message.quick_reply) ? textOf(message.quick_reply.payload) : null;
  const ref = refOf(message) ?? refOf(item.json);
  if (payload) return withPerson(item, mid, { kind: 'tap', payload, ref });
  const text = textOf(message.text);
  if (text) return withPerson(item, mid, { kind: 'text', text, ref });
  const kind = attachmentKind(message);
  return kind === null ? 'unknown' : withPerson(item, mid, { kind });
}

/** Only what people write in the Page Inbox means something: the other echoes are our own words. */
function parseEcho(item: Item, message: Json, mid: string | null): Parsed {
  if (idOf(message.app_id) !== PAGE_INBOX_APP || mid === null) return 'echo';
  return withPerson(item, `echo:${mid}`, { kind: 'staff-message' });
}

function attachmentKind(message: Json): 'sticker' | 'image' | 'audio' | 'file' | 'location' | null {
  const [attachment] = listOf(message.attachments).filter(isObject);
  if (!attachment) return 'sticker_id' in message ? 'sticker' : null;
  const payload = isObject(attachment.payload) ? attachment.payload : {};
  if ('sticker_id' in message || 'sticker_id' in payload) return 'sticker';
  switch (attachment.type) {
    case 'sticker':
    case 'audio':
    case 'location':
      return attachment.type;
    case 'image':
    case 'video':
      return 'image';
    default:
      return 'file';
  }
}

function parsePostback(item: Item, postback: Json): Parsed {
  const payload = textOf(postback.payload);
  const ref = refOf(postback);
  const id = idOf(postback.mid);
  const isOpening = payload === null || payload.toLowerCase().replace(/_/g, '-') === GET_STARTED;
  return withPerson(item, id, isOpening ? { kind: 'get-started', ref } : { kind: 'tap', payload, ref });
}

function parseEdit(item: Item, edit: Json): Parsed {
  const messageId = idOf(edit.mid);
  const text = textOf(edit.text);
  if (messageId === null || !text) return 'malformed';
  return withPerson(item, `edit:${messageId}:${idOf(edit.num_edit) ?? ''}`, {
    kind: 'edit',
    messageId,
    text,
  });
}

/** It comes to the app that receives the conversation. */
function parsePass(item: Item, pass: Json): Parsed {
  const to = idOf(pass.new_owner_app_id) === PAGE_INBOX_APP ? 'staff' : 'assistant';
  return withPerson(item, null, { kind: 'thread-passed', to });
}

function parseStandby(item: Item): Parsed {
  const { message, postback } = item.json;
  if (isObject(message)) {
    const mid = idOf(message.mid);
    if (mid === null) return 'malformed';
    if (message.is_deleted === true)
      return withPerson(item, `unsend:${mid}`, { kind: 'unsend', messageId: mid });
    const fromCitizen = message.is_echo !== true;
    return withPerson(item, `standby:${mid}`, { kind: 'standby', fromCitizen });
  }
  if (isObject(postback)) return withPerson(item, null, { kind: 'standby', fromCitizen: true });
  return RECEIPTS.some(key => key in item.json) ? 'receipt' : 'unknown';
}

function parseChange({ json, pageIds, entryTime, now }: Item): Parsed {
  if (json.field !== 'feed' || !isObject(json.value)) return 'feed';
  const { item, verb, message, from, sender_id, comment_id, created_time } = json.value;
  if (item !== 'comment' || verb !== 'add') return 'feed';
  const commentId = idOf(comment_id);
  const personId = idOf(isObject(from) ? from.id : sender_id);
  const text = textOf(message);
  // A writer who is not named may be the page itself.
  if (personId === null || pageIds.includes(personId)) return 'own-comment';
  if (commentId === null || !text) return 'malformed';
  const at = timeOf(created_time, entryTime, now);
  return { kind: 'comment', id: `comment:${commentId}`, personId, at, commentId, text };
}

type Body = MessengerEvent extends infer Event
  ? Event extends MessengerEvent
    ? Omit<Event, 'id' | 'personId' | 'at'>
    : never
  : never;

/** Adds who and when. `id` is made from the platform's message id; null where the item has none. */
function withPerson(item: Item, id: string | null, body: Body): Parsed {
  const { json, entryTime, now } = item;
  const personId = personOf(item);
  if (personId === null) return 'malformed';
  const at = timeOf(json.timestamp, entryTime, now);
  return { id: id ?? `${body.kind}:${fingerprint(json)}`, personId, at, ...body };
}

/** The one of the two who is not the page. */
function personOf({ json, pageIds }: Item): string | null {
  const [sender, recipient] = [json.sender, json.recipient].map(side =>
    isObject(side) ? idOf(side.id) : null,
  );
  if (sender && !pageIds.includes(sender)) return sender;
  return recipient && !pageIds.includes(recipient) ? recipient : null;
}

function fingerprint(json: Json): string {
  return createHash('sha256').update(JSON.stringify(json)).digest('base64url').slice(0, 22);
}

/** Advertisements put it beside the text, links beside the sender, Get Started inside the postback. */
function refOf(holder: Json): string | null {
  return isObject(holder.referral) ? textOf(holder.referral.ref) : null;
}

/** Texts have at most 2,000 characters as people type them; payloads at most 1,000. */
const LONGEST_TEXT = 2000;

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? cleanText(value.slice(0, LONGEST_TEXT)) || null : null;
}

const LONGEST_ID = 300;

/** Ids are strings; older senders write those that fit as numbers. */
function idOf(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : null;
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_ID ? value : null;
}

/** Some timestamps are in seconds; none is later than now. */
function timeOf(value: unknown, otherwise: number, now: number): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) return otherwise;
  return Math.min(value < 1e11 ? value * 1000 : value, now);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
