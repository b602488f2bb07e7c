import { printable } from '../../core/words/printable.ts';
import { accountWords } from '../../webext/account-words.ts';
import { issuerName, issuerNames } from '../../webext/issuer-names.ts';
import type { Names } from '../rules/binding-refusal.ts';
import { shownBindings } from '../rules/bindings.ts';
import { readChangingNames } from '../rules/changing-names.ts';
import { readLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';
import { knownIssuers } from './known-issuers.ts';
import { readStandingSettings } from './settings.ts';

/** The names in effect. No two issuers of bindings and logins are called alike. */
export async function readNames(memory: Memory): Promise<Names> {
  const [bindings, settings, changingNames, logins] = await Promise.all([
    shownBindings(memory),
    readStandingSettings(memory),
    readChangingNames(memory),
    readLogins(memory),
  ]);
  const known = knownIssuers({ bindings, settings, changingNames });
  const met = [...known, ...logins.map(({ issuer }) => issuer)];
  return {
    account: (id) => accountWords(settings, id),
    issuer: (issuer) => issuerName(issuerNames([...met, issuer], settings.issuerNames), printable(issuer)),
  };
}
