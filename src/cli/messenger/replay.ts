import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CAC } from 'cac';
import type { AppOverrides } from '../../app.ts';
import { parseWebhook } from '../../channels/messenger/parse-webhook.ts';
import type { MessengerMessage } from '../../channels/messenger/render-reply.ts';
import { type Config, loadConfig } from '../../config.ts';
import { readCentre } from '../../read-centre.ts';
import { usageError } from '../run-command.ts';
import { badDeliveries, signedDelivery } from './delivery.ts';
import type { GraphStandInCall } from './graph-stand-in.ts';
import { PAGE_ID, startSimulatedPage } from './simulated-page.ts';
import { simulationKnowledge } from './simulation-knowledge.ts';

/** `npm run messenger -- replay DIR`: recorded payloads through the real webhook path. */
/** cac takes what follows a flag of two words for its value. */
type Options = { json?: boolean; badSignatures?: boolean | string; comments?: boolean };
type Payload = { file: string; bytes: Buffer; json: Record<string, unknown> };
export type Replayed = {
  file: string;
  signature: string;
  status: number;
  events: string[];
  effect: string[];
};

export function addReplay(cli: CAC): void {
  cli
    .command('replay [dir]', 'Deliver every JSON payload of a folder, signed, and print status and effect')
    .option(
      '--bad-signatures',
      'Deliver each with the four wrong signatures instead: none may have an effect',
    )
    .option('--comments', 'As if the centre answered comments')
    .option('--json', 'Print JSON')
    .action(run);
}

async function run(given: string | undefined, options: Options): Promise<void> {
  const { json, badSignatures, comments } = options;
  const dir = given ?? (typeof badSignatures === 'string' ? badSignatures : undefined);
  if (!dir) throw usageError('name the folder of the payloads: replay DIR');
  const { payloads, skipped } = await readPayloads(dir);
  if (payloads.length === 0) throw usageError(`${dir} holds no webhook payload (*.json with "object")`);
  const config = loadConfig(process.env);
  const knowledge = await simulationKnowledge(config);
  if (comments)
    knowledge.centre = { ...(await readCentre(config.centreFile)), messenger: { answerComments: true } };
  const replayed: Replayed[] = [];
  for (const payload of payloads) {
    const results = await (badSignatures ? replayBad : replayPayload)(payload, config, knowledge);
    replayed.push(...results);
    if (!json) for (const result of results) print(describe(result));
  }
  if (json) print(JSON.stringify({ replayed, skipped }, null, 2));
  else for (const file of skipped) print(`${file}: skipped, no webhook payload`);
  const faults = replayed.filter(result => (badSignatures ? !isRefused(result) : result.status >= 500));
  if (!json) print(`${replayed.length} deliveries, ${faults.length} faults`);
  if (faults.length > 0) process.exitCode = 1;
}

async function readPayloads(dir: string): Promise<{ payloads: Payload[]; skipped: string[] }> {
  const payloads: Payload[] = [];
  const skipped: string[] = [];
  for (const file of (await readdir(dir)).filter(name => name.endsWith('.json')).sort()) {
    const bytes = await readFile(join(dir, file));
    const json = parseObject(bytes);
    if (json && 'object' in json) payloads.push({ file, bytes, json });
    else skipped.push(file);
  }
  return { payloads, skipped };
}

function parseObject(bytes: Buffer): Record<string, unknown> | null {
  try {
    const json: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof json === 'object' && json !== null && !Array.isArray(json)
      ? (json as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** Each payload meets a page of its own, in the hour in which it was recorded: what came before has no part in it. */
export async function replayPayload(
  payload: Payload,
  config: Config,
  knowledge: AppOverrides,
): Promise<Replayed[]> {
  return withPage(payload, config, knowledge, async page => [
    { signature: 'right', status: await page.deliver(signedDelivery(payload.bytes, page.appSecret)) },
  ]);
}

/** @returns one line per wrong signature; their common effect, which must be none, stands on each. */
export async function replayBad(
  payload: Payload,
  config: Config,
  knowledge: AppOverrides,
): Promise<Replayed[]> {
  return withPage(payload, config, knowledge, async page => {
    const results: { signature: string; status: number }[] = [];
    for (const [signature, delivery] of Object.entries(badDeliveries(payload.bytes, page.appSecret)))
      results.push({ signature, status: await page.deliver(delivery) });
    return results;
  });
}

async function withPage(
  { file, json }: Payload,
  config: Config,
  knowledge: AppOverrides,
  deliver: (
    page: Awaited<ReturnType<typeof startSimulatedPage>>,
  ) => Promise<{ signature: string; status: number }[]>,
): Promise<Replayed[]> {
  const pageId = pageIdOf(json);
  const now = clockOf(json);
  const page = await startSimulatedPage({ config, pageId, overrides: { ...knowledge, now } });
  const delivered = await deliver(page).finally(page.settle).finally(page.close);
  const effect = page.calls.flatMap(describeCall);
  return delivered.map(result => ({ file, ...result, events: eventsOf(json, pageId, now()), effect }));
}

function pageIdOf(json: Record<string, unknown>): string {
  const [first] = Array.isArray(json.entry) ? (json.entry as { id?: unknown }[]) : [];
  return /^\d+$/.test(String(first?.id)) ? String(first?.id) : PAGE_ID;
}

/** The clock at the time of the newest event: an answer is allowed for 24 hours only. */
function clockOf(json: Record<string, unknown>): () => Date {
  const startedAt = Date.now();
  const times = timesIn(json).filter(time => time > 0 && time <= startedAt);
  const base = times.length > 0 ? Math.max(...times) + 1000 : startedAt;
  return () => new Date(base + Date.now() - startedAt);
}

const TIME_KEYS = ['timestamp', 'time', 'created_time'];

/** Some are in seconds. */
function timesIn(value: unknown, key = ''): number[] {
  if (typeof value === 'number' && TIME_KEYS.includes(key)) return [value < 1e11 ? value * 1000 : value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => timesIn(inner, name));
}

function eventsOf(json: unknown, pageId: string, now: Date): string[] {
  const parsed = parseWebhook(json, pageId, now);
  if (!parsed) return ['no page'];
  return [...parsed.events.map(({ kind }) => kind), ...parsed.ignored.map(kind => `${kind} (ignored)`)];
}

function isRefused({ status, effect }: Replayed): boolean {
  return (status === 401 || status === 403) && effect.length === 0;
}

const LONGEST_TEXT = 200;

function describeCall({ path, body }: GraphStandInCall): string[] {
  if (body.sender_action) return [String(body.sender_action)];
  if (!body.message) return [path.replace('me/', '')];
  const message = body.message as MessengerMessage;
  const text = 'text' in message ? message.text : message.attachment.payload.text;
  const isPrivate = 'comment_id' in (body.recipient as object);
  return [`${isPrivate ? 'private reply' : 'message'} "${text.replace(/\s+/g, ' ').slice(0, LONGEST_TEXT)}"`];
}

function describe({ file, signature, status, events, effect }: Replayed): string {
  const sign = signature === 'right' ? '' : ` (signature ${signature})`;
  return `${status} ${file}${sign}: ${events.join(', ') || 'no event'} -> ${effect.join(', ') || 'nothing sent'}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
