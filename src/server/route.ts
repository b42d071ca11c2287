import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import type { ErrorCode } from '../errors.ts';

/** Who calls a route: citizens' pages on any site, the staff console, or those who run the machine. */
type Audience = 'citizen' | 'staff' | 'operator';

/**
 * One route of the API, described once: Express, the validation and the OpenAPI document are made from it.
 * `path` is OpenAPI's form, `/api/v1/sessions/{id}/messages`.
 */
export type Route<Params = unknown, Query = unknown, Body = unknown> = {
  method: 'get' | 'post';
  path: string;
  audience: Audience;
  summary: string;
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  success: {
    status: 200 | 201 | 204;
    description: string;
    schema?: z.ZodType;
    /** Default: application/json. */
    contentType?: string;
  };
  /** The failures of this route; those that any route can have are added in the document. */
  errors: ErrorCode[];
  /** Runs before the body is read: limits, sign-in. */
  before?: RequestHandler[];
  /** What it returns is the response's JSON body; undefined when the handler wrote it, or there is none. */
  handle(call: Call<Params, Query, Body>): unknown;
};

type Call<Params, Query, Body> = {
  params: Params;
  query: Query;
  body: Body;
  request: Request;
  response: Response;
};

/** Infers the types of a route's handler from its schemas. */
export function defineRoute<Params, Query, Body>(route: Route<Params, Query, Body>): Route {
  return route as Route;
}
