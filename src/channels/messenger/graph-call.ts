import { createHmac } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { behaviourOf, type GraphBehaviour, GraphError, type GraphErrorKind } from './graph-errors.ts';

type GraphCall = {
  method: 'GET' | 'POST' | 'DELETE';
  /** Below the version, e.g. `me/messages`. */
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  /** In the place of the page's. */
  token?: string;
  /** How often the call is made at most. */
  attempts?: number;
};

/** `body` is `{}` where a success could not be read to its end; `date` is the platform's clock. */
type GraphAnswer = { body: Record<string, unknown>; date: Date | null };

export type GraphOptions = {
  /** E.g. `https://graph.facebook.com`; where it names no version, `v26.0` is used. */
  apiBase: string;
  pageToken: string;
  pageId: string;
  /** When known, calls carry `appsecret_proof`. */
  appSecret?: string;
  fetch?: typeof fetch;
  sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  random?: () => number;
  now?: () => Date;
  /** How long one attempt may take, in milliseconds. */
  timeLimit?: number;
  log?: { error(details: object, message: string): void };
  /** Told of each call's end, for the metrics: `ok` or the kind of its failure. */
  onCall?: (outcome: 'ok' | GraphErrorKind) => void;
};

/** @throws GraphError */
export type CallGraph = (call: GraphCall, signal?: AbortSignal) => Promise<GraphAnswer>;

const VERSION = 'v26.0';
const ATTEMPTS = 5;
/** In milliseconds. */
const TIME_LIMIT = 10_000;
const FIRST_PAUSE = 1_000;
/** Longer than that is for whoever keeps the message to wait. */
const LONGEST_PAUSE = 60_000;
const ALERT_PAUSE = 3_600_000;

/**
 * One call of the Graph API: within a time limit, again after a pause where the error is one that passes, and
 * with an alert where somebody must act.
 */
export function createGraphCaller(options: GraphOptions): CallGraph {
  const sleep = options.sleep ?? ((ms, signal) => delay(ms, undefined, { signal }));
  const random = options.random ?? Math.random;
  const alert = createAlert(options);

  async function call(request: GraphCall, signal?: AbortSignal): Promise<GraphAnswer> {
    const attempts = request.attempts ?? ATTEMPTS;
    for (let attempt = 1; ; attempt += 1) {
      const result = await attemptOnce(options, request, signal);
      if ('answer' in result) return result.answer;
      const { failure, behaviour, retryAfter } = result;
      const pause = Math.max(retryAfter, FIRST_PAUSE * 2 ** (attempt - 1) * (0.5 + random() / 2));
      const isLast = !behaviour.retry || attempt >= attempts || pause > LONGEST_PAUSE || signal?.aborted;
      if (behaviour.alert) alert(behaviour.alert, failure);
      if (isLast) throw failure;
      // An abort ends the pause; the failure then tells the caller why nothing was sent.
      await sleep(pause, signal).catch(() => undefined);
      if (signal?.aborted) throw failure;
    }
  }

  return async (request, signal) => {
    try {
      const answer = await call(request, signal);
      options.onCall?.('ok');
      return answer;
    } catch (error) {
      if (error instanceof GraphError) options.onCall?.(error.kind);
      throw error;
    }
  };
}

type Failed = { failure: GraphError; behaviour: GraphBehaviour; retryAfter: number };

async function attemptOnce(
  options: GraphOptions,
  request: GraphCall,
  signal?: AbortSignal,
): Promise<{ answer: GraphAnswer } | Failed> {
  const send = options.fetch ?? fetch;
  const limit = AbortSignal.timeout(options.timeLimit ?? TIME_LIMIT);
  try {
    const response = await send(urlOf(options, request), {
      method: request.method,
      headers: {
        authorization: `Bearer ${request.token ?? options.pageToken}`,
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    });
    return await readAnswer(response, options.now?.() ?? new Date());
  } catch (cause) {
    return unreachable(cause);
  }
}

function urlOf({ apiBase, pageToken, appSecret }: GraphOptions, { path, query, token }: GraphCall): string {
  const base = apiBase.replace(/\/+$/, '');
  const url = new URL(`${/\/v\d+\.\d+$/.test(base) ? base : `${base}/${VERSION}`}/${path}`);
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
  if (appSecret) url.searchParams.set('appsecret_proof', proofOf(token ?? pageToken, appSecret));
  return url.href;
}

/** Proves that the caller knows the app's secret: a stolen token alone is then worth nothing. */
function proofOf(token: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(token).digest('hex');
}

async function readAnswer(response: Response, now: Date): Promise<{ answer: GraphAnswer } | Failed> {
  const body = await readJson(response);
  const error = body.error;
  if (response.ok && !error) return { answer: { body, date: dateOf(response) } };
  const { code, error_subcode, message } = (isRecord(error) ? error : {}) as Record<string, unknown>;
  return failed(response, now, numberOf(code), numberOf(error_subcode), message);
}

/** A message that was taken must not be sent again because the connection was cut in the answer: `{}`. */
async function readJson(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.json();
    return isRecord(body) ? body : {};
  } catch {
    return {};
  }
}

function failed(response: Response, now: Date, code?: number, subcode?: number, message?: unknown): Failed {
  const behaviour = behaviourOf(response.status, code, subcode);
  const named = code === undefined ? '' : `, code ${code}${subcode === undefined ? '' : `/${subcode}`}`;
  const detail = typeof message === 'string' ? message : undefined;
  const failure = new GraphError(
    behaviour.kind,
    `Graph API: ${behaviour.kind} (HTTP ${response.status}${named})`,
    {
      code,
      subcode,
      detail,
    },
  );
  return { failure, behaviour, retryAfter: retryAfterOf(response, now) };
}

/** Too slow, cut off, or not reached at all. */
function unreachable(cause: unknown): Failed {
  const failure = new GraphError('retry-exhausted', 'Graph API: not reached in time', { cause });
  return { failure, behaviour: { retry: true, kind: 'retry-exhausted' }, retryAfter: 0 };
}

/** Seconds, or a date; in milliseconds. */
function retryAfterOf(response: Response, now: Date): number {
  const value = response.headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const until = Date.parse(value);
  return Number.isNaN(until) ? 0 : Math.max(0, until - now.getTime());
}

function dateOf(response: Response): Date | null {
  const at = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(at) ? null : new Date(at);
}

/** Each alert once an hour: the second thousand of the same lines helps nobody. */
function createAlert({ log, now = () => new Date() }: GraphOptions) {
  const lastAt = new Map<string, number>();
  return (message: string, { code, subcode }: GraphError): void => {
    const at = now().getTime();
    if (at - (lastAt.get(message) ?? Number.NEGATIVE_INFINITY) < ALERT_PAUSE) return;
    lastAt.set(message, at);
    log?.error({ channel: 'messenger', code, subcode }, message);
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
