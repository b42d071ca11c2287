/** What has to be done for one person, and when they did it. */
type Task = { personId: string; at: number };

export type PersonLanes<T extends Task> = {
  add(tasks: readonly T[]): void;
  /** How many wait or run for a person. */
  lengthOf(personId: string): number;
  /** Tries again what was put off. */
  retry(): void;
  /** Begins nothing more; resolves when what runs has ended. */
  stop(): Promise<void>;
};

type Lane<T> = { waiting: T[]; state: 'waiting' | 'running' | 'put-off' };

/**
 * One task at a time per person, the earliest first; people side by side, at most `atOnce` of them.
 * A task that is put off (`later`) stays the first of its lane, and what is behind it waits with it.
 */
export function createPersonLanes<T extends Task>(
  work: (task: T) => Promise<'done' | 'later'>,
  atOnce: number,
): PersonLanes<T> {
  const lanes = new Map<string, Lane<T>>();
  const ready: Lane<T>[] = [];
  const running = new Set<Promise<void>>();
  let stopped = false;

  function add(tasks: readonly T[]): void {
    for (const task of tasks) {
      const lane = lanes.get(task.personId);
      if (lane) insertByTime(lane.waiting, task, lane.state === 'running' ? 1 : 0);
      else makeReady(open(task));
    }
    run();
  }

  function open(task: T): Lane<T> {
    const lane: Lane<T> = { waiting: [task], state: 'waiting' };
    lanes.set(task.personId, lane);
    return lane;
  }

  function makeReady(lane: Lane<T>): void {
    lane.state = 'waiting';
    ready.push(lane);
  }

  function run(): void {
    while (!stopped && running.size < atOnce) {
      const lane = ready.shift();
      if (!lane) return;
      const turn = runFirst(lane).finally(() => {
        running.delete(turn);
        run();
      });
      running.add(turn);
    }
  }

  async function runFirst(lane: Lane<T>): Promise<void> {
    const [task] = lane.waiting;
    if (!task) return;
    lane.state = 'running';
    if ((await work(task)) === 'later') {
      lane.state = 'put-off';
      return;
    }
    lane.waiting.shift();
    if (lane.waiting.length > 0) makeReady(lane);
    else lanes.delete(task.personId);
  }

  return {
    add,
    lengthOf: personId => lanes.get(personId)?.waiting.length ?? 0,
    retry() {
      for (const lane of lanes.values()) if (lane.state === 'put-off') makeReady(lane);
      run();
    },
    async stop() {
      stopped = true;
      while (running.size > 0) await Promise.all(running);
    },
  };
}

/** `from`: what stands before it has begun and is not overtaken. */
function insertByTime<T extends Task>(waiting: T[], task: T, from: number): void {
  const later = waiting.findIndex((other, i) => i >= from && other.at > task.at);
  waiting.splice(later === -1 ? waiting.length : later, 0, task);
}
