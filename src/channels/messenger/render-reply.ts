import type { Link, Reply, Suggestion } from '../../domain/conversation.ts';
import { plainText } from './plain-text.ts';
import { shortTitles } from './short-titles.ts';
import { shorten, splitText } from './split-text.ts';

/** A message of the Send API, as it goes over the wire. */
export type MessengerMessage = { quick_replies?: QuickReply[] } & (
  | { text: string }
  | { attachment: { type: 'template'; payload: ButtonTemplate } }
);

/** `payload` is the id of a choice or suggestion. */
type QuickReply = { content_type: 'text'; title: string; payload: string };

type ButtonTemplate = { template_type: 'button'; text: string; buttons: Button[] };
type Button =
  | { type: 'web_url'; title: string; url: string }
  /** `payload`: `+84…`. */
  | { type: 'phone_number'; title: string; payload: string };

/** https://developers.facebook.com/docs/messenger-platform/reference/send-api; lengths in UTF-16 units. */
export const LIMITS = {
  text: 2000,
  quickReplies: 13,
  title: 20,
  payload: 1000,
  templateText: 640,
  buttons: 3,
} as const;

/**
 * A reply in Messenger's terms, in the order of sending. Pure. Quick replies stand on the last message: they
 * vanish from all others.
 */
export function renderReply(reply: Reply): MessengerMessage[] {
  const { buttons, lines } = linkParts(reply);
  const text = [plainText(reply.text), choiceList(reply), ...lines].filter(Boolean).join('\n\n');
  const messages = [...textMessages(text, buttons), ...templates(buttons.slice(LIMITS.buttons))];
  return withQuickReplies(messages, quickReplies(reply));
}

const LONGEST_NAME = 120;

/**
 * Titles of quick replies are short, and some old apps show none: the choices stand in the text too, under the
 * number by which they may be chosen.
 */
function choiceList({ choices }: Reply): string {
  const isNumbered = choices.length > 1;
  return choices
    .map((choice, i) => `${isNumbered ? `${i + 1}.` : '•'} ${shorten(choice.name, LONGEST_NAME)}`)
    .join('\n');
}

function quickReplies({ choices, suggestions }: Reply): QuickReply[] {
  const taps = [...choices.map(({ id, label }) => ({ id, name: label })), ...suggestions];
  const known = new Map<string, Suggestion>();
  for (const tap of taps) if (tap.id.length <= LIMITS.payload && !known.has(tap.id)) known.set(tap.id, tap);
  const kept = [...known.values()].slice(0, LIMITS.quickReplies);
  const titles = shortTitles(
    kept.map(({ name }) => name),
    LIMITS.title,
  );
  return kept.map(({ id }, i) => ({ content_type: 'text', title: titles[i] ?? '', payload: id }));
}

type TitledButton = { full: string; button: Button };

/** What no button can carry is a line of text: plain http, special numbers such as 1900 and 113. */
function linkParts({ links, text }: Reply): { buttons: TitledButton[]; lines: string[] } {
  const fitting = links.flatMap(link => buttonOf(link) ?? []);
  const lines = links.filter(link => !buttonOf(link)).flatMap(link => lineOf(link, text));
  const titles = shortTitles(
    fitting.map(({ full }) => full),
    LIMITS.title,
  );
  const buttons = fitting.map(({ full, button }, i) => ({
    full,
    button: { ...button, title: titles[i] ?? '' },
  }));
  return { buttons, lines };
}

function buttonOf({ title, url }: Link): TitledButton | null {
  const payload = phoneNumber(url);
  if (payload) return { full: title, button: { type: 'phone_number', title, payload } };
  if (URL.canParse(url) && new URL(url).protocol === 'https:')
    return { full: title, button: { type: 'web_url', title, url } };
  return null;
}

/** `tel:0203 3825 555` → `+842033825555`; null for 1900, 1022, 113 …, which exist inside the country only. */
function phoneNumber(url: string): string | null {
  if (!/^tel:/i.test(url)) return null;
  const digits = decodeURI(url).replace(/[^\d+]/g, '');
  if (/^\+\d{8,15}$/.test(digits)) return digits;
  return /^0\d{8,10}$/.test(digits) ? `+84${digits.slice(1)}` : null;
}

function lineOf({ title, url }: Link, text: string): string[] {
  if (!/^tel:/i.test(url)) return [`${title}: ${url}`];
  const digits = url.replace(/\D/g, '');
  return text.replace(/[\s.]/g, '').includes(digits)
    ? []
    : [title.includes(digits) ? title : `${title}: ${digits}`];
}

/** The first buttons stand under the text itself where it is short enough, else under their full titles. */
function textMessages(text: string, buttons: TitledButton[]): MessengerMessage[] {
  const first = buttons.slice(0, LIMITS.buttons);
  if (first.length === 0 || text.length > LIMITS.templateText || text === '')
    return [...splitText(text, LIMITS.text).map(part => ({ text: part })), ...templates(first)];
  return [template(text, first)];
}

function templates(buttons: TitledButton[]): MessengerMessage[] {
  const messages: MessengerMessage[] = [];
  for (let i = 0; i < buttons.length; i += LIMITS.buttons) {
    const group = buttons.slice(i, i + LIMITS.buttons);
    const titles = group.map(({ full }) => shorten(full, LIMITS.templateText / LIMITS.buttons - 1));
    messages.push(template(titles.join('\n'), group));
  }
  return messages;
}

function template(text: string, buttons: TitledButton[]): MessengerMessage {
  const payload = { template_type: 'button', text, buttons: buttons.map(({ button }) => button) } as const;
  return { attachment: { type: 'template', payload } };
}

function withQuickReplies(messages: MessengerMessage[], replies: QuickReply[]): MessengerMessage[] {
  if (replies.length === 0) return messages;
  const last = messages.at(-1) ?? { text: 'Anh/chị chọn giúp nội dung bên dưới ạ.' };
  return [...messages.slice(0, -1), { ...last, quick_replies: replies }];
}
