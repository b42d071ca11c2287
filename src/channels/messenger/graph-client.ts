import { createGraphCaller, type GraphOptions } from './graph-call.ts';
import type { MessengerMessage } from './render-reply.ts';

export { GraphError, type GraphErrorKind } from './graph-errors.ts';

/** Whom a message goes to: a person (page-scoped id), or whoever wrote a comment (one private reply). */
type Recipient = { id: string } | { comment_id: string };

/** What the channel asks of the Graph API, for one page. */
export type GraphClient = {
  /**
   * Sends one message in the 24-hour window; resolves with the message id, empty where the platform took the
   * message and its answer was lost. Retries the retryable codes with back-off and jitter.
   * @throws GraphError otherwise.
   */
  sendMessage(recipient: Recipient, message: MessengerMessage, signal?: AbortSignal): Promise<string>;
  /** A courtesy: tried once, never throws. */
  senderAction(psid: string, action: 'mark_seen' | 'typing_on' | 'typing_off'): Promise<void>;
  /** Hands the conversation to the Page Inbox. @throws GraphError */
  passThread(psid: string, metadata: string): Promise<void>;
  /** Takes it back. @throws GraphError */
  takeThread(psid: string, metadata: string): Promise<void>;
};

/** The app id of Meta's Page Inbox, the same for every page. */
export const PAGE_INBOX_APP = '263902037430900';
const LONGEST_METADATA = 1000;

export function createGraphClient(options: GraphOptions): GraphClient {
  const call = createGraphCaller(options);
  const post = (path: string, body: object, signal?: AbortSignal) =>
    call({ method: 'POST', path, body }, signal);

  return {
    async sendMessage(recipient, message, signal) {
      const request = { recipient, messaging_type: 'RESPONSE', message };
      const { body } = await post('me/messages', request, signal);
      return typeof body.message_id === 'string' ? body.message_id : '';
    },
    async senderAction(psid, action) {
      const request = { recipient: { id: psid }, sender_action: action };
      await call({ method: 'POST', path: 'me/messages', body: request, attempts: 1 }).catch(() => undefined);
    },
    async passThread(psid, metadata) {
      await post('me/pass_thread_control', {
        recipient: { id: psid },
        target_app_id: PAGE_INBOX_APP,
        metadata: metadata.slice(0, LONGEST_METADATA),
      });
    },
    async takeThread(psid, metadata) {
      await post('me/take_thread_control', {
        recipient: { id: psid },
        metadata: metadata.slice(0, LONGEST_METADATA),
      });
    },
  };
}
