/** Runs tasks in the order of the calls, each after the one before has ended, well or badly. */
export type OneAtATime = <T>(task: () => Promise<T>) => Promise<T>;

export function oneAtATime(): OneAtATime {
  let last: Promise<unknown> = Promise.resolve();
  return task => {
    const mine = last.then(task, task);
    last = mine.catch(() => {});
    return mine;
  };
}
