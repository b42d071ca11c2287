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
  /** The platform's own words, for the person at the terminal; not for the log. */
  readonly detail?: string;

  constructor(
    kind: GraphErrorKind,
    message: string,
    more: { code?: number; subcode?: number; detail?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.kind = kind;
    this.code = more.code;
    this.subcode = more.subcode;
    this.detail = more.detail;
  }
}

/** What is done about an error. `alert` is logged as ERROR, at most hourly, and says what to do. */
export type GraphBehaviour = { retry: boolean; kind: GraphErrorKind; alert?: string };

const RETRY = { retry: true, kind: 'retry-exhausted' } as const;
const REFUSED = { retry: false, kind: 'refused' } as const;
const BLOCKED = { retry: false, kind: 'blocked' } as const;
const OUTSIDE_WINDOW = { retry: false, kind: 'outside-window' } as const;
const THREAD_ELSEWHERE = { retry: false, kind: 'thread-elsewhere' } as const;
const DEAD_TOKEN = {
  retry: false,
  kind: 'dead-token',
  alert: 'the page token is not valid any more: make a new one, set MESSENGER_PAGE_TOKEN and restart',
} as const;
const NO_PERMISSION = {
  retry: false,
  kind: 'refused',
  alert: 'the app lacks a permission or its review: run `npm run messenger -- doctor`',
} as const;
const HALTED = {
  retry: false,
  kind: 'halted',
  alert: 'Meta has stopped this page’s sending: look at Page Support Inbox and the app’s alerts',
} as const;

/**
 * The documented errors, each with its designed behaviour; a line with a subcode goes before one without.
 * https://developers.facebook.com/docs/messenger-platform/error-codes
 */
export const GRAPH_ERRORS = [
  { code: 1, meaning: 'unknown error', ...RETRY },
  { code: 2, meaning: 'service temporarily unavailable', ...RETRY },
  { code: 4, meaning: 'the app’s rate limit', ...RETRY },
  { code: 10, meaning: 'permission missing', ...NO_PERMISSION },
  { code: 10, subcode: 2018278, meaning: 'outside the 24-hour window', ...OUTSIDE_WINDOW },
  { code: 17, meaning: 'the user’s rate limit', ...RETRY },
  { code: 32, meaning: 'the page’s rate limit', ...RETRY },
  { code: 100, meaning: 'invalid parameter', ...REFUSED },
  { code: 100, subcode: 2018001, meaning: 'no such person', ...BLOCKED },
  { code: 100, subcode: 2534037, meaning: 'another app holds the thread', ...THREAD_ELSEWHERE },
  { code: 190, meaning: 'the token is not valid', ...DEAD_TOKEN },
  { code: 200, meaning: 'permission denied', ...NO_PERMISSION },
  { code: 200, subcode: 1545041, meaning: 'the person is not available', ...BLOCKED },
  { code: 368, meaning: 'blocked for a breach of policy', ...HALTED },
  { code: 551, meaning: 'the person is not available', ...BLOCKED },
  { code: 613, meaning: 'rate limit of this call', ...RETRY },
  { code: 613, subcode: 2018338, meaning: 'sending seen as abusive', ...HALTED },
  { code: 1200, meaning: 'temporary failure to send', ...RETRY },
  { code: 80006, meaning: 'rate limit of messaging', ...RETRY },
  { code: 2018300, meaning: 'another app holds the thread', ...THREAD_ELSEWHERE },
] as const satisfies readonly (GraphBehaviour & { code: number; subcode?: number; meaning: string })[];

/** What to do about an answer that is no success. An unknown code goes by its HTTP status. */
export function behaviourOf(status: number, code?: number, subcode?: number): GraphBehaviour {
  const known: readonly (GraphBehaviour & { code: number; subcode?: number })[] = GRAPH_ERRORS;
  return (
    // The thread's owner is told as a code and as a subcode of others.
    known.find(line => line.kind === 'thread-elsewhere' && line.code === subcode) ??
    known.find(line => line.code === code && line.subcode !== undefined && line.subcode === subcode) ??
    known.find(line => line.code === code && line.subcode === undefined) ??
    (status >= 500 || status === 429 ? RETRY : status === 401 ? DEAD_TOKEN : REFUSED)
  );
}
