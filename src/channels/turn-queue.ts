import { AppError } from '../errors.ts';

export type TurnQueue = {
  /**
   * Runs the job when all earlier ones with this key are done; keys run side by side.
   * @throws AppError `rate-limited` when too many wait already.
   */
  run<T>(key: string, job: () => Promise<T>): Promise<T>;
  /** Resolves when nothing runs or waits. */
  drain(): Promise<void>;
};

/** One job at a time per key, in order of arrival; at most `waitingLimit` wait behind the one that runs. */
export function createTurnQueue(waitingLimit: number): TurnQueue {
  const lanes = new Map<string, { last: Promise<unknown>; jobs: number }>();

  async function run<T>(key: string, job: () => Promise<T>): Promise<T> {
    const lane = lanes.get(key) ?? { last: Promise.resolve(), jobs: 0 };
    if (lane.jobs > waitingLimit) {
      throw new AppError('rate-limited', `More than ${waitingLimit} messages wait in one conversation.`);
    }
    lane.jobs += 1;
    lanes.set(key, lane);
    const result = lane.last.then(job);
    lane.last = result
      .catch(() => {})
      .then(() => {
        lane.jobs -= 1;
        if (lane.jobs === 0) lanes.delete(key);
      });
    return result;
  }

  async function drain(): Promise<void> {
    while (lanes.size > 0) await Promise.all([...lanes.values()].map(lane => lane.last));
  }

  return { run, drain };
}
