import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import type { z } from 'zod';
import { AppError } from '../errors.ts';
import type { Route } from './route.ts';

/** The largest JSON body. */
const BODY_LIMIT = '64kb';

/** Mounts the routes; another method on one of their paths is a 405 that names those that work. */
export function mountRoutes(app: Express, routes: Route[], cors: RequestHandler): void {
  for (const [path, samePath] of byPath(routes)) {
    const mounted = app.route(path);
    if (samePath.some(route => route.audience === 'citizen')) mounted.all(cors);
    for (const route of samePath) mounted[route.method](...handlersOf(route));
    mounted.all(methodNotAllowed(methodsOf(samePath)));
  }
}

/** `/sessions/{id}` → `/sessions/:id`. */
function expressPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

function byPath(routes: Route[]): Map<string, Route[]> {
  const paths = new Map<string, Route[]>();
  for (const route of routes) {
    const path = expressPath(route.path);
    paths.set(path, [...(paths.get(path) ?? []), route]);
  }
  return paths;
}

function handlersOf(route: Route): RequestHandler[] {
  const named: RequestHandler = (_request, response, next) => {
    // The template, not the address: an address holds a session's id.
    response.locals.route = route.path;
    next();
  };
  const readBody = route.body ? [requireJson, express.json({ limit: BODY_LIMIT })] : [];
  return [named, ...(route.before ?? []), ...readBody, (request, response) => run(route, request, response)];
}

async function run(route: Route, request: Request, response: Response): Promise<void> {
  const result = await route.handle({
    params: parse(route.params, request.params),
    query: parse(route.query, request.query),
    body: parse(route.body, request.body ?? {}),
    request,
    response,
  });
  if (response.headersSent) return;
  response.status(route.success.status);
  if (result === undefined) response.end();
  else response.json(result);
}

function parse<T>(schema: z.ZodType<T> | undefined, value: unknown): T | undefined {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.code}`);
  throw new AppError('invalid-request', `The request is not valid: ${faults.join('; ')}`);
}

/** A body that is no JSON; no body at all passes. */
const requireJson: RequestHandler = (request, _response, next) => {
  const empty = request.get('content-length') === '0';
  if (!empty && request.is('application/json') === false) {
    throw new AppError('unsupported-media-type', 'The body is not application/json.');
  }
  next();
};

/** The answer to any other method on a path that exists. */
export function methodNotAllowed(allowed: string[]): RequestHandler {
  return (request, response) => {
    response.set('Allow', allowed.join(', '));
    throw new AppError('method-not-allowed', `${request.method} is not among ${allowed.join(', ')}.`);
  };
}

function methodsOf(routes: Route[]): string[] {
  return routes.flatMap(route => (route.method === 'get' ? ['GET', 'HEAD'] : ['POST']));
}
