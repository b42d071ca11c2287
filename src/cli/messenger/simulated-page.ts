import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { AppOverrides } from '../../app.ts';
import type { Config } from '../../config.ts';
import { openLowdbStore } from '../../stores/lowdb/lowdb-store.ts';
import type { Delivery } from './delivery.ts';
import { type GraphStandInCall, startGraphStandIn } from './graph-stand-in.ts';

/** The product with a Facebook page that exists on this machine only. */
export type SimulatedPage = {
  pageId: string;
  appSecret: string;
  /** Every call of the Graph API so far. */
  calls: readonly GraphStandInCall[];
  /** Posts a webhook; resolves with the HTTP status. */
  deliver(delivery: Delivery): Promise<number>;
  /** Resolves when every event that was delivered is dealt with, or after 15 seconds. */
  settle(): Promise<void>;
  /** Stops the product and removes all data. */
  close(): Promise<void>;
};

/** Milliseconds. */
const LONGEST_WORK = 15_000;
const POLL = 10;

export const PAGE_ID = '110000000000001';

type Options = {
  config: Config;
  overrides?: AppOverrides;
  pageId?: string;
  onCall?: (call: GraphStandInCall) => void;
};

/** Starts the whole product on a free port, with a temporary data directory and a stand-in for the Graph API. */
export async function startSimulatedPage({
  config,
  overrides = {},
  pageId = PAGE_ID,
  onCall,
}: Options): Promise<SimulatedPage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'motcua-messenger-'));
  const graph = await startGraphStandIn({ onCall });
  const appSecret = randomSecret();
  const messenger = {
    appSecret,
    verifyToken: randomSecret(),
    pageToken: randomSecret(),
    pageId,
    apiBase: `${graph.url}/v26.0`,
  };
  const noLimits = { messagesPerSession: 0, messagesPerAddress: 0, sessionsPerAddress: 0 };
  const own = {
    port: 0,
    dataDir,
    publicUrl: null,
    trustProxy: false,
    rateLimits: noLimits,
    messenger,
  } as const;
  // Takes seconds to load: the commands that only talk to Meta do without it.
  const { createApp } = await import('../../app.ts');
  const store = await openLowdbStore({ directory: dataDir, now: overrides.now });
  const app = await createApp({ ...config, ...own }, { ...overrides, store }).catch(async error => {
    await graph.close();
    throw error;
  });
  const { url } = await app.start();

  async function settle(): Promise<void> {
    const patience = Date.now() + LONGEST_WORK;
    while ((await store.inbox.pending()).length > 0 && Date.now() < patience) await delay(POLL);
  }

  return {
    pageId,
    appSecret,
    calls: graph.calls,
    async deliver({ body, headers }) {
      const response = await fetch(`${url}/webhooks/messenger`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: new Uint8Array(body),
      });
      await response.arrayBuffer();
      return response.status;
    },
    settle,
    async close() {
      await app.stop();
      await graph.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function randomSecret(): string {
  return randomBytes(16).toString('hex');
}
