import { createServer } from 'node:http';
import express from 'express';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import type { GraphClient } from '../../../src/channels/messenger/graph-client.ts';
import { createEventHandler } from '../../../src/channels/messenger/handle-event.ts';
import { createMessengerDesk } from '../../../src/channels/messenger/messenger-desk.ts';
import { webhookRoutes } from '../../../src/channels/messenger/webhook-routes.ts';
import { errorHandler } from '../../../src/server/error-handler.ts';
import { listen } from '../../../src/server/listen.ts';
import { mountRoutes } from '../../../src/server/mount-routes.ts';
import { createMemoryStore } from '../../../src/stores/memory/memory-store.ts';
import { recordLog } from '../../fixtures/recorded-log.ts';
import { SMALL_CENTRE } from '../../fixtures/small-knowledge.ts';
import {
  commentPage,
  item,
  LAN,
  MORNING,
  PAGE,
  PAGE_INBOX,
  page,
  signatureOf,
  standbyPage,
  textItem,
} from './payloads.ts';

const SECRET = 'bí-mật';
const DELIVERIES = 100;
const AT_ONCE = 100;

it('meets ten thousand mutated payloads with 200 or a refusal, and breaks at none', async () => {
  const { url, failures, kinds, pending } = await openWebhook();
  const counts = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(mutatedPayload, { minLength: AT_ONCE, maxLength: AT_ONCE }), async payloads => {
      const statuses = await Promise.all(payloads.map(raw => post(url, raw)));
      expect(statuses.filter(status => ![200, 400, 404].includes(status))).toEqual([]);
      expect(failures()).toEqual([]);
      for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
    }),
    { numRuns: DELIVERIES, seed: 20261122 },
  );
  await expect.poll(pending, { timeout: 10_000 }).toEqual([]);
  expect(failures()).toEqual([]);
  // Most are still read and handled: a mutation that nobody reads tests little.
  expect(counts.get(200)).toBeGreaterThan(5_000);
  expect(kinds.size).toBeGreaterThan(20);
}, 120_000);

const PAYLOADS = [
  page(textItem('làm khai sinh ở đâu'), textItem('lệ phí', 'm_2')),
  page(item({ message: { mid: 'm_3', text: 'Lệ phí', quick_reply: { payload: 'khai-sinh/fee' } } })),
  page(item({ postback: { mid: 'm_4', payload: 'get-started', referral: { ref: 'khai-sinh' } } })),
  page(item({ referral: { ref: 'khai-sinh', source: 'SHORTLINK' } })),
  page(item({ message: { mid: 'm_5', attachments: [{ type: 'location', payload: { coordinates: {} } }] } })),
  page(item({ message: { mid: 'm_6', sticker_id: 369239263222822, attachments: [{ type: 'image' }] } })),
  page(item({ message_edit: { mid: 'm_1', text: 'sửa', num_edit: 1 } })),
  page(item({ message: { mid: 'm_1', is_deleted: true } })),
  page(
    item(
      { message: { mid: 'm_7', is_echo: true, app_id: PAGE_INBOX } },
      { sender: { id: PAGE }, recipient: { id: LAN } },
    ),
  ),
  page(item({ pass_thread_control: { new_owner_app_id: '42' } }), item({ take_thread_control: {} })),
  page(
    item({ reaction: { mid: 'm_1', action: 'react' } }),
    item({ delivery: { mids: ['m_1'] } }),
    item({ optin: {} }),
  ),
  standbyPage(textItem('cán bộ ơi', 'm_8')),
  commentPage({ message: 'khai sinh cần gì' }),
];

/** A payload with some values replaced, removed or repeated; now and then its text is cut, too. */
const mutatedPayload: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...PAYLOADS),
    fc.array(fc.tuple(fc.nat(), fc.oneof(fc.constant(undefined), strangeValue())), { maxLength: 4 }),
    fc.oneof({ weight: 19, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat({ max: 400 }) }),
    fc.nat({ max: 2_000 }),
  )
  .map(([payload, changes, cut, person]) => {
    const mutated = changes.reduce<unknown>(
      (value, [place, change]) => changeAt(value, place, change),
      payload,
    );
    // Many people, each message a new one: else most would be repeats.
    const text = JSON.stringify(mutated).replaceAll('m_', `m_${person}_`).replaceAll(LAN, `77${person}`);
    return cut === null ? text : text.slice(0, cut);
  });

function strangeValue(): fc.Arbitrary<unknown> {
  const strings = fc.constantFrom(
    '',
    '__proto__',
    'constructor',
    'm_1',
    '\u0000',
    '\ud800',
    'à'.repeat(5000),
    LAN,
    PAGE,
  );
  const numbers = fc.constantFrom(0, -1, 1e300, 1.5, Number.MAX_SAFE_INTEGER, MORNING / 1000);
  return fc.oneof(strings, numbers, fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 2 }));
}

/** Replaces one of the value's places, counted through; `undefined` removes it. */
function changeAt(root: unknown, place: number, change: unknown): unknown {
  const copy = structuredClone(root);
  const places: (() => void)[] = [];
  visit(copy, (holder, key) => {
    places.push(() => {
      if (change === undefined) delete holder[key];
      else holder[key] = change;
    });
  });
  places[place % Math.max(places.length, 1)]?.();
  return copy;
}

function visit(value: unknown, each: (holder: Record<string, unknown>, key: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  const holder = value as Record<string, unknown>;
  for (const key of Object.keys(holder)) {
    each(holder, key);
    visit(holder[key], each);
  }
}

/** The webhook with all that stands behind it, but for the matcher and the platform. */
async function openWebhook() {
  const { log, text } = recordLog('warn');
  const { conversations, inbox } = createMemoryStore();
  const now = () => new Date(MORNING + 1000);
  const kinds = new Set<string>();
  const handler = createEventHandler({
    conversations,
    inbox,
    graph: AGREEABLE,
    ask: async ({ messageId, choiceId }) => ({
      ...REPLY,
      turnId: messageId,
      outcome: choiceId === 'talk-to-person' ? 'handover' : 'answered',
    }),
    openSession: async ({ personId, sessionId }) => {
      const at = now().toISOString();
      const started = { startedAt: at, lastTurnAt: at, topicId: null, topicAt: null, pending: null };
      const session = { id: sessionId, channel: 'messenger' as const, personId, ...started };
      await conversations.openSession(session);
      return { session, greeting: { text: 'Xin chào', suggestions: [] } };
    },
    isTopic: id => id === 'khai-sinh',
    centre: { ...SMALL_CENTRE, messenger: { answerComments: true } },
    now,
    log,
  });
  const desk = createMessengerDesk({ ...handler, inbox, log, onResult: result => kinds.add(result) });
  const app = express();
  const onEvent = (kind: string) => void kinds.add(kind);
  const deps = { appSecret: SECRET, verifyToken: 'từ-khóa', pageId: PAGE, record: desk.record, onEvent, now };
  mountRoutes(app, webhookRoutes(deps), (_request, _response, next) => next());
  app.use(errorHandler({ log, randomId: () => 'lỗi' }));
  const server = createServer(app);
  const port = await listen(server, 0);
  onTestFinished(async () => {
    server.close();
    server.closeAllConnections();
    await desk.stop();
  });
  return {
    url: `http://localhost:${port}/webhooks/messenger`,
    failures: () => text().split('\n').filter(Boolean),
    kinds,
    pending: () => inbox.pending(),
  };
}

async function post(url: string, raw: string): Promise<number> {
  const body = Buffer.from(raw);
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(body, SECRET) };
  const response = await fetch(url, { method: 'POST', headers, body });
  await response.arrayBuffer();
  return response.status;
}

const AGREEABLE: GraphClient = {
  sendMessage: async () => 'm_trả-lời',
  senderAction: async () => {},
  passThread: async () => {},
  takeThread: async () => {},
};

const REPLY = {
  micros: 1,
  confidence: 1,
  topic: null,
  facet: null,
  facets: [],
  topics: [],
  choices: [],
  suggestions: [],
  links: [],
  text: 'Vâng.',
};
