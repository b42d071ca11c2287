import { AppError } from '../errors.ts';

/** The command was called wrongly: one line, exit code 2. */
class UsageError extends Error {}

/** To be thrown where the command was called wrongly. */
export function usageError(message: string): Error {
  return new UsageError(message);
}

/** Runs a command; an expected failure is one line on standard error, never a stack trace. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    if (!(error instanceof Error) || !isExpected(error)) throw error;
    console.error(error.message);
    process.exitCode = error instanceof AppError ? 1 : 2;
  }
}

function isExpected(error: Error): boolean {
  return error instanceof UsageError || error instanceof AppError || error.name === 'CACError';
}
