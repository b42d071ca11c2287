import { Worker } from 'node:worker_threads';
import { AppError } from '../errors.ts';
import type { CompiledMatcher, MatcherKnowledge } from '../matcher/compile-matcher.ts';

/**
 * Trains a matcher on a thread of its own: seconds of work, during which this thread goes on answering.
 * @throws AppError `internal` when the thread dies
 */
export function trainInWorker(knowledge: MatcherKnowledge): Promise<CompiledMatcher> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(...workerProgram(knowledge));
    const fail = (cause: unknown) =>
      reject(new AppError('internal', 'The matcher was not trained', { cause }));
    worker.once('message', resolve);
    worker.once('error', fail);
    // Has no effect once the message is there.
    worker.once('exit', code => fail(new Error(`the training thread ended with code ${code}`)));
  });
}

/** The build is plain JavaScript; the sources need tsx, which every thread has to load for itself. */
function workerProgram(workerData: MatcherKnowledge): ConstructorParameters<typeof Worker> {
  const isSource = import.meta.url.endsWith('.ts');
  const file = new URL(`./training-worker.${isSource ? 'ts' : 'js'}`, import.meta.url);
  if (!isSource) return [file, { workerData }];
  const load = `import('tsx/esm/api').then(({ register }) => { register(); return import('${file.href}'); })`;
  return [load, { workerData, eval: true }];
}
