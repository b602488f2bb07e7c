import { printable } from '../../core/words/printable.ts';
import { issuerName, issuerNames } from '../../webext/issuer-names.ts';
import type { Settings } from '../../webext/settings-schema.ts';
import { type Binding, shownBindings } from '../rules/bindings.ts';
import { readChangingNames } from '../rules/changing-names.ts';
import type { Memory } from '../state/memory.ts';
import { readStandingSettings } from './settings.ts';

/** Issuers that the user has dealt with, not those that anyone can post a login of; sorted, so that their names stay. */
export const knownIssuers = ({
  bindings,
  settings,
  changingNames,
}: {
  bindings: readonly Binding[];
  settings: Settings;
  changingNames: readonly string[];
}): string[] =>
  [
    ...bindings.map(({ issuer }) => issuer),
    ...Object.keys(settings.issuerNames),
    ...Object.keys(settings.signInLinks),
    ...changingNames,
  ].toSorted();

/** The name of an issuer, as the pages show it. */
export async function readIssuerName(memory: Memory, issuer: string): Promise<string> {
  const [bindings, settings, changingNames] = await Promise.all([
    shownBindings(memory),
    readStandingSettings(memory),
    readChangingNames(memory),
  ]);
  const known = knownIssuers({ bindings, settings, changingNames });
  return issuerName(issuerNames([...known, issuer], settings.issuerNames), printable(issuer));
}
