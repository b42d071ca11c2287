import { z } from 'zod';
import { AppError } from '../errors.ts';
import { defineRoute, type Route } from './route.ts';

export type Readiness = { knowledgeVersion: string; topics: number };

const live = z.object({ status: z.literal('ok') });
const ready = z.object({
  status: z.literal('ready'),
  knowledgeVersion: z.string(),
  topics: z.number().int(),
});

/** For those who run the machine: does the process live, may it get requests. */
export function operationsRoutes(readiness: () => Readiness | null): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/healthz',
      audience: 'operator',
      summary: 'The process lives',
      success: { status: 200, description: 'It does.', schema: live },
      errors: [],
      handle: ({ response }) => {
        response.set('Cache-Control', 'no-store');
        return { status: 'ok' };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/readyz',
      audience: 'operator',
      summary: 'The process answers citizens: knowledge loaded, not shutting down',
      success: { status: 200, description: 'It does.', schema: ready },
      errors: ['not-ready'],
      handle: ({ response }) => {
        response.set('Cache-Control', 'no-store');
        const state = readiness();
        if (!state) throw new AppError('not-ready', 'The process is starting or shutting down.');
        return { status: 'ready', ...state };
      },
    }),
  ];
}
