import type { Search } from './engine.ts';
import { ENGINES, isEngineName } from './engines.ts';
import type { BenchKnowledge } from './phrases.ts';

/**
 * One engine in a process of its own, so that its memory can be told and a hang be ended. Its name is the one
 * argument; then it builds and answers as it is told.
 */

export type Order =
  | { kind: 'build'; knowledge: BenchKnowledge }
  /** Stops after the query that passes `milliseconds`. */
  | { kind: 'ask'; texts: string[]; milliseconds: number };

export type Report =
  | { kind: 'ready' }
  | { kind: 'built'; milliseconds: number; bytes: number }
  | { kind: 'answers'; answers: Answer[] };

/** The first three different topics, and the time until all found were known. */
export type Answer = { topicIds: string[]; micros: number };

const TOPICS_TOLD = 3;

/** Loads the engine, then obeys. */
async function main(name: string): Promise<void> {
  if (!isEngineName(name)) throw new Error(`There is no engine ${name}`);
  const engine = await ENGINES[name]();
  const bytesBefore = bytesInUse();
  let search: Search | null = null;
  process.on('message', async (order: Order) => {
    if (order.kind === 'ask') return report({ kind: 'answers', answers: await answerAll(order, search) });
    const start = performance.now();
    search = await engine.build(order.knowledge);
    const milliseconds = performance.now() - start;
    // What the engine keeps counts, what it was told does not.
    order.knowledge = {
      topics: [],
      catalogue: [],
      facets: order.knowledge.facets,
      lexicon: order.knowledge.lexicon,
    };
    report({ kind: 'built', milliseconds, bytes: bytesInUse() - bytesBefore });
  });
  process.on('disconnect', () => process.exit());
  report({ kind: 'ready' });
}

async function answerAll(
  { texts, milliseconds }: Order & { kind: 'ask' },
  search: Search | null,
): Promise<Answer[]> {
  if (!search) throw new Error('The engine is asked before it is built');
  const end = performance.now() + milliseconds;
  const answers: Answer[] = [];
  for (const text of texts) {
    if (performance.now() > end) break;
    const start = performance.now();
    const found = search(text);
    const topicIds = found instanceof Promise ? await found : found;
    const micros = (performance.now() - start) * 1000;
    answers.push({ topicIds: firstDifferent(topicIds, TOPICS_TOLD), micros });
  }
  return answers;
}

function firstDifferent(topicIds: readonly string[], count: number): string[] {
  const different = new Set<string>();
  for (const id of topicIds) {
    different.add(id);
    if (different.size === count) break;
  }
  return [...different];
}

/** The heap and the typed arrays, once nothing is left to collect. */
function bytesInUse(): number {
  if (!globalThis.gc) throw new Error('Run node with --expose-gc: memory is told after a collection');
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function report(message: Report): void {
  // Nobody is there to hear an error of the channel: the bench has ended.
  process.send?.(message, undefined, undefined, error => error && process.exit(1));
}

await main(process.argv[2] ?? '');
