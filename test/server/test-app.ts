import { onTestFinished } from 'vitest';
import { type App, type AppOverrides, createApp } from '../../src/app.ts';
import { type Config, loadConfig } from '../../src/config.ts';
import { createMemoryStore } from '../../src/stores/memory/memory-store.ts';
import type { Store } from '../../src/stores/store.ts';
import { type RecordedLog, recordLog } from '../fixtures/recorded-log.ts';
import { SMALL_CENTRE, SMALL_SNAPSHOT } from '../fixtures/small-knowledge.ts';
import { trainHere } from '../fixtures/train-here.ts';

export type TestApp = { app: App; express: App['express']; store: Store; log: RecordedLog };

/** The whole app on the in-memory store and a small knowledge; it ends with the test. */
export async function createTestApp(
  settings: { config?: Partial<Config>; overrides?: AppOverrides } = {},
): Promise<TestApp> {
  const log = recordLog();
  const store = settings.overrides?.store ?? createMemoryStore();
  const config = { ...loadConfig({ PORT: '0' }), ...settings.config };
  const app = await createApp(config, {
    centre: SMALL_CENTRE,
    snapshot: SMALL_SNAPSHOT,
    obtainMatcher: trainHere,
    log: log.log,
    ...settings.overrides,
    store,
  });
  onTestFinished(() => app.stop());
  return { app, express: app.express, store, log };
}
