import { cac } from 'cac';
import { loadConfig } from '../config.ts';
import { groupQuestions } from '../review/group-questions.ts';
import { readUnanswered } from '../stores/lowdb/lowdb-store.ts';
import { runCommand } from './run-command.ts';

/** `npm run review`: the questions that were not answered, grouped. Takes no lock and writes nothing. */
await runCommand(async () => {
  const cli = cac('review');
  cli.option('--json', 'Print JSON');
  cli.help();
  const { options } = cli.parse();
  if (options.help) return;
  const clusters = groupQuestions(await readUnanswered(loadConfig(process.env).dataDir));
  if (options.json) console.log(JSON.stringify(clusters));
  else
    for (const { questions, wording, lastSeen } of clusters)
      console.log(`${questions.length}\t${lastSeen}\t${wording}`);
});
