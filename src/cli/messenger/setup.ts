import type { CAC } from 'cac';
import { GraphError } from '../../channels/messenger/graph-client.ts';
import { pageProfile } from '../../channels/messenger/page-profile.ts';
import { createPageSetup, WEBHOOK_FIELDS } from '../../channels/messenger/page-setup.ts';
import type { Config } from '../../config.ts';
import type { Topic } from '../../domain/topic.ts';
import { AppError } from '../../errors.ts';
import { loadIntents } from '../../knowledge/load-intents.ts';
import { readCentre } from '../../read-centre.ts';
import { readCurrentSnapshot } from '../../stores/lowdb/lowdb-store.ts';
import { requireMessenger } from './messenger-config.ts';

/** `npm run messenger -- setup`: the page's welcome screen and menu, and what it tells the webhook of. */
type Options = { dryRun?: boolean; comments?: boolean };

export function addSetup(cli: CAC): void {
  cli
    .command(
      'setup',
      'Set the page’s Get Started button, greeting, ice breakers and menu, and subscribe the app',
    )
    .option('--dry-run', 'Print what would be set; send nothing')
    .option('--comments', 'Subscribe to comments too')
    .action(run);
}

async function run({ dryRun, comments }: Options): Promise<void> {
  const config = requireMessenger();
  const profile = pageProfile(await readCentre(config.centreFile), await liveTopics(config));
  if (dryRun) return print(JSON.stringify(profile, null, 2));
  const setup = createPageSetup(config.messenger);
  await step('profile', setup.setProfile(profile));
  const [menu] = profile.persistent_menu;
  print('Get Started button, greeting: set');
  print(
    `ice breakers: ${profile.ice_breakers[0]?.call_to_actions.map(({ question }) => question).join(' | ') ?? 'none'}`,
  );
  print(`menu: ${menu?.call_to_actions.map(({ title }) => title).join(' | ')}`);
  const fields = comments ? [...WEBHOOK_FIELDS, 'feed'] : WEBHOOK_FIELDS;
  await step('subscription', setup.subscribe(fields));
  print(`subscribed to: ${fields.join(', ')}`);
}

/** What the product answers from; before its first start, what it will. */
async function liveTopics({ dataDir, intentsDir }: Config): Promise<Topic[]> {
  const snapshot = await readCurrentSnapshot(dataDir);
  return snapshot ? snapshot.topics.map(({ topic }) => topic) : (await loadIntents(intentsDir)).topics;
}

async function step(name: string, done: Promise<void>): Promise<void> {
  await done.catch((error: unknown) => {
    if (!(error instanceof GraphError)) throw error;
    const { message, detail } = error;
    throw new AppError(
      'platform-refused',
      `${name}: ${message}${detail ? `: ${detail}` : ''}; run \`npm run messenger -- doctor\``,
      { cause: error },
    );
  });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
