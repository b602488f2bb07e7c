import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { hostProcesses, type Popup, type Stage } from '../e2e/stage.ts';
import { soon } from '../soon.ts';

/** Kills the native host while it writes alice's login automatically: the popup says so, and the file is unchanged. */
export async function killHostDuringWrite(stage: Stage, popup: Popup): Promise<void> {
  const fileOrNothing = () => readFile(stage.home.credentialsFile, 'utf8').catch(() => '');
  const before = await fileOrNothing();
  const lock = await stage.holdWrites();
  await stage.logIn('alice');
  await popup.reads('Saving…');
  // Said before the host is asked, which may have to be started for it.
  await expect.poll(() => hostProcesses(stage), soon).not.toEqual([]);
  for (const pid of await hostProcesses(stage)) process.kill(pid, 'SIGKILL');
  await popup.reads('The Roleferry host stopped before it answered');
  expect(await fileOrNothing()).toBe(before);
  await lock.release();
}
