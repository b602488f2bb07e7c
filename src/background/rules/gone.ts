import type { Role } from '../../core/aws/role.ts';
import { isSameContainer } from '../../core/profile/binding.ts';
import type { Login } from '../state/login.ts';
import { type Binding, isOfName } from './bindings.ts';

/** What a login says about on-demand profiles. */
interface Offer {
  login: Login;
  roles: ReadonlySet<string>;
  /** The applications at the identity provider that it could be of. */
  apps: ReadonlySet<string | undefined>;
}

/**
 * Tells which on-demand profiles the identity provider no longer offers: the newest login that says something about
 * one does not have its role. Of several applications with one entity id, a login tells only of its own, and one with a
 * single role may be the user's choice (docs/decisions/0073). Any page may have sent a login, so this is only to be shown.
 */
export function goneFrom(
  logins: readonly Login[],
  bindings: readonly Binding[],
): (binding: Binding) => boolean {
  const offers = logins.filter(({ encrypted }) => !encrypted).map((login) => offerOf(login, bindings));
  return (binding) => {
    const offer = offers.find(
      ({ login, roles, apps }) =>
        couldOffer(login, binding) &&
        (roles.has(offerKey(binding)) || (roles.size > 1 && apps.has(binding.app))),
    );
    return offer !== undefined && !offer.roles.has(offerKey(binding));
  };
}

function offerOf(login: Login, bindings: readonly Binding[]): Offer {
  const roles = new Set(login.roles.map(offerKey));
  const known = bindings.filter((one) => one.onDemand && couldOffer(login, one) && roles.has(offerKey(one)));
  return { login, roles, apps: new Set(known.map(({ app }) => app)) };
}

const couldOffer = (login: Login, binding: Binding): boolean =>
  login.issuer === binding.issuer && isSameContainer(login, binding) && isOfName(binding, login.sessionName);

/** The same for a role and those with fewer rights. */
const offerKey = ({ roleArn, providerArn }: Role): string => `${roleArn} ${providerArn}`;
