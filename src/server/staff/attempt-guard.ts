import { AppError } from '../../errors.ts';

export type AttemptGuard = {
  /**
   * Counts an attempt as failed until told otherwise: a hundred attempts at once count as a hundred.
   * @throws AppError `too-many-attempts` with `details.retryAfterSeconds`.
   */
  begin(key: string): void;
  /** The attempt was right: it no longer counts. `all` forgives the earlier ones too. */
  succeed(key: string, how: 'this' | 'all'): void;
};

/** Beyond the free attempts each one makes the wait twice as long. */
const FIRST_WAIT_SECONDS = 30;
const LONGEST_WAIT_SECONDS = 15 * 60;
/** Failures are forgotten after this long without one. */
const MEMORY_SECONDS = 60 * 60;
/** Keys kept; the one that is longest ago goes first. A flood of invented e-mails must not fill the memory. */
const MAX_KEYS = 10_000;

/** Slows down guessing: `freeAttempts` failures pass, each further one locks the key for longer. */
export function createAttemptGuard(freeAttempts: number, now: () => Date): AttemptGuard {
  const failures = new Map<string, { count: number; at: number }>();

  function begin(key: string): void {
    const seconds = now().getTime() / 1000;
    const known = failures.get(key);
    const earlier = known && seconds - known.at < MEMORY_SECONDS ? known : { count: 0, at: seconds };
    const wait = earlier.at + waitAfter(earlier.count - freeAttempts) - seconds;
    if (wait > 0) throw tooManyAttempts(wait);
    remember(key, { count: earlier.count + 1, at: seconds });
  }

  function succeed(key: string, how: 'this' | 'all'): void {
    const known = failures.get(key);
    if (!known) return;
    if (how === 'all' || known.count <= 1) failures.delete(key);
    else failures.set(key, { ...known, count: known.count - 1 });
  }

  function remember(key: string, failure: { count: number; at: number }): void {
    failures.delete(key);
    failures.set(key, failure);
    const oldest = failures.keys().next().value;
    if (failures.size > MAX_KEYS && oldest !== undefined) failures.delete(oldest);
  }

  return { begin, succeed };
}

/** `excess`: failures beyond the free ones; the free ones cost nothing. */
function waitAfter(excess: number): number {
  return excess < 0 ? 0 : Math.min(FIRST_WAIT_SECONDS * 2 ** excess, LONGEST_WAIT_SECONDS);
}

function tooManyAttempts(wait: number): AppError {
  return new AppError('too-many-attempts', 'Too many failed attempts.', {
    details: { retryAfterSeconds: Math.ceil(wait) },
  });
}
