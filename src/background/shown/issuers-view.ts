import { printable } from '../../core/words/printable.ts';
import { issuerNames } from '../../webext/issuer-names.ts';
import type { Settings } from '../../webext/settings-schema.ts';
import type { HistoryEntry, View } from '../../webext/view.ts';
import type { Binding } from '../rules/bindings.ts';
import { knownIssuers } from '../settings/known-issuers.ts';
import type { Login } from '../state/login.ts';

interface Met {
  logins: readonly Login[];
  bindings: readonly Binding[];
  settings: Settings;
  changingNames: readonly string[];
  history: readonly HistoryEntry[];
}

/** The issuers that can be set up, and the names of all that are shown. */
export function issuersView(met: Met): Pick<View, 'issuers' | 'issuerNames'> {
  const known = knownIssuers(met);
  const now = met.logins.map(({ issuer }) => issuer);
  const before = met.history.flatMap(({ issuer }) => issuer ?? []);
  // One that cannot be shown as it is could be taken for another.
  const isClear = (issuer: string) => issuer !== '' && printable(issuer) === issuer;
  return {
    issuers: [...new Set([...known, ...now])].filter(isClear).toSorted(),
    issuerNames: issuerNames([...new Set([...known, ...now, ...before])], met.settings.issuerNames),
  };
}
