import { AppError } from '../errors.ts';
import type { KnowledgeStore } from '../stores/store.ts';
import type { IntentsRelease } from './load-intents.ts';
import { planSync } from './plan-sync.ts';

/** Another process that starts at the same time saves the same records; after it nothing is left to save. */
const TRIES = 3;

/** Takes a release over into the store, see `planSync`. Returns how many topics were saved. */
export async function syncRelease(
  knowledge: KnowledgeStore,
  release: IntentsRelease,
  now: Date,
): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const changed = planSync(await knowledge.listTopicRecords(), release, now);
    if (changed.length === 0) return 0;
    try {
      await knowledge.saveTopicRecords(changed);
      return changed.length;
    } catch (error) {
      const anotherWasFirst = error instanceof AppError && error.code === 'conflict';
      if (!anotherWasFirst || tries === TRIES) throw error;
    }
  }
}
