import { unbindIssuer } from '../rules/bindings.ts';
import { setNamesChange } from '../rules/changing-names.ts';
import type { Memory } from '../state/memory.ts';
import { changeSettings, readChosenSettings } from './settings.ts';

/** Drops what the user set for an identity provider: name, link, bindings. What is in the file stays. */
export async function forgetIssuer(memory: Memory, issuer: string): Promise<void> {
  const { issuerNames = {}, signInLinks = {} } = await readChosenSettings(memory);
  const without = (of: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(of).filter(([one]) => one !== issuer));
  await Promise.all([
    changeSettings(memory, { issuerNames: without(issuerNames), signInLinks: without(signInLinks) }),
    setNamesChange(memory, issuer, false),
    unbindIssuer(memory, issuer),
  ]);
}
