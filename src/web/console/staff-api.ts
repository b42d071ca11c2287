import {
  CSRF_HEADER,
  type WireError,
  type WireLogin,
  type WireSetup,
  type WireStaff,
} from '../../channels/web/wire.ts';

/** A refusal, with words that the staff member may read. */
class StaffApiError extends Error {
  override readonly name = 'StaffApiError';
  /** The server's error code; `offline` where there was no answer, `internal` where it gave no code. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Who is signed in, or null. */
export async function fetchMe(): Promise<WireStaff | null> {
  return call<WireStaff>('GET', '/me').catch(error => {
    if (error instanceof StaffApiError && error.code === 'signed-out') return null;
    throw error;
  });
}

export const signIn = (login: WireLogin) => call<WireStaff>('POST', '/login', login);
export const signOut = () => call<void>('POST', '/logout', {});
export const setUp = (setup: WireSetup) => call<WireStaff>('POST', '/setup', setup);

async function call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  const headers: HeadersInit =
    body === undefined ? {} : { 'content-type': 'application/json', [CSRF_HEADER]: '1' };
  const response = await fetch(`/api/v1/staff${path}`, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
  }).catch(() => {
    throw new StaffApiError('offline', 'Không kết nối được với máy chủ. Vui lòng kiểm tra mạng rồi thử lại.');
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as T;
  const error = (answer as WireError | null)?.error;
  throw new StaffApiError(
    error?.code ?? 'internal',
    error?.message ?? 'Hệ thống gặp sự cố. Vui lòng thử lại sau ít phút.',
  );
}
