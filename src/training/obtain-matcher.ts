import path from 'node:path';
import { type ObtainMatcher, toMatcherKnowledge } from '../knowledge/live-knowledge.ts';
import type { Log } from '../log.ts';
import { readSavedMatcher, saveMatcher } from './saved-matcher.ts';
import { trainInWorker } from './train-in-worker.ts';

export type MatcherSource = {
  /** DATA_DIR: holds the matcher that was trained last. */
  directory: string;
  log: Pick<Log, 'info' | 'warn'>;
  /** False only reads what is saved: for commands beside a running server. */
  save: boolean;
};

/** The matcher saved by an earlier start where the knowledge is the same, else a new one. */
export function matcherSource({ directory, log, save }: MatcherSource): ObtainMatcher {
  const file = path.join(directory, 'matcher.bin');
  return async snapshot => {
    const { version } = snapshot;
    const saved = await readSavedMatcher(file, version);
    if (saved) {
      log.info({ version }, 'matcher loaded');
      return saved;
    }
    const startedAt = performance.now();
    const matcher = await trainInWorker(toMatcherKnowledge(snapshot));
    log.info({ version, ms: Math.round(performance.now() - startedAt) }, 'matcher trained');
    if (save) await saveMatcher(file, version, matcher).catch(err => warnUnsaved(log, err));
    return matcher;
  };
}

/** The next start trains again: slower, and nothing else. */
function warnUnsaved(log: Pick<Log, 'warn'>, err: unknown): void {
  log.warn({ err }, 'the trained matcher could not be saved');
}
