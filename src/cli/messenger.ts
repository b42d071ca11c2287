import { type CAC, cac } from 'cac';
import { addDoctor } from './messenger/doctor.ts';
import { addReplay } from './messenger/replay.ts';
import { addSetup } from './messenger/setup.ts';
import { addSimulate } from './messenger/simulate.ts';
import { runCommand, usageError } from './run-command.ts';

/** `npm run messenger -- setup | doctor | simulate | replay DIR`: the Facebook page, and trying it without one. */
await runCommand(async () => {
  const cli = cac('messenger');
  addSetup(cli);
  addDoctor(cli);
  addSimulate(cli);
  addReplay(cli);
  cli.help();
  cli.parse(process.argv, { run: false });
  if (cli.options.help) return;
  if (!cli.matchedCommand) throw unknownCommand(cli);
  await cli.runMatchedCommand();
});

function unknownCommand(cli: CAC): Error {
  const known = cli.commands.map(({ name }) => name).join(', ');
  const asked = cli.args[0];
  return usageError(asked ? `unknown command "${asked}"; known are ${known}` : `name a command: ${known}`);
}
