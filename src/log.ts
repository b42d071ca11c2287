import { type DestinationStream, type Logger, pino } from 'pino';

/**
 * The process's log: ids, outcomes, durations; never a citizen's words, an address or a secret.
 * ERROR means that somebody must act.
 */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** JSON lines on standard error: standard output is for the people who start the process. */
export function createLog(level: string, destination: DestinationStream = standardError()): Log {
  return pino(
    {
      level,
      base: undefined,
      formatters: { level: label => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describeError },
      redact: { paths: NEVER_LOGGED, censor: '[removed]' },
    },
    destination,
  );
}

/** The second line of defence: nobody passes these to the log, and if somebody does, they do not get in. */
const NEVER_LOGGED = [
  'text',
  'question',
  'reply',
  'name',
  'email',
  'password',
  'token',
  'cookie',
  'ip',
  'personId',
  'body',
  'headers',
].flatMap(key => [key, `*.${key}`]);

/**
 * An error without the properties that libraries hang on it: body-parser's carry the raw body,
 * the database's the row.
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: typeof error };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    code,
    message: error.message,
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

function standardError(): DestinationStream {
  // Synchronous: the last line before an exit is the one that matters.
  return pino.destination({ dest: 2, sync: true });
}
