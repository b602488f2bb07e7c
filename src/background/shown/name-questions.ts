import type { Policy } from '../../core/policy/policy.ts';
import { printable } from '../../core/words/printable.ts';
import type { NameQuestion } from '../../webext/view.ts';
import type { Binding } from '../rules/bindings.ts';
import { otherNames } from '../rules/other-names.ts';
import type { Logins } from '../state/login.ts';

/** Where one answer serves several profiles. A single one is asked about in its entry. */
export const nameQuestions = (logins: Logins, bindings: readonly Binding[], policy: Policy): NameQuestion[] =>
  logins.flatMap((login) =>
    otherNames(login, bindings, policy)
      .filter(({ bound }) => bound.length > 1)
      .map(({ known, given, bound }) => ({
        loginId: login.id,
        issuer: printable(login.issuer),
        known: printable(known),
        given: printable(given),
        profiles: bound.map(({ binding }) => binding.profile),
      })),
  );
