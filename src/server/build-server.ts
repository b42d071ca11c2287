import compression from 'compression';
import express, { type Express } from 'express';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { citizenCors } from './cors.ts';
import { errorHandler, notFound } from './error-handler.ts';
import type { Metrics } from './metrics.ts';
import { mountRoutes } from './mount-routes.ts';
import { openApiRoute } from './openapi.ts';
import { warnOfProxy } from './rate-limits.ts';
import type { Route } from './route.ts';
import { securityHeaders } from './security-headers.ts';
import { mountWebFiles } from './web-files.ts';

/** A reply has 2–3 kB: two packets either way, and compressing it takes longer than answering. */
const COMPRESS_FROM = '8kb';

export type ServerDeps = {
  config: Config;
  routes: Route[];
  metrics: Metrics;
  log: Log;
  randomId: () => string;
};

/** The Express app: what every request passes, the routes, the pages, the ends of the line. */
export function buildServer({ config, routes, metrics, log, randomId }: ServerDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustProxy);
  app.set('query parser', 'simple');

  app.use(metrics.timeRequests);
  app.use(securityHeaders(config.publicUrl));
  app.use(compression({ threshold: COMPRESS_FROM }));
  app.use(warnOfProxy(log));

  const documented = [...routes, metrics.route];
  mountRoutes(app, [...documented, openApiRoute(documented)], citizenCors(config.widgetOrigins));
  mountWebFiles(app, config.webDir);

  app.use(notFound);
  app.use(errorHandler({ log, randomId }));
  return app;
}
