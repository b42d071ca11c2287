import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer, Order, Report } from './engine-process.ts';
import type { EngineName } from './engines.ts';
import type { BenchKnowledge } from './phrases.ts';

const PROGRAM = fileURLToPath(new URL('./engine-process.ts', import.meta.url));
/** An engine that needs a larger heap is reported as not finished. */
const HEAP_MEGABYTES = 8192;
/** Beyond its time an engine may finish the query that it is at. */
const GRACE_MILLISECONDS = 60_000;

/** Why an engine did not finish, in words for the table. */
export class NotFinished extends Error {}

/** An engine that runs in a process of its own. */
export class EngineClient {
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.child = child;
  }

  static async start(name: EngineName): Promise<EngineClient> {
    const child = fork(PROGRAM, [name], {
      execArgv: [...process.execArgv, `--max-old-space-size=${HEAP_MEGABYTES}`],
      serialization: 'advanced',
    });
    const client = new EngineClient(child);
    await client.next('ready', GRACE_MILLISECONDS, 'not loaded');
    return client;
  }

  /** @throws NotFinished after `seconds`, and when the process dies. */
  async build(knowledge: BenchKnowledge, seconds: number): Promise<{ milliseconds: number; bytes: number }> {
    this.send({ kind: 'build', knowledge });
    return this.next('built', seconds * 1000, `not built in ${seconds} s`);
  }

  /**
   * Answers in the order of the texts; fewer when the time is over.
   * @throws NotFinished when not even the query under way ends, and when the process dies.
   */
  async ask(texts: string[], milliseconds: number): Promise<Answer[]> {
    this.send({ kind: 'ask', texts, milliseconds });
    const { answers } = await this.next('answers', milliseconds + GRACE_MILLISECONDS, 'stuck in a query');
    return answers;
  }

  stop(): void {
    this.child.kill('SIGKILL');
  }

  private send(order: Order): void {
    if (this.child.connected) this.child.send(order);
  }

  private next<K extends Report['kind']>(
    kind: K,
    milliseconds: number,
    late: string,
  ): Promise<Report & { kind: K }> {
    return new Promise((resolve, reject) => {
      const fail = (reason: string) => {
        settle();
        this.stop();
        reject(new NotFinished(reason));
      };
      const onMessage = (report: Report) => {
        if (report.kind !== kind) return;
        settle();
        resolve(report as Report & { kind: K });
      };
      const onExit = (code: number | null, signal: string | null) =>
        fail(`ended by itself (${signal ?? `code ${code}`}; heap of at most ${HEAP_MEGABYTES} MB)`);
      const timer = setTimeout(() => fail(late), milliseconds);
      const settle = () => {
        clearTimeout(timer);
        this.child.off('message', onMessage);
        this.child.off('exit', onExit);
      };
      this.child.on('message', onMessage);
      this.child.on('exit', onExit);
    });
  }
}
