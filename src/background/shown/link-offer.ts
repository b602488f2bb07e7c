import { parseRoleArn, sameOffer } from '../../core/aws/role.ts';
import { signInLinkOf } from '../../core/diagnosis/sign-in-link.ts';
import { printable } from '../../core/words/printable.ts';
import type { Settings } from '../../webext/settings-schema.ts';
import type { View } from '../../webext/view.ts';
import type { Binding } from '../rules/bindings.ts';
import { type Login, profileWith } from '../state/login.ts';

/**
 * The newest login's identity provider that a profile was saved from, or made on demand, and that has no sign-in link, with the link as far
 * as it can be told; nothing where the user declined. Others' logins are saved by nobody, so they offer none.
 */
export function linkOffer(
  logins: readonly Login[],
  bindings: readonly Binding[],
  { signInLinks }: Settings,
  declined: readonly string[],
): Pick<View, 'linkOffer'> {
  const lacksLink = (issuer: string) =>
    !Object.hasOwn(signInLinks, issuer) && !declined.includes(issuer) && printable(issuer) === issuer;
  for (const { issuer, sessions, roles } of logins) {
    const bound = bindings.filter((one) => one.issuer === issuer);
    const [binding] = bound;
    // On-demand profiles hang on the link even before they are written.
    const isSaved =
      sessions.some((session) => profileWith(session) !== undefined) ||
      bound.some(({ onDemand, ...one }) => onDemand && roles.some((role) => sameOffer(role, one)));
    if (binding === undefined || !isSaved || !lacksLink(issuer)) continue;
    const partition = parseRoleArn(binding.roleArn)?.partition ?? 'aws';
    return { linkOffer: { issuer, link: signInLinkOf(issuer, partition) ?? '' } };
  }
  return {};
}
