import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';

export type RateLimits = { newSession: RequestHandler[]; message: RequestHandler[] };

const WINDOW_SECONDS = 60;

/**
 * Counts by session, which one person has, and more generously by address, which a whole office may share.
 * The counts live in memory: a restart forgives everybody.
 */
export function createRateLimits(limits: Config['rateLimits']): RateLimits {
  return {
    newSession: perMinute(limits.sessionsPerAddress, addressOf),
    message: [
      ...perMinute(limits.messagesPerAddress, addressOf),
      ...perMinute(limits.messagesPerSession, request => String(request.params.id)),
    ],
  };
}

function perMinute(limit: number, keyGenerator: (request: Request) => string): RequestHandler[] {
  if (limit === 0) return [];
  return [
    rateLimit({
      windowMs: WINDOW_SECONDS * 1000,
      limit,
      keyGenerator,
      standardHeaders: false,
      legacyHeaders: false,
      // It would complain on the console about proxies; `warnOfProxy` does that in the log.
      validate: false,
      handler: (_request, _response, next) => {
        const details = { retryAfterSeconds: WINDOW_SECONDS };
        next(new AppError('rate-limited', `More than ${limit} requests a minute.`, { details }));
      },
    }),
  ];
}

/** An IPv6 customer has a whole network: its addresses count as one. */
export function addressOf(request: Request): string {
  return ipKeyGenerator(request.ip ?? 'unknown');
}

/** Behind a proxy that nobody told us of, all citizens have one address and share one limit. */
export function warnOfProxy(log: Log): RequestHandler {
  let warned = false;
  return (request, _response, next) => {
    if (!warned && !request.app.get('trust proxy') && request.get('x-forwarded-for')) {
      warned = true;
      log.warn(
        'Requests come through a proxy, but TRUST_PROXY is not set: rate limits take it for one person.',
      );
    }
    next();
  };
}
