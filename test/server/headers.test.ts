import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp } from './test-app.ts';

let webDir: string;

beforeAll(async () => {
  webDir = await mkdtemp(join(tmpdir(), 'motcua-web-'));
  for (const folder of ['chat', 'console', 'assets']) await mkdir(join(webDir, folder));
  await writeFile(join(webDir, 'chat/index.html'), '<title>Trợ lý thủ tục hành chính</title>');
  await writeFile(join(webDir, 'console/index.html'), '<title>Quản trị</title>');
  await writeFile(join(webDir, 'widget.js'), '"use strict";');
  await writeFile(join(webDir, 'assets/chat-abc123.js'), '"use strict";');
});

afterAll(() => rm(webDir, { recursive: true, force: true }));

describe('every response', () => {
  it('tells browsers to take nothing from elsewhere', async () => {
    const { express } = await createTestApp();
    const { headers } = await request(express).get('/healthz').expect(200);
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['content-security-policy']).toContain("script-src 'self';");
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'SAMEORIGIN' });
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  it('asks for https only where the public address is https', async () => {
    const plain = await createTestApp();
    expect((await request(plain.express).get('/healthz')).headers).not.toHaveProperty(
      'strict-transport-security',
    );
    const secure = await createTestApp({ config: { publicUrl: 'https://hoidap.vn' } });
    const { headers } = await request(secure.express).get('/healthz');
    expect(headers['strict-transport-security']).toMatch(/^max-age=/);
  });
});

describe('the pages', () => {
  it('are sent with an ETag, and asked for again each time', async () => {
    const { express } = await createTestApp({ config: { webDir } });
    for (const [path, title] of [
      ['/', 'Trợ lý thủ tục hành chính'],
      ['/console', 'Quản trị'],
      ['/console/setup', 'Quản trị'],
    ] as const) {
      const { text, headers } = await request(express).get(path).expect(200);
      expect(text).toContain(title);
      expect(headers['cache-control']).toBe('no-cache');
      await request(express).get(path).set('If-None-Match', headers.etag!).expect(304);
    }
  });

  it('load what never changes once', async () => {
    const { express } = await createTestApp({ config: { webDir } });
    const { headers } = await request(express).get('/assets/chat-abc123.js').expect(200);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    await request(express).get('/assets/khong-co.js').expect(404);
    await request(express).get('/assets/..%2f..%2fpackage.json').expect(404);
  });

  it('say that they are being prepared where nothing is built', async () => {
    const { express, log } = await createTestApp({ config: { webDir: '/khong-co' } });
    const { text } = await request(express).get('/').expect(503);
    expect(text).toContain('Giao diện đang được chuẩn bị');
    expect(log.text()).toContain('npm run build');
  });
});

describe('the widget', () => {
  it('may be loaded by any site', async () => {
    const { express } = await createTestApp({ config: { webDir } });
    const { headers } = await request(express).get('/widget.js').expect(200);
    expect(headers).toMatchObject({
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=300, stale-while-revalidate=86400',
    });
  });
});

describe('a site that embeds the widget', () => {
  const site = 'https://quangninh.gov.vn';
  const ask = async (origin: string, widgetOrigins: string[] | '*', path = '/api/v1/sessions') => {
    const { express } = await createTestApp({ config: { widgetOrigins } });
    const { headers } = await request(express).post(path).set('Origin', origin).send({});
    return headers;
  };

  it('may call the citizens’ routes, without credentials', async () => {
    const headers = await ask(site, [site]);
    expect(headers['access-control-allow-origin']).toBe(site);
    expect(headers.vary).toContain('Origin');
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it('is answered when its browser asks first', async () => {
    const { express } = await createTestApp({ config: { widgetOrigins: [site] } });
    const { headers } = await request(express)
      .options('/api/v1/sessions/x/messages')
      .set('Origin', site)
      .set('Access-Control-Request-Method', 'POST')
      .expect(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': site,
      'access-control-allow-headers': 'Content-Type',
      'access-control-allow-methods': 'GET, POST',
    });
  });

  it('gets error messages, too', async () => {
    const headers = await ask(site, [site], '/api/v1/sessions/khong-co/messages');
    expect(headers['access-control-allow-origin']).toBe(site);
  });

  it('must be listed', async () => {
    expect(await ask('https://khac.vn', [site])).not.toHaveProperty('access-control-allow-origin');
    expect(await ask(site, [])).not.toHaveProperty('access-control-allow-origin');
    expect((await ask('https://khac.vn', '*'))['access-control-allow-origin']).toBe('https://khac.vn');
  });

  it('may not call the staff’s routes', async () => {
    expect(await ask(site, '*', '/api/v1/staff/login')).not.toHaveProperty('access-control-allow-origin');
  });
});
