import express from 'express';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { defineRoute, type Route } from '../../server/route.ts';
import type { EventKind, IgnoredKind, MessengerEvent } from './event.ts';
import { parseWebhook } from './parse-webhook.ts';
import { isSameSecret, isSigned } from './signature.ts';

export type WebhookDeps = {
  appSecret: string;
  verifyToken: string;
  pageId: string;
  /** Keeps what is new, durably; resolves with a function that begins the work on it. */
  record: (events: MessengerEvent[]) => Promise<() => void>;
  /** Told of each item, for the metrics. */
  onEvent: (kind: EventKind | IgnoredKind) => void;
  now: () => Date;
};

const PATH = '/webhooks/messenger';
/** A delivery holds up to a thousand events. */
const BODY_LIMIT = '4mb';

const verificationSchema = z.object({
  'hub.mode': z.literal('subscribe'),
  'hub.verify_token': z.string(),
  'hub.challenge': z.string().max(1000),
});

/** What Meta calls: once to see that the address is ours, then with everything that happens on the page. */
export function webhookRoutes(deps: WebhookDeps): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: PATH,
      audience: 'operator',
      summary: 'Messenger: verification of the webhook by Meta',
      query: verificationSchema,
      success: { status: 200, description: 'The challenge.', contentType: 'text/plain' },
      errors: ['wrong-signature'],
      handle({ query, response }) {
        if (!isSameSecret(query['hub.verify_token'], deps.verifyToken))
          throw new AppError('wrong-signature', 'The verify token is not MESSENGER_VERIFY_TOKEN.');
        response.type('text/plain').send(query['hub.challenge']);
      },
    }),
    defineRoute({
      method: 'post',
      path: PATH,
      audience: 'operator',
      summary: 'Messenger: events of the page, signed by Meta',
      success: { status: 200, description: 'They are recorded.', contentType: 'text/plain' },
      errors: ['wrong-signature', 'invalid-json', 'not-found', 'body-too-large'],
      before: [express.raw({ type: () => true, limit: BODY_LIMIT, inflate: false })],
      async handle({ request, response }) {
        const events = readEvents(deps, rawBodyOf(request.body), request.get('x-hub-signature-256'));
        const work = await deps.record(events);
        response.type('text/plain').send('EVENT_RECEIVED');
        work();
      },
    }),
  ];
}

function readEvents(deps: WebhookDeps, raw: Buffer, signature: string | undefined): MessengerEvent[] {
  if (!isSigned(raw, signature, deps.appSecret))
    throw new AppError('wrong-signature', 'X-Hub-Signature-256 is not by MESSENGER_APP_SECRET.');
  const parsed = parseWebhook(parseJson(raw), deps.pageId, deps.now());
  if (parsed === null) throw new AppError('not-found', 'The body is no event of a page.');
  for (const kind of [...parsed.ignored, ...parsed.events.map(event => event.kind)]) deps.onEvent(kind);
  return parsed.events;
}

/** A request without a body has none to read. */
function rawBodyOf(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

function parseJson(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    throw new AppError('invalid-json', 'The body is no JSON.');
  }
}
