import type {
  WireError,
  WireFeedback,
  WireMessage,
  WireReply,
  WireSession,
  WireSuggestions,
} from '../../channels/web/wire.ts';
import type { Suggestion } from '../../domain/conversation.ts';

/** Why a call failed: no network, no answer in time, or an answer that says so. */
export type FailureKind = 'offline' | 'timeout' | 'server';

export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly kind: FailureKind;
  /** The server's error code, e.g. `session-not-found`; null where it gave none. */
  readonly code: string | null;
  /** The server's words for the citizen, or null. */
  readonly publicMessage: string | null;
  readonly errorId: string | null;

  constructor(kind: FailureKind, error: Partial<WireError['error']> = {}) {
    super(`${kind} ${error.code ?? ''}`.trim());
    this.kind = kind;
    this.code = error.code ?? null;
    this.publicMessage = error.message ?? null;
    this.errorId = error.errorId ?? null;
  }
}

/** The citizen's side of the web API. Every call may throw `ApiFailure`. */
export type Api = {
  openSession(): Promise<WireSession>;
  sendMessage(sessionId: string, message: WireMessage): Promise<WireReply>;
  sendFeedback(turnId: string, feedback: WireFeedback): Promise<void>;
  suggest(query: string, signal?: AbortSignal): Promise<Suggestion[]>;
};

/**
 * @param base where the server is, e.g. `https://hoidap.tinh.gov.vn`
 * @param timeoutMs how long an answer may take
 */
export function createApi(base: string, timeoutMs = 20_000, fetch = globalThis.fetch): Api {
  const call = async <T>(method: 'GET' | 'POST', path: string, body?: unknown, signal?: AbortSignal) => {
    const timer = new AbortController();
    const timeout = setTimeout(() => timer.abort(), timeoutMs);
    signal?.addEventListener('abort', () => timer.abort());
    try {
      const response = await fetch(`${base}/api/v1${path}`, {
        method,
        credentials: 'omit',
        signal: timer.signal,
        ...(body === undefined ? {} : json(body)),
      });
      return await read<T>(response);
    } catch (error) {
      if (error instanceof ApiFailure) throw error;
      throw new ApiFailure(timer.signal.aborted ? 'timeout' : 'offline');
    } finally {
      clearTimeout(timeout);
    }
  };

  return {
    openSession: () => call<WireSession>('POST', '/sessions', {}),
    sendMessage: (sessionId, message) =>
      call<WireReply>('POST', `/sessions/${encodeURIComponent(sessionId)}/messages`, message),
    sendFeedback: (turnId, feedback) =>
      call<void>('POST', `/turns/${encodeURIComponent(turnId)}/feedback`, feedback),
    suggest: async (query, signal) => {
      const path = `/suggest?q=${encodeURIComponent(query)}`;
      return (await call<WireSuggestions>('GET', path, undefined, signal)).suggestions;
    },
  };
}

function json(body: unknown) {
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** A proxy before the server may answer with its own page: then there is no code and no message. */
async function read<T>(response: Response): Promise<T> {
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as T;
  throw new ApiFailure('server', (body as WireError | null)?.error ?? {});
}
