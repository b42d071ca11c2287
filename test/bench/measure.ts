import { EngineClient, NotFinished } from './engine-client.ts';
import type { Answer } from './engine-process.ts';
import type { EngineName } from './engines.ts';
import type { BenchData, Origin, Query, Writing } from './phrases.ts';

/** What each engine may take at each size, in seconds; queries: all of them together, warming up apart. */
export type Budgets = { buildSeconds: number; querySeconds: number };

export type Measurement = {
  engine: EngineName;
  /** Why the figures are missing or those of fewer queries; null for an engine that finished. */
  notFinished: string | null;
  /** How many queries were answered. */
  answered: number;
  /** Shares 0–1 of the answered: the right topic first, among the first three different topics; null without any. */
  top1: number | null;
  top3: number | null;
  /** Of the queries of each writing, and of those about own topics and about copies. */
  top1Of: Partial<Record<Writing | Origin, number | null>>;
  p50Micros: number | null;
  p99Micros: number | null;
  buildMilliseconds: number | null;
  /** What the built engine keeps: heap and typed arrays. */
  megabytes: number | null;
};

/** Small, so that a busy moment of the machine hits all engines alike. */
const QUERIES_IN_A_ROW = 50;
const WARM_UP_MILLISECONDS = 5_000;

/**
 * Builds the engines one after another, each in a process of its own; then asks all of them the same few queries in
 * turn, until each has had every query once or is over its time.
 */
export async function measureEngines(
  names: readonly EngineName[],
  data: BenchData,
  budgets: Budgets,
  progress: (line: string) => void,
): Promise<Measurement[]> {
  const runs: Run[] = [];
  for (const engine of names) {
    progress(`building ${engine}`);
    runs.push(await buildEngine(engine, data, budgets));
  }
  for (let from = 0; from < data.queries.length; from += QUERIES_IN_A_ROW) {
    progress(`asking ${from} of ${data.queries.length}`);
    for (const run of runs)
      await askSome(run, data.queries.slice(from, from + QUERIES_IN_A_ROW), data.queries.length, budgets);
  }
  for (const { client } of runs) client?.stop();
  return runs.map(run => toMeasurement(run, data.queries));
}

type Run = {
  engine: EngineName;
  /** Null once it is over. */
  client: EngineClient | null;
  built: { milliseconds: number; bytes: number } | null;
  notFinished: string | null;
  /** To the first queries, in their order. */
  answers: Answer[];
};

async function buildEngine(engine: EngineName, data: BenchData, { buildSeconds }: Budgets): Promise<Run> {
  const run: Run = { engine, client: null, built: null, notFinished: null, answers: [] };
  await orNotFinished(run, async () => {
    run.client = await EngineClient.start(engine);
    run.built = await run.client.build(data.knowledge, buildSeconds);
    await run.client.ask(data.warmUp, WARM_UP_MILLISECONDS);
  });
  return run;
}

async function askSome(run: Run, queries: Query[], total: number, { querySeconds }: Budgets): Promise<void> {
  const { client } = run;
  if (!client) return;
  await orNotFinished(run, async () => {
    const left = querySeconds * 1000 - milliseconds(run.answers);
    const answers =
      left > 0
        ? await client.ask(
            queries.map(({ text }) => text),
            left,
          )
        : [];
    run.answers.push(...answers);
    if (answers.length < queries.length)
      throw new NotFinished(`${run.answers.length} of ${total} queries in ${querySeconds} s`);
  });
}

async function orNotFinished(run: Run, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof NotFinished)) throw error;
    run.notFinished = error.message;
    run.client?.stop();
    run.client = null;
  }
}

function milliseconds(answers: readonly Answer[]): number {
  return answers.reduce((sum, { micros }) => sum + micros, 0) / 1000;
}

function toMeasurement({ engine, built, notFinished, answers }: Run, queries: readonly Query[]): Measurement {
  const judged = answers.map(({ topicIds, micros }, i) => {
    const { topicId, writing, origin } = queries[i] as Query;
    return {
      isFirst: topicIds[0] === topicId,
      isAmong: topicIds.includes(topicId),
      groups: [writing, origin] as const,
      micros,
    };
  });
  const sorted = judged.map(({ micros }) => micros).sort((a, b) => a - b);
  const groups = [...new Set(judged.flatMap(answer => answer.groups))];
  return {
    engine,
    notFinished,
    answered: judged.length,
    top1: share(judged, ({ isFirst }) => isFirst),
    top3: share(judged, ({ isAmong }) => isAmong),
    top1Of: Object.fromEntries(
      groups.map(group => {
        const answers = judged.filter(answer => answer.groups.includes(group));
        return [group, share(answers, ({ isFirst }) => isFirst)];
      }),
    ),
    p50Micros: quantile(sorted, 0.5),
    p99Micros: quantile(sorted, 0.99),
    buildMilliseconds: built?.milliseconds ?? null,
    megabytes: built ? built.bytes / 2 ** 20 : null,
  };
}

function share<T>(items: readonly T[], test: (item: T) => boolean): number | null {
  return items.length === 0 ? null : items.filter(test).length / items.length;
}

/** Of sorted numbers; null where there are none. */
function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
}
