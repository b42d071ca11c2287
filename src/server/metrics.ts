import type { RequestHandler } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ReplyEvent } from '../channels/botkit.ts';
import { defineRoute, type Route } from './route.ts';

export type Metrics = {
  observeReply(event: ReplyEvent): void;
  observeUnhelpful(): void;
  setKnowledge(topics: number): void;
  messenger: MessengerMetrics;
  /** Times every request under its route's template, never its address. */
  timeRequests: RequestHandler;
  route: Route;
};

/** Told of kinds alone, of which there are few. */
type MessengerMetrics = {
  onEvent(kind: string): void;
  onResult(result: string): void;
  onCall(outcome: string): void;
};

/** Prometheus figures in a registry of their own, so that two apps in one process do not mix. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const turns = new Counter({
    name: 'motcua_turns_total',
    help: 'Citizens’ turns by channel and outcome.',
    labelNames: ['channel', 'outcome'],
    registers,
  });
  const broken = new Counter({
    name: 'motcua_broken_turns_total',
    help: 'Turns that failed and ended in an apology.',
    labelNames: ['channel'],
    registers,
  });
  const unanswered = new Counter({
    name: 'motcua_unanswered_total',
    help: 'Turns that did not help: fallback, or marked as not helpful.',
    labelNames: ['reason'],
    registers,
  });
  const turnSeconds = new Histogram({
    name: 'motcua_turn_duration_seconds',
    help: 'From the message taken to its reply on the way out, waiting and sending excluded.',
    labelNames: ['channel'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers,
  });
  const httpSeconds = new Histogram({
    name: 'motcua_http_request_duration_seconds',
    help: 'HTTP requests by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5],
    registers,
  });
  const topics = new Gauge({ name: 'motcua_topics', help: 'Published topics.', registers });

  return {
    observeReply({ channel, outcome, broken: isBroken, seconds }) {
      turns.inc({ channel, outcome });
      turnSeconds.observe({ channel }, seconds);
      if (isBroken) broken.inc({ channel });
      else if (outcome === 'fallback') unanswered.inc({ reason: 'fallback' });
    },
    observeUnhelpful: () => unanswered.inc({ reason: 'unhelpful' }),
    setKnowledge: count => topics.set(count),
    messenger: messengerMetrics(registers),
    timeRequests(request, response, next) {
      const stop = httpSeconds.startTimer();
      response.once('finish', () => {
        const route = response.locals.route ?? 'other';
        stop({ method: request.method, route, status: String(response.statusCode) });
      });
      next();
    },
    route: defineRoute({
      method: 'get',
      path: '/metrics',
      audience: 'operator',
      summary: 'Figures in the text format of Prometheus',
      success: { status: 200, description: 'The figures.', contentType: 'text/plain' },
      errors: [],
      async handle({ response }) {
        response.type(registry.contentType).send(await registry.metrics());
      },
    }),
  };
}

function messengerMetrics(registers: Registry[]): MessengerMetrics {
  const events = new Counter({
    name: 'motcua_messenger_events_total',
    help: 'Items that Meta delivered, repeats too, by kind.',
    labelNames: ['kind'],
    registers,
  });
  const results = new Counter({
    name: 'motcua_messenger_handled_total',
    help: 'Recorded Messenger events by what became of them.',
    labelNames: ['result'],
    registers,
  });
  const calls = new Counter({
    name: 'motcua_messenger_calls_total',
    help: 'Calls of the Graph API by how they ended, after their retries.',
    labelNames: ['outcome'],
    registers,
  });
  return {
    onEvent: kind => events.inc({ kind }),
    onResult: result => results.inc({ result }),
    onCall: outcome => calls.inc({ outcome }),
  };
}
