import {
  extendZodWithOpenApi,
  OpenAPIRegistry,
  OpenApiGeneratorV31,
  type RouteConfig,
} from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { AppError, ERROR_CODES, type ErrorCode } from '../errors.ts';
import { defineRoute, type Route } from './route.ts';

extendZodWithOpenApi(z);

const errorSchema = z.object({
  error: z.object({
    code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]),
    message: z.string().describe('Vietnamese, may be shown.'),
    errorId: z.string().describe('Finds the failure in the log.'),
  }),
});

/** `GET /api/v1/openapi.json`, describing itself and the given routes; made once, when first asked for. */
export function openApiRoute(routes: Route[]): Route {
  let document: object | null = null;
  const self: Route = defineRoute({
    method: 'get',
    path: '/api/v1/openapi.json',
    audience: 'citizen',
    summary: 'This document',
    success: { status: 200, description: 'OpenAPI 3.1.', schema: z.record(z.string(), z.unknown()) },
    errors: [],
    handle: () => {
      document ??= openApiDocument([...routes, self]);
      return document;
    },
  });
  return self;
}

/** The OpenAPI document of the routes, from the same schemas that validate their requests. */
function openApiDocument(routes: Route[]): object {
  const registry = new OpenAPIRegistry();
  const error = registry.register('Error', errorSchema);
  for (const route of routes) registry.registerPath(describe(route, error));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Motcua',
      version: '1',
      description: 'Hỏi đáp thủ tục hành chính của Trung tâm Phục vụ hành chính công.',
    },
    servers: [{ url: '/' }],
  });
}

function describe(route: Route, error: z.ZodType): RouteConfig {
  const { method, path, summary, audience } = route;
  return {
    method,
    path,
    summary,
    tags: [audience],
    request: {
      ...(route.params && { params: asObject(route, route.params) }),
      ...(route.query && { query: asObject(route, route.query) }),
      ...(route.body && { body: { content: { 'application/json': { schema: route.body } } } }),
    },
    responses: { [route.success.status]: successOf(route), ...failuresOf(route, error) },
  };
}

function successOf({ success }: Route): RouteConfig['responses'][string] {
  if (success.status === 204) return { description: success.description };
  const contentType = success.contentType ?? 'application/json';
  return {
    description: success.description,
    content: { [contentType]: { schema: success.schema ?? z.string() } },
  };
}

/** Two codes may share a status: the description lists them. */
function failuresOf(route: Route, schema: z.ZodType): RouteConfig['responses'] {
  const responses: RouteConfig['responses'] = {};
  for (const [status, codes] of byStatus([...route.errors, ...anyRoutesErrors(route)])) {
    responses[status] = { description: codes.join(', '), content: { 'application/json': { schema } } };
  }
  return responses;
}

function anyRoutesErrors(route: Route): ErrorCode[] {
  const body: ErrorCode[] = ['invalid-json', 'body-too-large', 'unsupported-media-type'];
  return [
    'internal',
    'method-not-allowed',
    ...(route.body ? body : []),
    ...(route.params || route.query || route.body ? (['invalid-request'] as const) : []),
  ];
}

function byStatus(codes: ErrorCode[]): Map<number, ErrorCode[]> {
  const statuses = new Map<number, ErrorCode[]>();
  for (const code of new Set(codes)) {
    const { status } = ERROR_CODES[code];
    statuses.set(status, [...(statuses.get(status) ?? []), code]);
  }
  return statuses;
}

function asObject(route: Route, schema: z.ZodType): z.ZodObject {
  if (schema instanceof z.ZodObject) return schema;
  throw new AppError('internal', `The parameters of ${route.path} must be a plain object schema.`);
}
