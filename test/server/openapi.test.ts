import type { Express } from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { WEB_PATHS } from '../../src/server/web-files.ts';
import { createTestApp } from './test-app.ts';

type Document = {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
};
type Operation = {
  summary: string;
  parameters?: { name: string; in: string }[];
  responses: Record<string, unknown>;
};

describe('the OpenAPI document', () => {
  it('lists every route that the server knows, with its methods', async () => {
    const { express, document } = await loadDocument();
    const documented = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map(method => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(documented.sort()).toEqual(routesOf(express).sort());
    expect(documented).toContain('post /api/v1/sessions/:id/messages');
  });

  it('describes each path parameter and each way to fail', async () => {
    const { document } = await loadDocument();
    const ask = document.paths['/api/v1/sessions/{id}/messages']?.post;
    expect(ask?.parameters).toMatchObject([{ name: 'id', in: 'path' }]);
    expect(Object.keys(ask?.responses ?? {})).toEqual([
      '200',
      '400',
      '404',
      '405',
      '413',
      '415',
      '429',
      '500',
    ]);
  });

  it('refers only to schemas that it holds', async () => {
    const { document } = await loadDocument();
    const references = JSON.stringify(document).match(/#\/components\/schemas\/\w+/g) ?? [];
    const held = Object.keys(document.components.schemas).map(name => `#/components/schemas/${name}`);
    expect(held).toEqual(expect.arrayContaining([...new Set(references)]));
    expect(references.length).toBeGreaterThan(0);
  });

  it('describes the reply in the fields that a reply has', async () => {
    const { express, document } = await loadDocument();
    const { body: session } = await request(express).post('/api/v1/sessions');
    const path = `/api/v1/sessions/${session.sessionId}/messages`;
    const { body: reply } = await request(express).post(path).send({ text: 'làm khai sinh' });
    const text = JSON.stringify(document.paths['/api/v1/sessions/{id}/messages']?.post?.responses[200]);
    for (const field of Object.keys(reply)) expect(text).toContain(`"${field}":{`);
  });
});

async function loadDocument(): Promise<{ express: Express; document: Document }> {
  const { express } = await createTestApp();
  const { body } = await request(express).get('/api/v1/openapi.json').expect(200);
  expect(body.openapi).toBe('3.1.0');
  return { express, document: body };
}

/** What Express was given, pages aside. */
function routesOf(express: Express): string[] {
  const pages: readonly string[] = WEB_PATHS;
  return express.router.stack.flatMap(({ route }) => {
    if (!route || pages.includes(route.path)) return [];
    const methods = route.stack.map(layer => layer.method).filter(Boolean);
    return [...new Set(methods)].map(method => `${method} ${route.path}`);
  });
}
