import type { AppOverrides } from '../../app.ts';
import type { Config } from '../../config.ts';
import { startKnowledge } from '../../knowledge/start-knowledge.ts';
import { createLog } from '../../log.ts';
import { readCurrentSnapshot } from '../../stores/lowdb/lowdb-store.ts';
import { createMemoryStore } from '../../stores/memory/memory-store.ts';
import { matcherSource } from '../../training/obtain-matcher.ts';

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * What is live in DATA_DIR, else what a first start would publish, with its matcher: read or trained once, for any
 * number of simulated pages. Writes nothing; only errors are logged.
 */
export async function simulationKnowledge({ dataDir, intentsDir }: Config): Promise<AppOverrides> {
  const snapshot =
    (await readCurrentSnapshot(dataDir)) ??
    (await startKnowledge({
      knowledge: createMemoryStore().knowledge,
      intentsDir,
      now: new Date(),
      log: SILENT,
    }));
  const matcher = await matcherSource({ directory: dataDir, log: SILENT, save: false })(snapshot);
  return { snapshot, obtainMatcher: async () => matcher, log: createLog('error') };
}
