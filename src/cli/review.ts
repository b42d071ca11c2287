import { cac } from 'cac';
import { loadConfig } from '../config.ts';
import { vietnamDay } from '../domain/vietnam-day.ts';
import { type Cluster, groupQuestions } from '../review/group-questions.ts';
import { readUnanswered } from '../stores/lowdb/lowdb-store.ts';
import { runCommand } from './run-command.ts';

/** `npm run review`: the questions that were not answered, grouped. Takes no lock and writes nothing. */
const LONGEST_WORDING = 160;

await runCommand(async () => {
  const cli = cac('review');
  cli.option('--json', 'Print JSON');
  cli.help();
  const { options } = cli.parse();
  if (options.help) return;
  const clusters = groupQuestions(await readUnanswered(loadConfig(process.env).dataDir));
  if (options.json) console.log(JSON.stringify(clusters));
  else console.log(clusters.map(toLine).join('\n') || 'No unanswered questions.');
});

/** How often, the day last seen in Vietnam, why, and the wording on one line. */
function toLine({ questions, wording, lastSeen }: Cluster): string {
  const reasons = [...new Set(questions.map(({ reason }) => reason))].join(',');
  const day = vietnamDay(new Date(lastSeen));
  return [questions.length, day, reasons, wording.replace(/\s+/g, ' ').slice(0, LONGEST_WORDING)].join('\t');
}
