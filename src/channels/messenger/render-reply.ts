import type { Reply } from '../../domain/conversation.ts';

/** A message of the Send API, as it goes over the wire. Limits: platforms' reference, Send API. */
export type MessengerMessage = { quick_replies?: QuickReply[] } & (
  | { text: string }
  | { attachment: { type: 'template'; payload: ButtonTemplate } }
);

/** At most 13 a message; `title` at most 20 characters, `payload` a choice's id. */
export type QuickReply = { content_type: 'text'; title: string; payload: string };

/** `text` at most 640 characters, at most 3 buttons, their titles at most 20 characters. */
export type ButtonTemplate = { template_type: 'button'; text: string; buttons: Button[] };
export type Button =
  | { type: 'web_url'; title: string; url: string }
  /** `payload`: `+84…`. */
  | { type: 'phone_number'; title: string; payload: string };

/** A reply in Messenger's terms, in the order of sending. */
export function renderReply(_reply: Reply): MessengerMessage[] {
  throw new Error('not yet');
}
