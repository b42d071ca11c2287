import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { CSRF_HEADER } from '../../src/channels/web/wire.ts';
import { createMemoryStore } from '../../src/stores/memory/memory-store.ts';
import type { Store } from '../../src/stores/store.ts';
import { createTestApp, type TestApp } from './test-app.ts';

const ADMIN = { name: 'Trần Thị Bình', email: 'binh@quangninh.gov.vn', password: 'bốn con ngựa đứng im' };

describe('the first start', () => {
  it('gives a link that sets up the first admin and signs them in', async () => {
    const { post, me, link } = await createConsole();
    const { body, headers } = await post('setup', { ...ADMIN, token: link }).expect(201);
    expect(body).toEqual({ id: expect.any(String), name: ADMIN.name, email: ADMIN.email, role: 'admin' });
    expect((await me(headers['set-cookie'])).body).toEqual(body);
  });

  it('gives a link that works once', async () => {
    const { post, link } = await createConsole();
    await post('setup', { ...ADMIN, token: link }).expect(201);
    const again = await post('setup', { ...ADMIN, email: 'khac@quangninh.gov.vn', token: link }).expect(410);
    expect(again.body.error.code).toBe('link-not-valid');
  });

  it('gives two who use the link at once one account', async () => {
    const { post, link, store } = await createConsole();
    const both = ['a@vn.vn', 'b@vn.vn'].map(email => post('setup', { ...ADMIN, email, token: link }));
    expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([201, 410]);
    expect(await store.staff.listAccounts()).toHaveLength(1);
  });

  it('gives a link for 24 hours', async () => {
    const { post, link, clock } = await createConsole();
    clock.pass({ hours: 24 });
    await post('setup', { ...ADMIN, token: link }).expect(410);
  });

  it('ends the link of the start before, and gives none where there is an account', async () => {
    const store = createMemoryStore();
    const { link } = await createConsole({ store });
    const second = await createConsole({ store });
    await second.post('setup', { ...ADMIN, token: link }).expect(410);
    await second.post('setup', { ...ADMIN, token: second.link }).expect(201);
    expect((await createConsole({ store })).link).toBe('none');
  });

  it.each([
    ['a short password', { password: 'ngắn quá 11' }, 'password-too-short'],
    ['an e-mail that is none', { email: 'binh' }, 'invalid-email'],
    ['an empty name', { name: ' ' }, 'invalid-request'],
    ['no token', { token: undefined }, 'invalid-request'],
  ])('refuses %s and keeps the link', async (_what, wrong, code) => {
    const { post, link } = await createConsole();
    const { body } = await post('setup', { ...ADMIN, token: link, ...wrong }).expect(400);
    expect(body.error.code).toBe(code);
    await post('setup', { ...ADMIN, token: link }).expect(201);
  });

  it('keeps neither link, nor password, nor login in the store in clear', async () => {
    const { store, post, link, log } = await createConsole();
    const { headers } = await post('setup', { ...ADMIN, token: link });
    const [account] = await store.staff.listAccounts();
    expect(account?.passwordHash).toMatch(/^\$argon2id\$/);
    const login = tokenOfCookie(headers['set-cookie']);
    expect(login).toMatch(/^[\w-]{43}$/);
    expect(await store.staff.findLogin(login)).toBeNull();
    expect(await store.staff.findLink(link)).toBeNull();
    expect(log.text()).not.toMatch(new RegExp([link, login, ADMIN.password, ADMIN.email].join('|')));
  });
});

describe('a staff member', () => {
  it('signs in, is known, signs out, is not', async () => {
    const { post, me } = await createConsole({ withAdmin: true });
    const { headers } = await post('login', {
      email: 'Binh@QuangNinh.gov.vn ',
      password: ADMIN.password,
    }).expect(200);
    expect((await me(headers['set-cookie'])).body.name).toBe(ADMIN.name);
    await post('logout', {}).set('Cookie', headers['set-cookie']!).expect(204);
    expect((await me(headers['set-cookie'])).body.error.code).toBe('signed-out');
  });

  it('gets a cookie that scripts and other sites cannot use', async () => {
    const plain = await createConsole({ withAdmin: true });
    const { headers } = await plain.post('login', ADMIN);
    expect(headers['set-cookie']?.[0]).toMatch(
      /; Max-Age=43200; Path=\/api\/v1; .*HttpOnly; SameSite=Strict$/,
    );
    const secure = await createConsole({ withAdmin: true, publicUrl: 'https://hoidap.vn' });
    expect((await secure.post('login', ADMIN)).headers['set-cookie']?.[0]).toMatch(/; Secure/);
  });

  it('is signed out after twelve hours', async () => {
    const { post, me, clock } = await createConsole({ withAdmin: true });
    const { headers } = await post('login', ADMIN);
    clock.pass({ hours: 11.9 });
    expect((await me(headers['set-cookie'])).status).toBe(200);
    clock.pass({ hours: 0.1 });
    expect((await me(headers['set-cookie'])).status).toBe(401);
  });

  it('is out at once when the account is disabled', async () => {
    const { post, me, store } = await createConsole({ withAdmin: true });
    const { headers } = await post('login', ADMIN);
    const [account] = await store.staff.listAccounts();
    await store.staff.saveAccount({ ...account!, disabled: true });
    expect((await me(headers['set-cookie'])).status).toBe(401);
    await post('login', ADMIN).expect(401);
  });

  it.each([
    ['a wrong password', { password: 'bốn con ngựa đứng yên' }],
    ['an unknown e-mail', { email: 'ai-do@quangninh.gov.vn' }],
  ])('is told the same for %s', async (_what, wrong) => {
    const { post } = await createConsole({ withAdmin: true });
    const { body } = await post('login', { ...ADMIN, ...wrong }).expect(401);
    expect(body.error).toMatchObject({
      code: 'wrong-credentials',
      message: 'Email hoặc mật khẩu chưa đúng.',
    });
  });
});

describe('who guesses passwords', () => {
  it('waits after five failures, longer each time, even when they come at once', async () => {
    const { post, clock } = await createConsole({ withAdmin: true });
    const guess = () => post('login', { ...ADMIN, password: 'mật khẩu đoán mò' });
    const statuses = (await Promise.all(Array.from({ length: 8 }, guess))).map(({ status }) => status);
    expect(statuses.sort()).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    const refused = await guess();
    expect(refused.headers['retry-after']).toBe('30');
    expect(refused.body.error.message).toContain('Vui lòng chờ ít phút');
    await post('login', ADMIN).expect(429);
    clock.pass({ seconds: 30 });
    await guess().expect(401);
    expect((await guess()).headers['retry-after']).toBe('60');
    clock.pass({ seconds: 60 });
    await post('login', ADMIN).expect(200);
    await guess().expect(401);
  });

  it('waits for one account, while others sign in', async () => {
    const { post } = await createConsole({ withAdmin: true });
    for (let i = 0; i < 6; i += 1) await post('login', { email: 'ai-do@vn.vn', password: 'đoán mò' });
    await post('login', ADMIN).expect(200);
  });

  it('waits for all accounts after twenty failures from one address', async () => {
    const { post } = await createConsole({ withAdmin: true });
    for (let i = 0; i < 20; i += 1) await post('login', { email: `ai-do-${i}@vn.vn`, password: 'đoán mò' });
    await post('login', ADMIN).expect(429);
  });
});

describe('another site', () => {
  it('cannot sign anybody in or out: the header of the console is missing', async () => {
    const { express } = await createConsole({ withAdmin: true });
    for (const path of ['login', 'logout', 'setup']) {
      const { body } = await request(express).post(`/api/v1/staff/${path}`).send(ADMIN).expect(403);
      expect(body.error.code).toBe('wrong-origin');
    }
  });

  it.each([
    ['https://ke-gian.vn', 403],
    ['null', 403],
    ['https://hoidap.vn', 200],
    ['http://hoidap.noi-bo:3000', 200],
  ])('is told by its Origin: %s → %i', async (origin, status) => {
    const { post } = await createConsole({ withAdmin: true, publicUrl: 'https://hoidap.vn' });
    await post('login', ADMIN).set('Host', 'hoidap.noi-bo:3000').set('Origin', origin).expect(status);
  });
});

type Console = TestApp & {
  link: string;
  post: (path: string, body: object) => request.Test;
  me: (cookies: string | string[] | undefined) => request.Test;
  clock: { pass: (time: { hours?: number; seconds?: number }) => void };
};

type Settings = { withAdmin?: boolean; publicUrl?: string; store?: Store };

async function createConsole(options: Settings = {}): Promise<Console> {
  let now = new Date('2026-11-21T08:00:00Z').getTime();
  const clock = {
    pass: ({ hours = 0, seconds = 0 }: { hours?: number; seconds?: number }) => {
      now += (hours * 3600 + seconds) * 1000;
    },
  };
  const config = { publicUrl: options.publicUrl ?? null };
  const testApp = await createTestApp({
    config,
    overrides: { now: () => new Date(now), store: options.store },
  });
  const { express, app } = testApp;
  const post = (path: string, body: object) =>
    request(express).post(`/api/v1/staff/${path}`).set(CSRF_HEADER, '1').send(body);
  const me = (cookies: string | string[] | undefined) =>
    request(express)
      .get('/api/v1/staff/me')
      .set('Cookie', [cookies ?? []].flat());
  const link = tokenOf((await app.start()).setupUrl);
  if (options.withAdmin) await post('setup', { ...ADMIN, token: link }).expect(201);
  return { ...testApp, link, post, me, clock };
}

function tokenOf(setupUrl: string | null): string {
  return setupUrl?.match(/\/console\/setup#token=([\w-]{43})$/)?.[1] ?? 'none';
}

function tokenOfCookie(cookies: string | string[] | undefined): string {
  return [cookies ?? []].flat()[0]?.match(/=([^;]+)/)?.[1] ?? 'none';
}

describe('staff who ask why', () => {
  it('are told the words, the phrases and what would have to change', async () => {
    const { post } = await createConsole({ withAdmin: true });
    const { headers } = await post('login', ADMIN);
    const ask = (text: string) => post('explain', { text }).set('Cookie', headers['set-cookie']!);
    const { body } = await ask('làm khai sinh cho con').expect(200);
    expect(body.topics[0]).toMatchObject({ topicId: 'khai-sinh', label: 'Khai sinh' });
    expect(body.topics[0].words.length).toBeGreaterThan(0);
    expect(body.answersFrom).toBeGreaterThan(0.5);
    const unclear = await ask('zzyx khai').expect(200);
    expect(unclear.body.advice.join(' ')).toContain('“zzyx”');
    expect((await ask('   ').expect(400)).body.error.code).toBe('empty-message');
  });

  it('have to be signed in', async () => {
    const { post, log } = await createConsole({ withAdmin: true });
    await post('explain', { text: 'làm khai sinh cho con' }).expect(401);
    expect(log.text()).not.toContain('khai sinh');
  });
});
