import { printable } from '../../../core/words/printable.ts';
import { changeInstallRecord, readInstallRecord } from '../../../native-host/registration/install-record.ts';
import { hostFolder, ownSurroundings } from '../../../native-host/registration/system/surroundings.ts';
import { callOf, type ProgramName } from './call-of.ts';
import { ofProcess } from './of-process.ts';

/**
 * How to call a program of this copy again in the shell that it was called from. What AWS tools run is a copy without the
 * command line beside it: that is called as it was when it made the copy.
 */
export const callHere = (name: ProgramName = 'roleferry'): string =>
  printable(callOf(name, ofProcess()) ?? readInstallRecord(hostFolder(ownSurroundings())).command ?? name);

/** Notes how to call this copy from any folder, for what AWS tools run. Without the note it is called by its name. */
export async function noteCall(): Promise<void> {
  const command = callOf('roleferry', { ...ofProcess(), folder: undefined });
  if (command === undefined) return;
  const folder = hostFolder(ownSurroundings());
  if (readInstallRecord(folder).command === command) return;
  await changeInstallRecord(folder, (record) => ({ ...record, command }));
}
