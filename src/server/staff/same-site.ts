import type { Request, RequestHandler } from 'express';
import { CSRF_HEADER } from '../../channels/web/wire.ts';
import { AppError } from '../../errors.ts';

/**
 * Staff requests that change something come from our own console: they carry a header that a foreign page cannot
 * set without asking (CORS), and their Origin, where the browser names one, is ours.
 */
export function requireSameSite(publicUrl: string | null): RequestHandler {
  return (request, _response, next) => {
    if (request.get(CSRF_HEADER) !== '1') throw new AppError('wrong-origin', `${CSRF_HEADER} is missing.`);
    const origin = request.get('origin');
    if (origin && origin !== publicUrl && !isOwnHost(request, origin)) {
      throw new AppError('wrong-origin', 'The Origin is another site.');
    }
    next();
  };
}

function isOwnHost(request: Request, origin: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === request.host;
}
