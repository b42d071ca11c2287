import type { Log } from '../../log.ts';
import type { InboxEvent, InboxStore } from '../../stores/store.ts';
import type { MessengerEvent } from './event.ts';
import { GraphError } from './graph-client.ts';
import { createPersonLanes } from './person-lanes.ts';
import { isWorthWaiting } from './worth-waiting.ts';

/**
 * - `done`: answered, or nothing was to be said; `silent`: a person answers.
 * - `too-late`: the platform's window is over; `lost`: the platform refused the message for good.
 * - `put-off`: it will be tried again; `flood`: one person sent more than anybody reads.
 */
export type EventResult = 'done' | 'silent' | 'too-late' | 'lost' | 'put-off' | 'flood';

export type MessengerDeskDeps = {
  inbox: InboxStore;
  /** @throws GraphError when a message could not be sent. */
  handle: (event: MessengerEvent, signal: AbortSignal) => Promise<'done' | 'silent' | 'too-late'>;
  /** Another app or a person has the conversation. */
  standBack: (event: MessengerEvent) => Promise<void>;
  onResult: (result: EventResult) => void;
  log: Log;
  retryAfterMs?: number;
  stopAfterMs?: number;
};

/** From recorded events to handled ones: what is acknowledged is worked on, now or after the next start. */
export type MessengerDesk = {
  /** Keeps what is new, durably; the function begins the work on it and throws nothing. */
  record(events: MessengerEvent[]): Promise<() => void>;
  /** Takes up what was recorded and not done before. */
  resume(): Promise<void>;
  /** Begins nothing more; what is not done is taken up by the next start. */
  stop(): Promise<void>;
};

/** People who are answered side by side: each holds a connection to the platform. */
const PEOPLE_AT_ONCE = 64;
const MOST_WAITING_PER_PERSON = 30;
/** Deliveries come in bursts: answering begins in the first gap, and at the latest after the longest rest. */
const QUIET_MS = 15;
const LONGEST_REST_MS = 3_000;
const RETRY_AFTER_MS = 120_000;
const STOP_AFTER_MS = 5_000;
/** A fault of ours, unlike the platform's, is not tried for ever. */
const MOST_ATTEMPTS = 3;

export function createMessengerDesk(deps: MessengerDeskDeps): MessengerDesk {
  const stopping = new AbortController();
  const attempts = new Map<string, number>();
  let retrying: NodeJS.Timeout | null = null;
  /** Deliveries on their way to the disk, and events that are there and not begun. */
  let recording = 0;
  const recorded: MessengerEvent[] = [];
  let lastDelivery = 0;
  let resting: NodeJS.Timeout | null = null;
  const lanes = createPersonLanes(work, PEOPLE_AT_ONCE);

  async function work(event: MessengerEvent): Promise<'done' | 'later'> {
    try {
      const result = await handleOnce(event);
      deps.onResult(result);
      if (result === 'put-off') return putOff();
      attempts.delete(event.id);
      await deps.inbox.done('messenger', event.id);
    } catch (err) {
      deps.log.error({ err, event: event.id }, 'a Messenger event is left for the next start');
    }
    return 'done';
  }

  async function handleOnce(event: MessengerEvent): Promise<EventResult> {
    try {
      return await deps.handle(event, stopping.signal);
    } catch (error) {
      if (stopping.signal.aborted) return 'put-off';
      return error instanceof GraphError ? afterGraphError(error, event) : afterFault(error, event);
    }
  }

  async function afterGraphError(error: GraphError, event: MessengerEvent): Promise<EventResult> {
    const { kind, code, subcode } = error;
    const details = { kind, code, subcode, event: event.id };
    if (kind === 'thread-elsewhere') {
      await deps.standBack(event);
      return 'silent';
    }
    if (kind === 'outside-window') return 'too-late';
    if (isWorthWaiting(error)) {
      deps.log.warn(details, 'a Messenger reply waits: the platform does not take it now');
      return 'put-off';
    }
    deps.log.warn(details, 'a Messenger reply is lost: the platform refuses it');
    return 'lost';
  }

  function afterFault(err: unknown, event: MessengerEvent): EventResult {
    const attempt = (attempts.get(event.id) ?? 0) + 1;
    attempts.set(event.id, attempt);
    deps.log.error({ err, event: event.id, attempt }, 'a Messenger event could not be handled');
    return attempt < MOST_ATTEMPTS ? 'put-off' : 'lost';
  }

  function putOff(): 'later' {
    retrying ??= setTimeout(() => {
      retrying = null;
      lanes.retry();
    }, deps.retryAfterMs ?? RETRY_AFTER_MS).unref();
    return 'later';
  }

  /** Acknowledging goes before answering: the platform waits five seconds for the one, people longer for the other. */
  function beginWhenQuiet(events: MessengerEvent[]): void {
    if (events.length === 0) return;
    recorded.push(...events);
    if (resting !== null) return;
    const latest = performance.now() + LONGEST_REST_MS;
    resting = setInterval(() => {
      const isQuiet = recording === 0 && performance.now() - lastDelivery >= QUIET_MS;
      if (isQuiet || performance.now() >= latest) begin();
    }, QUIET_MS).unref();
  }

  function begin(): void {
    clearInterval(resting ?? undefined);
    resting = null;
    for (const event of byTime(recorded.splice(0))) {
      const isFlood = isTalk(event) && lanes.lengthOf(event.personId) >= MOST_WAITING_PER_PERSON;
      if (isFlood) drop(event);
      else lanes.add([event]);
    }
  }

  function drop(event: MessengerEvent): void {
    deps.onResult('flood');
    deps.inbox.done('messenger', event.id).catch(err => {
      deps.log.error({ err, event: event.id }, 'a Messenger event could not be closed');
    });
  }

  return {
    async record(events) {
      recording += 1;
      lastDelivery = performance.now();
      try {
        const fresh = await deps.inbox.record(events.map(toInbox));
        return () => beginWhenQuiet(fresh.map(({ body }) => body as MessengerEvent));
      } finally {
        recording -= 1;
      }
    },
    async resume() {
      const pending = await deps.inbox.pending();
      const ours = pending.filter(({ channel }) => channel === 'messenger');
      if (ours.length > 0)
        deps.log.info({ events: ours.length }, 'taking up Messenger events of before the start');
      lanes.add(ours.map(({ body }) => body as MessengerEvent));
    },
    async stop() {
      clearTimeout(retrying ?? undefined);
      clearInterval(resting ?? undefined);
      const cut = setTimeout(() => stopping.abort(), deps.stopAfterMs ?? STOP_AFTER_MS);
      await lanes.stop();
      clearTimeout(cut);
      clearTimeout(retrying ?? undefined);
    },
  };
}

function toInbox(body: MessengerEvent): InboxEvent {
  return { id: body.id, channel: 'messenger', personId: body.personId, at: body.at, body };
}

/** An event that asks for a reply; the others are cheap, and some must not be lost. */
function isTalk({ kind }: MessengerEvent): boolean {
  return !['unsend', 'edit', 'standby', 'staff-message', 'thread-passed'].includes(kind);
}

function byTime(events: MessengerEvent[]): MessengerEvent[] {
  return events.sort((a, b) => a.at - b.at);
}
