import type { MessengerConfig } from '../../config.ts';
import type { Log } from '../../log.ts';
import type { Route } from '../../server/route.ts';
import type { Store } from '../../stores/store.ts';
import type { EventKind, IgnoredKind } from './event.ts';
import { createGraphClient, type GraphErrorKind } from './graph-client.ts';
import { createEventHandler, type HandleEventDeps } from './handle-event.ts';
import { createMessengerDesk, type EventResult } from './messenger-desk.ts';
import { webhookRoutes } from './webhook-routes.ts';

export type MessengerDeps = Omit<HandleEventDeps, 'graph' | 'conversations' | 'inbox'> & {
  store: Pick<Store, 'conversations' | 'inbox'>;
  log: Log;
  watch: {
    onEvent(kind: EventKind | IgnoredKind): void;
    onResult(result: EventResult): void;
    onCall(outcome: 'ok' | GraphErrorKind): void;
  };
};

export type Messenger = {
  routes: Route[];
  /** Takes up what was recorded and not answered before the process ended. */
  resume(): Promise<void>;
  stop(): Promise<void>;
};

/** The Facebook page: webhook, inbox, conversation and Graph API, joined. */
export function connectMessenger(config: MessengerConfig, deps: MessengerDeps): Messenger {
  const { log, now, watch, store } = deps;
  const graph = createGraphClient({ ...config, log, now, onCall: watch.onCall });
  const handler = createEventHandler({ ...deps, ...store, graph });
  const desk = createMessengerDesk({
    inbox: store.inbox,
    handle: handler.handle,
    standBack: handler.standBack,
    onResult: watch.onResult,
    log,
  });
  const routes = webhookRoutes({ ...config, record: desk.record, onEvent: watch.onEvent, now });
  return { routes, resume: desk.resume, stop: desk.stop };
}
