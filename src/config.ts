import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { AppError } from './errors.ts';

/** What the process is told by its environment. Paths are absolute. */
export type Config = {
  /** 0 = any free port. */
  port: number;
  dataDir: string;
  centreFile: string;
  intentsDir: string;
  /** Where the build puts the browser's files. */
  webDir: string;
  /** Scheme, host and port under which people reach this process, e.g. `https://hoidap.quangninh.gov.vn`. */
  publicUrl: string | null;
  /** Express's `trust proxy`: how many proxies stand in front, or their addresses; false = none. */
  trustProxy: number | string[] | false;
  /** Sites that may embed the widget. */
  widgetOrigins: string[] | '*';
  logLevel: (typeof LOG_LEVELS)[number];
  /** Per minute; 0 = no limit. */
  rateLimits: { messagesPerSession: number; messagesPerAddress: number; sessionsPerAddress: number };
  /** The Facebook page; null = the channel is off. */
  messenger: MessengerConfig | null;
};

export type MessengerConfig = {
  /** Signs what Meta sends us. */
  appSecret: string;
  /** What Meta's console repeats to us when the webhook is set up. */
  verifyToken: string;
  pageToken: string;
  pageId: string;
  /** With the version, e.g. `https://graph.facebook.com/v26.0`. */
  apiBase: string;
};

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/**
 * Environment → configuration. Every fault is reported at once.
 * @param root the project's folder: the defaults are relative to it, given paths to the working directory.
 * @throws AppError `config-invalid`, one line per fault: variable, value, what to write.
 */
export function loadConfig(env: Record<string, string | undefined>, root = projectRoot()): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const parsed = environmentSchema.safeParse(given);
  const faults = [...(parsed.success ? [] : faultsIn(parsed.error, given)), ...missingOfMessenger(given)];
  if (!parsed.success || faults.length > 0) throw configInvalid(faults);
  const settings = parsed.data;
  return {
    port: settings.PORT,
    dataDir: settings.DATA_DIR ? resolve(settings.DATA_DIR) : join(root, 'data'),
    centreFile: settings.CENTRE_FILE
      ? resolve(settings.CENTRE_FILE)
      : join(root, 'seeds/quang-ninh/centre.yaml'),
    intentsDir: join(root, 'intents'),
    webDir: join(root, '.build/web'),
    publicUrl: settings.PUBLIC_URL,
    trustProxy: settings.TRUST_PROXY,
    widgetOrigins: settings.WIDGET_ORIGINS,
    logLevel: settings.LOG_LEVEL,
    rateLimits: {
      messagesPerSession: settings.RATE_LIMIT_SESSION_MESSAGES,
      messagesPerAddress: settings.RATE_LIMIT_ADDRESS_MESSAGES,
      sessionsPerAddress: settings.RATE_LIMIT_ADDRESS_SESSIONS,
    },
    messenger: messengerOf(settings),
  };
}

/** What the channel cannot do without; none of them = it is off. */
const MESSENGER_VARIABLES = {
  MESSENGER_APP_SECRET: "the app's secret, from App settings > Basic",
  MESSENGER_VERIFY_TOKEN: 'a word of your own, the same as in the webhook settings',
  MESSENGER_PAGE_TOKEN: "the page's access token, from Messenger > API settings",
  MESSENGER_PAGE_ID: "the page's id, digits only",
} as const;

/** Half a channel would be silent, and nobody would know why. */
function missingOfMessenger(given: Record<string, unknown>): string[] {
  const missing = Object.entries(MESSENGER_VARIABLES).filter(([name]) => given[name] === undefined);
  if (missing.length === Object.keys(MESSENGER_VARIABLES).length) return [];
  return missing.map(
    ([name, what]) => `${name} is not set: write ${what}; or unset all MESSENGER_* to switch the channel off`,
  );
}

function messengerOf(settings: z.infer<typeof environmentSchema>): MessengerConfig | null {
  const {
    MESSENGER_APP_SECRET: appSecret,
    MESSENGER_VERIFY_TOKEN: verifyToken,
    MESSENGER_PAGE_TOKEN: pageToken,
    MESSENGER_PAGE_ID: pageId,
    MESSENGER_API_BASE: apiBase,
  } = settings;
  if (!appSecret || !verifyToken || !pageToken || !pageId) return null;
  return { appSecret, verifyToken, pageToken, pageId, apiBase };
}

/** The folder that holds package.json: the source and the built server lie at different depths below it. */
function projectRoot(from = dirname(fileURLToPath(import.meta.url))): string {
  if (existsSync(join(from, 'package.json')) || dirname(from) === from) return from;
  return projectRoot(dirname(from));
}

const text = z.string().trim().optional();

const wholeNumber = (max: number, otherwise: number, advice: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,9}$/, advice)
    .transform(Number)
    .refine(value => value <= max, advice)
    .default(otherwise);

const perMinute = (otherwise: number) =>
  wholeNumber(1_000_000, otherwise, 'write how many per minute, e.g. 600; 0 switches the limit off');

/** `https://example.vn/` → `https://example.vn`; null for anything that is more or less than an origin. */
function originOf(value: string): string | null {
  if (!URL.canParse(value.trim())) return null;
  const url = new URL(value.trim());
  if (!/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) return null;
  return url.pathname === '/' ? url.origin : null;
}

const environmentSchema = z.object({
  PORT: wholeNumber(65_535, 3000, 'write a port from 1 to 65535, e.g. 3000 (0 = any free port)'),
  DATA_DIR: text,
  DATABASE_URL: z
    .string()
    .refine(
      () => false,
      'remove it: PostgreSQL is not supported by this version yet, data is kept in DATA_DIR',
    )
    .optional(),
  CENTRE_FILE: text,
  PUBLIC_URL: z
    .string()
    .transform((value, context) => {
      const origin = originOf(value);
      if (!origin)
        context.addIssue('write scheme and host without a path, e.g. https://hoidap.quangninh.gov.vn');
      return origin;
    })
    .default(null),
  TRUST_PROXY: z
    .string()
    .transform((value, context) => {
      const trusted = trustedProxies(value);
      if (trusted === null)
        context.addIssue(
          'write how many proxies stand in front (1), or their addresses, e.g. loopback, 10.0.0.0/8',
        );
      return trusted ?? false;
    })
    .default(false),
  WIDGET_ORIGINS: z
    .string()
    .transform((value, context) => {
      if (value.trim() === '*') return '*' as const;
      const sites = value.split(/[\s,]+/).filter(Boolean);
      for (const site of sites) {
        if (originOf(site)) continue;
        context.addIssue(
          `"${site}" is no origin: write sites without a path, separated by commas, e.g. https://quangninh.gov.vn; or * for any site`,
        );
      }
      return sites.map(site => originOf(site) ?? '');
    })
    .default([]),
  LOG_LEVEL: z.enum(LOG_LEVELS, `write one of ${LOG_LEVELS.join(', ')}`).default('info'),
  // Generous, since a whole office or village may share one address behind NAT.
  RATE_LIMIT_SESSION_MESSAGES: perMinute(60),
  RATE_LIMIT_ADDRESS_MESSAGES: perMinute(1200),
  RATE_LIMIT_ADDRESS_SESSIONS: perMinute(600),
  MESSENGER_APP_SECRET: text,
  MESSENGER_VERIFY_TOKEN: text,
  MESSENGER_PAGE_TOKEN: text,
  MESSENGER_PAGE_ID: z
    .string()
    .trim()
    .regex(/^\d{3,25}$/, "write the page's id, digits only")
    .optional(),
  MESSENGER_API_BASE: z
    .string()
    .trim()
    .refine(isHttpUrl, 'write the address with the version, e.g. https://graph.facebook.com/v26.0')
    .transform(value => value.replace(/\/+$/, ''))
    .default('https://graph.facebook.com/v26.0'),
});

function isHttpUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

/** `true` is one proxy: trusting any number of them lets every client choose its own address. */
function trustedProxies(value: string): number | string[] | false | null {
  const text = value.trim().toLowerCase();
  if (text === 'false' || text === '0') return false;
  if (text === 'true') return 1;
  if (/^\d$/.test(text)) return Number(text);
  const addresses = text.split(/[\s,]+/).filter(Boolean);
  return addresses.every(isProxyAddress) ? addresses : null;
}

function isProxyAddress(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** May hold a password. */
const SECRET = ['DATABASE_URL'];

function faultsIn(error: z.ZodError, given: Record<string, unknown>): string[] {
  return error.issues.map(issue => {
    const name = String(issue.path[0]);
    const value = SECRET.includes(name) ? 'set' : `"${given[name]}"`;
    return `${name} is ${value}: ${issue.message}`;
  });
}

function configInvalid(faults: string[]): AppError {
  return new AppError('config-invalid', `The configuration is not valid.\n  ${faults.join('\n  ')}`, {
    details: { faults },
  });
}
