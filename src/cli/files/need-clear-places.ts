import { type Command, CommanderError } from 'commander';

/** Stops each command of `program` that `worksOnFiles` if it is unclear where the AWS files are. */
export function needClearPlaces(program: Command, worksOnFiles: (command: string) => boolean): Command {
  return program.hook('preAction', async (_, command) => {
    if (!worksOnFiles(command.name())) return;
    // Help and the like need none of it.
    const { placesFailure } = await import('../../credentials-file/index.ts');
    const unclear = placesFailure(process.env, process.platform);
    if (unclear === undefined) return;
    const { reportFailure } = await import('../terminal/report-failure.ts');
    await reportFailure(unclear);
    // The exit code is set: commander is to go no further.
    throw new CommanderError(0, 'roleferry.failed', '');
  });
}
