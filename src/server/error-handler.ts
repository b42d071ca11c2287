import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { AppError, ERROR_CODES, type ErrorCode } from '../errors.ts';
import type { Log } from '../log.ts';
import { messagePage } from './message-page.ts';

/** The end of the line: every failure becomes `{error: {code, message, errorId}}`, and no stack leaves the process. */
export function errorHandler(deps: { log: Log; randomId: () => string }): ErrorRequestHandler {
  return (thrown, request, response, next) => {
    if (response.headersSent) return next(thrown);
    const error = asAppError(thrown);
    const errorId = deps.randomId();
    logFailure(deps.log, error, { errorId, method: request.method, route: response.locals.route });
    const { retryAfterSeconds } = error.details;
    if (typeof retryAfterSeconds === 'number') response.set('Retry-After', String(retryAfterSeconds));
    answer(request, response, error.code, errorId);
  };
}

export const notFound: RequestHandler = request => {
  throw new AppError('not-found', `No route for ${request.method}.`);
};

/** The caller's fault is no news; ours is. */
function logFailure(log: Log, error: AppError, fields: Record<string, unknown>): void {
  if (error.status < 500) log.debug({ ...fields, code: error.code }, 'a request was refused');
  else log.error({ ...fields, code: error.code, err: error }, 'a request failed');
}

function answer(request: Request, response: Response, code: ErrorCode, errorId: string): void {
  const { status, message } = ERROR_CODES[code];
  response.status(status).set('Cache-Control', 'no-store');
  if (isApi(request)) response.json({ error: { code, message, errorId } });
  else response.type('html').send(messagePage(code === 'not-found' ? PAGE_NOT_FOUND : message));
}

const PAGE_NOT_FOUND = 'Không tìm thấy trang này. Có thể địa chỉ đã thay đổi hoặc bị gõ nhầm.';

/** What a program calls gets JSON, whatever it says that it accepts. */
function isApi(request: Request): boolean {
  return /^\/(api|webhooks|healthz|readyz|metrics)(\/|$)/.test(request.path);
}

function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = codeOfHttpError(thrown);
  if (code) return new AppError(code, 'The request could not be read.');
  return new AppError('internal', thrown instanceof Error ? thrown.message : 'Something was thrown.', {
    cause: thrown,
  });
}

/** body-parser and the router throw errors of `http-errors`: a `type`, or a status below 500. */
function codeOfHttpError(thrown: unknown): ErrorCode | null {
  if (!(thrown instanceof Error)) return null;
  const { type, status } = thrown as { type?: unknown; status?: unknown };
  if (type === 'entity.parse.failed') return 'invalid-json';
  if (status === 413) return 'body-too-large';
  if (status === 415) return 'unsupported-media-type';
  return typeof status === 'number' && status >= 400 && status < 500 ? 'invalid-request' : null;
}
