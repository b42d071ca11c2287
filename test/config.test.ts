import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../src/config.ts';
import { AppError } from '../src/errors.ts';

const ROOT = '/srv/motcua';

describe('the configuration', () => {
  it('needs nothing: every setting has a default', () => {
    expect(loadConfig({}, ROOT)).toEqual({
      port: 3000,
      dataDir: join(ROOT, 'data'),
      centreFile: join(ROOT, 'seeds/quang-ninh/centre.yaml'),
      intentsDir: join(ROOT, 'intents'),
      webDir: join(ROOT, '.build/web'),
      publicUrl: null,
      trustProxy: false,
      widgetOrigins: [],
      logLevel: 'info',
      rateLimits: { messagesPerSession: 60, messagesPerAddress: 1200, sessionsPerAddress: 600 },
      messenger: null,
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(loadConfig({ PORT: '', LOG_LEVEL: '  ', DATABASE_URL: '' }, ROOT)).toEqual(loadConfig({}, ROOT));
  });

  it('reports every fault at once, each with variable, value and what to write', () => {
    const faults = faultsOf({
      PORT: '70000',
      LOG_LEVEL: 'loud',
      PUBLIC_URL: 'hoidap.vn',
      TRUST_PROXY: 'nginx',
      WIDGET_ORIGINS: 'https://a.vn/trang, ftp://b.vn',
      RATE_LIMIT_SESSION_MESSAGES: '-1',
    });
    expect(faults).toEqual([
      'PORT is "70000": write a port from 1 to 65535, e.g. 3000 (0 = any free port)',
      'PUBLIC_URL is "hoidap.vn": write scheme and host without a path, e.g. https://hoidap.quangninh.gov.vn',
      expect.stringMatching(/^TRUST_PROXY is "nginx": write how many proxies/),
      expect.stringMatching(/^WIDGET_ORIGINS is .*: "https:\/\/a.vn\/trang" is no origin/),
      expect.stringMatching(/^WIDGET_ORIGINS is .*: "ftp:\/\/b.vn" is no origin/),
      expect.stringMatching(/^LOG_LEVEL is "loud": write one of debug, info/),
      expect.stringMatching(/^RATE_LIMIT_SESSION_MESSAGES is "-1": write how many per minute/),
    ]);
  });

  it('refuses DATABASE_URL for now and does not print the password in it', () => {
    const [fault] = faultsOf({ DATABASE_URL: 'postgres://motcua:bi-mat@db/motcua' });
    expect(fault).toMatch(/^DATABASE_URL is set: .*PostgreSQL is not supported/);
    expect(fault).not.toContain('bi-mat');
  });

  it.each([
    ['1', 1],
    ['true', 1],
    ['0', false],
    ['false', false],
    ['loopback, 10.0.0.0/8', ['loopback', '10.0.0.0/8']],
    ['fd00::/8', ['fd00::/8']],
  ])('understands TRUST_PROXY=%s', (value, trusted) => {
    expect(loadConfig({ TRUST_PROXY: value }, ROOT).trustProxy).toEqual(trusted);
  });

  it('brings the sites that embed the widget into the form that browsers send', () => {
    const config = loadConfig({ WIDGET_ORIGINS: 'https://QuangNinh.gov.vn/ http://localhost:8080' }, ROOT);
    expect(config.widgetOrigins).toEqual(['https://quangninh.gov.vn', 'http://localhost:8080']);
    expect(loadConfig({ WIDGET_ORIGINS: '*' }, ROOT).widgetOrigins).toBe('*');
  });

  it('switches Messenger on when the page, its token and both secrets are given', () => {
    const { messenger } = loadConfig(MESSENGER, ROOT);
    expect(messenger).toEqual({
      appSecret: 'bí-mật',
      verifyToken: 'từ-khóa',
      pageToken: 'thẻ',
      pageId: '110000000000001',
      apiBase: 'https://graph.facebook.com/v26.0',
    });
    const local = { ...MESSENGER, MESSENGER_API_BASE: 'http://127.0.0.1:4100/v26.0/' };
    expect(loadConfig(local, ROOT).messenger?.apiBase).toBe('http://127.0.0.1:4100/v26.0');
  });

  it('names what is missing where only a part of Messenger is given, beside the other faults', () => {
    const { MESSENGER_PAGE_TOKEN: _, MESSENGER_PAGE_ID: __, ...part } = MESSENGER;
    expect(faultsOf({ ...part, PORT: 'x' })).toEqual([
      expect.stringMatching(/^PORT is "x"/),
      expect.stringMatching(/^MESSENGER_PAGE_TOKEN is not set: write the page's access token/),
      expect.stringMatching(/^MESSENGER_PAGE_ID is not set: write the page's id/),
    ]);
  });

  it('leaves Messenger off where only the address of the API is given', () => {
    expect(loadConfig({ MESSENGER_API_BASE: 'http://127.0.0.1:4100' }, ROOT).messenger).toBeNull();
  });

  it('takes given paths from the working directory', () => {
    expect(loadConfig({ DATA_DIR: 'du-lieu' }, ROOT).dataDir).toBe(join(process.cwd(), 'du-lieu'));
  });
});

const MESSENGER = {
  MESSENGER_APP_SECRET: 'bí-mật',
  MESSENGER_VERIFY_TOKEN: 'từ-khóa',
  MESSENGER_PAGE_TOKEN: 'thẻ',
  MESSENGER_PAGE_ID: '110000000000001',
};

function faultsOf(env: Record<string, string>): string[] {
  try {
    loadConfig(env, ROOT);
  } catch (error) {
    if (error instanceof AppError && error.code === 'config-invalid') return error.details.faults as string[];
    throw error;
  }
  return [];
}
