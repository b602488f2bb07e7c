import type { Settings } from '../../webext/settings-schema.ts';
import type { Binding } from '../rules/bindings.ts';

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
