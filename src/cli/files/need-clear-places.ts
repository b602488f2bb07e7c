import { type Command, CommanderError } from 'commander';
import { placesFailure } from '../../credentials-file/index.ts';
import { reportFailure } from '../terminal/report-failure.ts';

/** Stops each command of `program` that `worksOnFiles` if it is unclear where the AWS files are. */
export function needClearPlaces(program: Command, worksOnFiles: (command: string) => boolean): Command {
  return program.hook('preAction', (_, command) => {
    const unclear = placesFailure(process.env, process.platform);
    if (unclear === undefined || !worksOnFiles(command.name())) return;
    reportFailure(unclear);
    // The exit code is set: commander is to go no further.
    throw new CommanderError(0, 'roleferry.failed', '');
  });
}
