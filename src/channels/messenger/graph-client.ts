import type { MessengerMessage } from './render-reply.ts';

/** Whom a message goes to: a person (page-scoped id), or whoever wrote a comment (one private reply). */
export type Recipient = { id: string } | { comment_id: string };

/** Calls of the Graph API for one page. */
export type GraphClient = {
  /**
   * Sends one message in the 24-hour window; resolves with the message id. Retries the retryable codes with
   * back-off and jitter.
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

/**
 * - `retry-exhausted`: the platform could not take it for now; worth another try later.
 * - `dead-token`: nothing can be sent until somebody puts a new page token in; keep what waits.
 * - `outside-window`: the person wrote more than 24 hours ago.
 * - `blocked`: the person cannot be reached (blocked the page, left).
 * - `thread-elsewhere`: another app, or a person, holds the conversation: be silent.
 * - `halted`: the platform stopped the page's sending; keep what waits, somebody must look.
 * - `refused`: the call itself is wrong; the same call will fail again.
 */
export type GraphErrorKind =
  | 'retry-exhausted'
  | 'dead-token'
  | 'outside-window'
  | 'blocked'
  | 'thread-elsewhere'
  | 'halted'
  | 'refused';

/** A call that failed for good. `message` holds codes only, never a citizen's words nor the token. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly kind: GraphErrorKind;
  readonly code?: number;
  readonly subcode?: number;

  constructor(
    kind: GraphErrorKind,
    message: string,
    details: { code?: number; subcode?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.code = details.code;
    this.subcode = details.subcode;
  }
}

export type GraphClientOptions = {
  /** With the version, e.g. `https://graph.facebook.com/v26.0`. */
  apiBase: string;
  pageToken: string;
  pageId: string;
  /** When known, calls carry `appsecret_proof`. */
  appSecret?: string;
  fetch?: typeof fetch;
  sleep?: (ms: number) => Promise<void>;
  random?: () => number;
  now?: () => Date;
  log?: { error(details: object, message: string): void; warn(details: object, message: string): void };
  /** Told of each call's end, for the metrics: `ok` or the kind of its failure. */
  onCall?: (outcome: 'ok' | GraphErrorKind) => void;
};

export function createGraphClient(_options: GraphClientOptions): GraphClient {
  throw new Error('not yet');
}
