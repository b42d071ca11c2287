import { parentPort, workerData } from 'node:worker_threads';
import { compileMatcher } from '../matcher/compile-matcher.ts';

/** The thread of `train-in-worker.ts`: knowledge in, compiled matcher out. */
parentPort?.postMessage(compileMatcher(workerData));
