import { openLowdbStore } from '../../src/stores/lowdb/lowdb-store.ts';
import { aSession, aTurn } from '../contracts/store-samples.ts';

/** The process that `kill.test.ts` kills: commits turns without end, eight at a time, and prints each acknowledged id. */
const [directory = '', run = ''] = process.argv.slice(2);
const warnings: string[] = [];
const store = await openLowdbStore({ directory, warn: message => warnings.push(message) });
console.log(`open ${JSON.stringify(warnings)}`);

let next = 0;
await Promise.all(Array.from({ length: 8 }, commitWithoutEnd));

async function commitWithoutEnd(): Promise<void> {
  for (;;) {
    const turn = aTurn({ id: `run-${run}-turn-${next++}` });
    await store.conversations.commitTurn({ turn, session: aSession(), unanswered: null });
    console.log(turn.id);
  }
}
