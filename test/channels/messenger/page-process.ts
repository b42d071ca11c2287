import { createApp } from '../../../src/app.ts';
import { loadConfig } from '../../../src/config.ts';
import { SMALL_CENTRE, SMALL_SNAPSHOT } from '../../fixtures/small-knowledge.ts';
import { trainHere } from '../../fixtures/train-here.ts';

/** The process that `kill.test.ts` kills: the whole app on the data directory of its environment. Prints its address. */
const app = await createApp(loadConfig(process.env), {
  centre: SMALL_CENTRE,
  snapshot: SMALL_SNAPSHOT,
  obtainMatcher: trainHere,
});
const { url } = await app.start();
console.log(url);
