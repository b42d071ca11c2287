import { randomUUID } from 'node:crypto';
import { type App, createApp } from './app.ts';
import { loadConfig } from './config.ts';
import { AppError } from './errors.ts';
import { createLog, type Log } from './log.ts';
import { refuseTakenPort } from './server/listen.ts';

await main();

/** The process: environment in, ready line out, signals. Logs go to standard error, lines for people to standard output. */
async function main(): Promise<void> {
  try {
    const config = loadConfig(process.env);
    const log = createLog(config.logLevel);
    survive(log);
    await refuseTakenPort(config.port);
    const app = await createApp(config, { log });
    stopOnSignals(app, log);
    const { url, setupUrl } = await app.start();
    process.stdout.write(`Motcua is ready: ${url}\n`);
    if (setupUrl)
      process.stdout.write(`Set up the first admin (valid for 24 hours, works once): ${setupUrl}\n`);
  } catch (error) {
    process.stderr.write(`Motcua cannot start. ${explain(error)}\n`);
    process.exit(1);
  }
}

/** What an operator can do something about has its own words; anything else is a fault of ours, with its stack. */
function explain(error: unknown): string {
  if (error instanceof AppError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The first signal drains, the second one ends the process at once. */
function stopOnSignals(app: App, log: Log): void {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      log.info({ signal }, 'stopping');
      void exitAfterStop(app, log, 0);
    });
  }
  process.on('uncaughtException', err => {
    log.error({ err, errorId: randomUUID() }, 'an error that nobody caught; stopping');
    if (stopping) process.exit(1);
    stopping = true;
    void exitAfterStop(app, log, 1);
  });
}

async function exitAfterStop(app: App, log: Log, code: number): Promise<void> {
  try {
    await app.stop();
    process.exit(code);
  } catch (err) {
    log.error({ err, errorId: randomUUID() }, 'the stop failed');
    process.exit(1);
  }
}

/** A rejection that nobody handled concerns one request or one turn: the others go on. */
function survive(log: Log): void {
  process.on('unhandledRejection', err => {
    log.error({ err, errorId: randomUUID() }, 'a rejection that nobody handled');
  });
}
