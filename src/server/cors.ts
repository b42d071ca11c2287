import type { RequestHandler } from 'express';

/**
 * Lets the widget on other sites call the citizens' routes; without credentials, since citizens have none.
 * A site that is not listed gets no header, and its browser keeps the answer from it.
 */
export function citizenCors(origins: string[] | '*'): RequestHandler {
  return (request, response, next) => {
    response.vary('Origin');
    const origin = request.get('origin');
    if (origin && (origins === '*' || origins.includes(origin))) {
      response.set('Access-Control-Allow-Origin', origin);
      response.set('Access-Control-Expose-Headers', 'Retry-After');
    }
    if (request.method !== 'OPTIONS') return next();
    response.set('Access-Control-Allow-Methods', 'GET, POST');
    response.set('Access-Control-Allow-Headers', 'Content-Type');
    response.set('Access-Control-Max-Age', '86400');
    response.status(204).end();
  };
}
