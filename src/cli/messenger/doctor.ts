import type { CAC } from 'cac';
import { GraphError } from '../../channels/messenger/graph-client.ts';
import { createPageSetup, type PageSetup, WEBHOOK_FIELDS } from '../../channels/messenger/page-setup.ts';
import { requireMessenger } from './messenger-config.ts';

/** `npm run messenger -- doctor`: what stands between the page and an answer, and what to do about it. */
export type Finding = { check: string; ok: boolean; found: string; todo?: string };
type Expected = { pageId: string; publicUrl: string | null; now: Date };

export function addDoctor(cli: CAC): void {
  cli
    .command('doctor', 'Check token, secret, permissions, subscription and clock; say what to do')
    .option('--json', 'Print JSON')
    .action(run);
}

async function run({ json }: { json?: boolean }): Promise<void> {
  const { messenger, publicUrl } = requireMessenger();
  const findings = await diagnose(createPageSetup(messenger), {
    pageId: messenger.pageId,
    publicUrl,
    now: new Date(),
  });
  process.stdout.write(`${json ? JSON.stringify(findings, null, 2) : findings.map(describe).join('\n')}\n`);
  if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
}

function describe({ check, ok, found, todo }: Finding): string {
  return `${ok ? 'ok  ' : 'FAIL'} ${check}: ${found}${todo ? `\n     -> ${todo}` : ''}`;
}

/** Each check for itself; those that need the page or the app are left out where these cannot be read. */
export async function diagnose(setup: PageSetup, expected: Expected): Promise<Finding[]> {
  const page = await attempt(setup.readPage());
  if (page.failure) return [explainNoPage(page.failure)];
  const app = await attempt(setup.readApp());
  return [
    checkPage(page.value, expected),
    { check: 'signature secret', ok: true, found: 'belongs to the app of the token' },
    checkClock(page.value.at, expected.now),
    ...(app.failure ? [failed('app', app.failure)] : await checkApp(setup, app.value.id, expected)),
  ];
}

async function checkApp(setup: PageSetup, appId: string, expected: Expected): Promise<Finding[]> {
  const token = await attempt(setup.readToken(appId));
  const subscription = await attempt(setup.readSubscription(appId));
  const webhook = await attempt(setup.readWebhook(appId));
  return [
    ...(token.failure ? [failed('permissions', token.failure)] : checkToken(token.value, expected.now)),
    subscription.failure ? failed('subscription', subscription.failure) : checkFields(subscription.value),
    webhook.failure ? failed('webhook', webhook.failure) : checkWebhook(webhook.value, expected.publicUrl),
  ];
}

/** The very first call tells a dead token from a wrong secret: the proof is made from both. */
function explainNoPage(error: GraphError): Finding {
  if (error.kind === 'dead-token')
    return {
      check: 'token',
      ok: false,
      found: 'Meta does not accept it (code 190)',
      todo: 'make a new page token (Messenger > API settings > Generate), set MESSENGER_PAGE_TOKEN and restart',
    };
  if (/appsecret_proof/i.test(error.detail ?? ''))
    return {
      check: 'signature secret',
      ok: false,
      found: 'not the secret of the token’s app: every webhook would be refused',
      todo: 'copy App settings > Basic > App secret of the same app into MESSENGER_APP_SECRET',
    };
  if (error.kind === 'retry-exhausted' && error.code === undefined)
    return {
      check: 'connection',
      ok: false,
      found: 'the Graph API cannot be reached',
      todo: 'let this machine open HTTPS connections to graph.facebook.com; check MESSENGER_API_BASE',
    };
  return failed('token', error);
}

function checkPage({ id, name }: { id: string; name: string }, { pageId }: Expected): Finding {
  if (id === pageId) return { check: 'token', ok: true, found: `valid, of the page "${name}" (${id})` };
  return {
    check: 'token',
    ok: false,
    found: `belongs to "${name}" (${id}), not to the page ${pageId}`,
    todo: `set MESSENGER_PAGE_ID=${id}, or make a token of the page ${pageId}`,
  };
}

const LARGEST_DIFFERENCE = 60;

/** The 24-hour window and the order of messages are reckoned by this machine's clock. */
function checkClock(at: Date | null, now: Date): Finding {
  if (!at) return { check: 'clock', ok: true, found: 'not compared: Meta’s answer has no date' };
  const seconds = Math.round((now.getTime() - at.getTime()) / 1000);
  const found = `${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} Meta’s`;
  if (Math.abs(seconds) <= LARGEST_DIFFERENCE) return { check: 'clock', ok: true, found };
  return {
    check: 'clock',
    ok: false,
    found,
    todo: 'set the time of this machine by NTP (timedatectl set-ntp true)',
  };
}

const PERMISSIONS = ['pages_messaging', 'pages_manage_metadata'] as const;
const SOON = 14 * 24 * 3_600_000;

function checkToken(
  { isValid, scopes, expiresAt }: Awaited<ReturnType<PageSetup['readToken']>>,
  now: Date,
): Finding[] {
  const missing = PERMISSIONS.filter(scope => !scopes.includes(scope));
  const permissions: Finding =
    isValid && missing.length === 0
      ? { check: 'permissions', ok: true, found: scopes.join(', ') }
      : {
          check: 'permissions',
          ok: false,
          found: isValid ? `missing: ${missing.join(', ')}` : 'the token is not valid',
          todo: 'ask for them in App review > Permissions and features, then make a new page token',
        };
  if (!expiresAt) return [permissions, { check: 'expiry', ok: true, found: 'the token does not expire' }];
  const isSoon = expiresAt.getTime() - now.getTime() < SOON;
  const found = `the token expires on ${expiresAt.toISOString().slice(0, 10)}`;
  const todo = 'make a page token from a system user or a long-lived user token: it does not expire';
  return [permissions, { check: 'expiry', ok: !isSoon, found, ...(isSoon ? { todo } : {}) }];
}

function checkFields(fields: string[] | null): Finding {
  const missing = WEBHOOK_FIELDS.filter(field => !fields?.includes(field));
  if (missing.length === 0) return { check: 'subscription', ok: true, found: fields?.join(', ') ?? '' };
  return {
    check: 'subscription',
    ok: false,
    found: fields ? `missing: ${missing.join(', ')}` : 'the page does not send to the app',
    todo: 'run `npm run messenger -- setup`',
  };
}

function checkWebhook(webhook: { url: string; active: boolean } | null, publicUrl: string | null): Finding {
  const own = `${publicUrl ?? 'https://<this server>'}/webhooks/messenger`;
  if (!webhook?.active)
    return {
      check: 'webhook',
      ok: false,
      found: webhook ? `${webhook.url} is not active` : 'none is set up',
      todo: `in Messenger > API settings > Webhooks write ${own} and MESSENGER_VERIFY_TOKEN`,
    };
  if (publicUrl && webhook.url !== own)
    return {
      check: 'webhook',
      ok: false,
      found: `Meta sends to ${webhook.url}`,
      todo: `change it to ${own}`,
    };
  return { check: 'webhook', ok: true, found: webhook.url };
}

function failed(check: string, error: GraphError): Finding {
  const { message, detail } = error;
  return {
    check,
    ok: false,
    found: detail ? `${message}: ${detail}` : message,
    todo: 'see https://developers.facebook.com/docs/messenger-platform/error-codes',
  };
}

type Attempt<T> = { value: T; failure?: undefined } | { failure: GraphError };

async function attempt<T>(reading: Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await reading };
  } catch (error) {
    if (error instanceof GraphError) return { failure: error };
    throw error;
  }
}
