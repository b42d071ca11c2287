import type { Catalogue, KnowledgeSnapshot } from '../domain/knowledge.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { KnowledgeStore } from '../stores/store.ts';
import { buildSnapshot } from './build-snapshot.ts';
import { type Fault, isError } from './fault.ts';
import { hashRelease } from './hash-release.ts';
import { type IntentsRelease, loadIntents } from './load-intents.ts';
import { syncRelease } from './sync-release.ts';

type Start = {
  knowledge: KnowledgeStore;
  /** The folder of the shipped knowledge. */
  intentsDir: string;
  now: Date;
  log: Pick<Log, 'info' | 'error'>;
  /** A catalogue that was just imported; without one, that of the live knowledge stays. */
  catalogue?: Catalogue;
};

/**
 * The knowledge to answer with: takes the shipped release over into the store and publishes what changed.
 * With faults in the release, what was live before stays live.
 * @throws AppError `knowledge-invalid` when the release has faults and nothing was live before.
 */
export async function startKnowledge(start: Start): Promise<KnowledgeSnapshot> {
  const { knowledge, intentsDir, now, log } = start;
  const live = await knowledge.currentSnapshot();
  const releaseHash = await hashRelease(intentsDir);
  const release = live?.releaseHash === releaseHash ? live : await takeOver(start, live);
  if (!release) return live!;

  const { facets, lexicon } = release;
  const catalogue = start.catalogue ?? live?.catalogue;
  const shared = { facets, lexicon, releaseHash, ...(catalogue && { catalogue }) };
  const snapshot = buildSnapshot(await knowledge.listTopicRecords(), shared, now);
  if (snapshot.version === live?.version) return live;
  await knowledge.publishSnapshot(snapshot);
  log.info({ version: snapshot.version, topics: snapshot.topics.length }, 'knowledge published');
  return snapshot;
}

/** Null when the release is faulty and something is live. */
async function takeOver(
  { knowledge, intentsDir, now, log }: Start,
  live: KnowledgeSnapshot | null,
): Promise<IntentsRelease | null> {
  const release = await loadOrKeep(intentsDir, live, log);
  if (release) await syncRelease(knowledge, release, now);
  return release;
}

async function loadOrKeep(
  intentsDir: string,
  live: KnowledgeSnapshot | null,
  log: Start['log'],
): Promise<IntentsRelease | null> {
  try {
    return await loadIntents(intentsDir);
  } catch (error) {
    if (!live || !(error instanceof AppError)) throw error;
    // Warnings keep no release from being used.
    const faults = (error.details.faults as Fault[]).filter(isError);
    log.error(
      { version: live.version, faults: faults.length, first: faults[0] },
      'the shipped knowledge has faults and is left aside; run "npm run knowledge -- check" and correct them',
    );
    return null;
  }
}
