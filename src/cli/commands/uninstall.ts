import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { printable } from '../../core/words/printable.ts';
import { listProfiles, profilesInCache, removeOnDemand } from '../../credentials-file/index.ts';
import { deleteMoved } from '../../native-host/registration/files/delete-file.ts';
import { readInstallRecord } from '../../native-host/registration/install-record.ts';
import { hostFolder, ownSurroundings } from '../../native-host/registration/system/surroundings.ts';
import { uninstall } from '../../native-host/registration/uninstall.ts';
import { filesOfHost } from '../files/files-of-host.ts';
import { undoProcess } from '../profile-use/undo-process.ts';
import type { Define } from '../program/define.ts';
import { examples } from '../terminal/examples.ts';
import { notEmpty } from '../terminal/not-empty.ts';
import { print } from '../terminal/print.ts';
import { reportFailure } from '../terminal/report-failure.ts';
import { tell } from '../terminal/tell.ts';

export const define: Define = (command) => {
  command
    .description(
      'Remove the native host and its registration from every browser of this user. ' +
        'Written AWS profiles stay; configure-process is undone. ' +
        'The remembered sign-in links are deleted.',
    )
    .option('--user-data-dir <dir>', 'only the registration in this user data folder of Chromium', notEmpty)
    .addHelpText(
      'after',
      examples([
        ['roleferry uninstall', 'everything that install made'],
        ['roleferry uninstall --user-data-dir ~/work-chrome', 'that one registration only'],
      ]),
    )
    .action(async ({ userDataDir }: { userDataDir?: string }) => {
      const result = await uninstall({
        surroundings: ownSurroundings(),
        userDataDir: userDataDir === undefined ? undefined : resolve(userDataDir),
        beforeHostGoes: saveWhatHostKeeps,
      });
      if (!result.ok) return reportFailure(result.failure);
      for (const target of result.value) print(`removed ${printable(target)}\n`);
      for (const file of process.platform === 'win32' ? await deleteMoved() : []) {
        tell(`Windows keeps the program while it runs, as ${printable(file)}: delete it later\n`);
      }
      const folder = hostFolder(ownSurroundings());
      if (userDataDir === undefined && result.value.length > 0 && existsSync(folder)) {
        tell(`${printable(folder)} stays: it contains files that install did not write\n`);
      }
      if (result.value.length === 0) tell('nothing to remove\n');
      else if (userDataDir === undefined) tell('next: remove the Roleferry extension from your browsers\n');
    });
};

/** Saves what is only in the host's folder and would be lost with it, or names it. */
async function saveWhatHostKeeps(): Promise<void> {
  const files = filesOfHost();
  const cut = await removeOnDemand(files);
  if (!cut.ok) await reportFailure(cut.failure);
  else if (cut.value.length > 0) {
    print(`removed ${cut.value.length} on-demand profiles from ${printable(files.configFile)}\n`);
  }
  const listed = await listProfiles(files);
  if (!listed.ok) await reportFailure(listed.failure);
  for (const { name, kind } of listed.ok ? listed.value : []) {
    if (kind !== 'process') continue;
    const undone = await undoProcess(files, name);
    if (undone.ok) print(`${printable(undone.value)}\n`);
    else await reportFailure(undone.failure);
  }
  for (const name of await profilesInCache(files, Date.now())) {
    tell(
      `the credentials of ${printable(name)} (credential_process) are removed: log in again for new ones\n`,
    );
  }
  const links = readInstallRecord(hostFolder(ownSurroundings())).signInLinks ?? [];
  if (links.length > 0) {
    const names = links.map(({ profile }) => profile).join(', ');
    tell(`the sign-in links of ${printable(names)} are forgotten\n`);
  }
}
