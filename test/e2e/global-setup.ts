import type { TestProject } from 'vitest/node';
import { startServer } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the product runs during the browser tests, and its one-time link. */
    server: { url: string; setupUrl: string };
  }
}

/** One server for all browser tests: every test has a conversation of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, setupUrl, stop } = await startServer();
  project.provide('server', { url, setupUrl });
  return stop;
}
