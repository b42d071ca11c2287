import request from 'supertest';
import { expect, onTestFinished } from 'vitest';
import type { AppOverrides } from '../../../src/app.ts';
import type { GraphStandInCall } from '../../../src/cli/messenger/graph-stand-in.ts';
import { createMemoryStore } from '../../../src/stores/memory/memory-store.ts';
import type { InboxEvent, Store } from '../../../src/stores/store.ts';
import { startScriptedStandIn } from '../../fixtures/graph-stand-in.ts';
import { SMALL_CENTRE } from '../../fixtures/small-knowledge.ts';
import { createTestApp } from '../../server/test-app.ts';
import { LAN, MORNING, PAGE, signatureOf, wire } from './payloads.ts';

const SECRET = 'bí-mật-của-ứng-dụng';

type Settings = { store?: Store; answerComments?: boolean; overrides?: AppOverrides };

/** The whole app with a Facebook page, and a Graph API that records what it is told. It is a morning in November. */
export async function openPage({ store = createMemoryStore(), answerComments, overrides }: Settings = {}) {
  const graph = await startScriptedStandIn();
  let now = new Date(MORNING + 1000);
  const messenger = {
    appSecret: SECRET,
    verifyToken: 'từ-khóa',
    pageToken: 'mã-trang',
    pageId: PAGE,
    apiBase: graph.url,
  };
  const test = await createTestApp({
    config: { messenger },
    overrides: {
      store,
      now: () => now,
      centre: { ...SMALL_CENTRE, messenger: { answerComments: answerComments ?? false } },
      ...overrides,
    },
  });
  onTestFinished(() => graph.close());

  const post = (raw: string, signature: string | undefined = signatureOf(raw, SECRET)) => {
    const call = request(test.express).post('/webhooks/messenger').set('content-type', 'application/json');
    return (signature === '' ? call : call.set('x-hub-signature-256', signature)).send(raw);
  };
  const pending = (): Promise<InboxEvent[]> => store.inbox.pending();

  /** Delivers, and waits until nothing is left to do. */
  async function deliver(...bodies: unknown[]): Promise<void> {
    for (const body of bodies) await post(wire(body)).expect(200);
    await settled();
  }

  async function settled(): Promise<void> {
    await expect.poll(pending, { timeout: 10_000, interval: 5 }).toEqual([]);
  }

  const messages = () => graph.calls.filter(({ body }) => 'message' in body);
  return {
    ...test,
    store,
    graph,
    post,
    deliver,
    settled,
    pending,
    /** Hours after the morning. */
    setHour: (hours: number) => {
      now = new Date(MORNING + hours * 3_600_000 + 1000);
    },
    /** What one person was told, in order. */
    told: (personId = LAN) => messages().filter(to(personId)).map(textOf),
    messages,
    calls: (path: string) => graph.calls.filter(call => call.path === path),
  };
}

function to(personId: string) {
  return ({ body }: GraphStandInCall) => (body.recipient as { id?: string }).id === personId;
}

function textOf({ body }: GraphStandInCall): string {
  const message = body.message as { text?: string; attachment?: { payload: { text: string } } };
  return message.text ?? message.attachment?.payload.text ?? '';
}
