import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Express } from 'express';
import { createAskingChannel } from './channels/asking-channel.ts';
import { createTurnEngine } from './channels/botkit.ts';
import type { IncomingMessage, OutgoingReply } from './channels/channel.ts';
import { connectMessenger } from './channels/messenger/connect-messenger.ts';
import { citizenRoutes } from './channels/web/citizen-routes.ts';
import type { Config } from './config.ts';
import { createAnswerTurn } from './conversation/answer-turn.ts';
import { hoursText } from './conversation/centre-text.ts';
import { explainQuestion } from './conversation/explain-question.ts';
import { recordFeedback } from './conversation/feedback.ts';
import { openSession } from './conversation/open-session.ts';
import { gazetteerOf } from './conversation/places/gazetteer.ts';
import type { Centre } from './domain/centre.ts';
import type { KnowledgeSnapshot } from './domain/knowledge.ts';
import { type LiveKnowledge, type ObtainMatcher, openKnowledge } from './knowledge/live-knowledge.ts';
import { startKnowledge } from './knowledge/start-knowledge.ts';
import { createSuggester } from './knowledge/suggest-topics.ts';
import { createLog, type Log } from './log.ts';
import { readCentre } from './read-centre.ts';
import { apology } from './server/apology.ts';
import { buildServer } from './server/build-server.ts';
import { listen, stopListening } from './server/listen.ts';
import { createMetrics } from './server/metrics.ts';
import { operationsRoutes } from './server/operations-routes.ts';
import { createRateLimits } from './server/rate-limits.ts';
import { randomToken } from './server/staff/secrets.ts';
import { createSignIn } from './server/staff/sign-in.ts';
import { staffRoutes } from './server/staff/staff-routes.ts';
import { openLowdbStore } from './stores/lowdb/lowdb-store.ts';
import type { Store } from './stores/store.ts';
import { matcherSource } from './training/obtain-matcher.ts';

export type App = {
  readonly express: Express;
  /** Listens. `setupUrl` sets up the first admin, once; null where somebody has an account. */
  start(): Promise<{ url: string; setupUrl: string | null }>;
  /** Stops listening, lets running turns end, closes the store. A second call waits for the first. */
  stop(): Promise<void>;
};

/** What a test, or another way to run the product, puts in the place of the real parts. */
export type AppOverrides = {
  store?: Store;
  centre?: Centre;
  /** Published knowledge, in the place of what the store and `intents/` hold. */
  snapshot?: KnowledgeSnapshot;
  obtainMatcher?: ObtainMatcher;
  answerTurn?: (message: IncomingMessage) => Promise<OutgoingReply>;
  log?: Log;
  now?: () => Date;
  randomId?: () => string;
  randomToken?: () => string;
};

/**
 * The one composition root: opens the store, brings the knowledge up to date, trains the matcher, and wires
 * conversation, channels and server. The app answers from then on; `start` makes it listen.
 * @throws AppError `config-invalid` | `knowledge-invalid` | `store-locked` | `store-corrupt`
 */
export async function createApp(config: Config, overrides: AppOverrides = {}): Promise<App> {
  const log = overrides.log ?? createLog(config.logLevel);
  const now = overrides.now ?? (() => new Date());
  const centre = overrides.centre ?? (await readCentre(config.centreFile));
  const store = overrides.store ?? (await openStore(config, log, now));
  try {
    return await composeApp({ config, overrides, log, now, centre, store });
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** In milliseconds. Connections stay open longer than a proxy's do (60 s), lest it meets one that just closed. */
const HTTP_TIMEOUTS = { keepAliveTimeout: 65_000, headersTimeout: 30_000, requestTimeout: 30_000 };

type Parts = {
  config: Config;
  overrides: AppOverrides;
  log: Log;
  now: () => Date;
  centre: Centre;
  store: Store;
};

async function composeApp({ config, overrides, log, now, centre, store }: Parts): Promise<App> {
  const randomId = overrides.randomId ?? randomUUID;
  const metrics = createMetrics();
  let draining = false;

  const deps = { conversations: store.conversations, knowledge: () => live, centre, now, randomId };
  const engine = createTurnEngine({
    answerTurn: overrides.answerTurn ?? createAnswerTurn(deps),
    apology: errorId => apology(errorId, centre.contacts.phone),
    onReply: metrics.observeReply,
    log,
    randomId,
  });

  const live = await loadKnowledge({ config, overrides, log, now, store });
  const gazetteer = gazetteerOf(centre);
  const suggest = createSuggester(live.topics.values());
  metrics.setKnowledge(live.topics.size);
  const signIn = createSignIn({
    staff: store.staff,
    now,
    randomId,
    randomToken: overrides.randomToken ?? randomToken,
  });

  const messenger =
    config.messenger &&
    connectMessenger(config.messenger, {
      store,
      ask: createAskingChannel('messenger', engine).ask,
      openSession: person => openSession(deps, { channel: 'messenger', ...person }),
      isTopic: id => live.topics.has(id),
      watch: metrics.messenger,
      centre,
      now,
      log,
    });

  const routes = [
    ...(messenger?.routes ?? []),
    ...citizenRoutes({
      channel: createAskingChannel('web', engine),
      conversations: store.conversations,
      openSession: sessionId => openSession(deps, { channel: 'web', personId: sessionId, sessionId }),
      recordFeedback: async (turnId, helpful) => {
        await recordFeedback(deps, turnId, helpful);
        if (!helpful) metrics.observeUnhelpful();
      },
      suggest,
      centre: {
        name: centre.name,
        phone: centre.contacts.phone,
        hours: hoursText(centre.hours),
      },
      limits: createRateLimits(config.rateLimits),
      now,
      randomId,
    }),
    ...staffRoutes({
      signIn,
      publicUrl: config.publicUrl,
      explain: text => explainQuestion(text, live, now(), gazetteer),
    }),
    ...operationsRoutes(() =>
      draining ? null : { knowledgeVersion: live.version, topics: live.topics.size },
    ),
  ];
  const express = buildServer({ config, routes, metrics, log, randomId });
  const server = createServer(HTTP_TIMEOUTS, express);
  await engine.ready();

  async function start() {
    const port = await listen(server, config.port);
    await messenger?.resume();
    const url = config.publicUrl ?? `http://localhost:${port}`;
    const token = await signIn.firstAdminToken();
    return { url, setupUrl: token && `${url}/console/setup#token=${token}` };
  }

  async function drain(): Promise<void> {
    draining = true;
    await stopListening(server);
    await messenger?.stop();
    await engine.drain();
    await store.close();
  }

  let stopped: Promise<void> | null = null;
  function stop(): Promise<void> {
    stopped ??= drain();
    return stopped;
  }

  return { express, start, stop };
}

function openStore(config: Config, log: Log, now: () => Date): Promise<Store> {
  const warn = (message: string, details: Record<string, unknown>) => log.warn(details, message);
  return openLowdbStore({ directory: config.dataDir, now, warn });
}

async function loadKnowledge(parts: Omit<Parts, 'centre'>): Promise<LiveKnowledge> {
  const { config, overrides, log, now, store } = parts;
  const { intentsDir } = config;
  const snapshot =
    overrides.snapshot ?? (await startKnowledge({ knowledge: store.knowledge, intentsDir, now: now(), log }));
  const obtainMatcher =
    overrides.obtainMatcher ?? matcherSource({ directory: config.dataDir, log, save: true });
  return openKnowledge(snapshot, await obtainMatcher(snapshot));
}
