import { type Role, sameRole, sessionNameOf } from '../../core/aws/role.ts';
import { failure } from '../../core/failure.ts';
import { isBoundBy } from '../../core/profile/binding.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { askHost } from '../host/host-port.ts';
import { refreshHostProfiles } from '../host/host-profiles.ts';
import { hostStatus, hostUnderstands } from '../host/host-status.ts';
import { inTurn } from '../profiles/write-profiles.ts';
import { bindingRefusal } from '../rules/binding-refusal.ts';
import { type Binding, bindAll, keyOf } from '../rules/bindings.ts';
import { fixedRegion } from '../rules/fixed-region.ts';
import { readPolicy } from '../rules/read-policy.ts';
import { readRules } from '../settings/read-rules.ts';
import { readSettings } from '../settings/settings.ts';
import { happening, noteForGood } from '../state/history.ts';
import { findLogin, type Login } from '../state/login.ts';
import { readLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';

/** A role of a login, and the name of the profile to make for it. */
export interface WantedProfile {
  role: Role;
  profile: string;
  region?: string;
}

/**
 * Makes on-demand profiles for roles of a login, all or none: STS is asked once a tool uses one. They are bound under the
 * name of this login. Failures: `credentials-expired` if the login has not all of the roles, `writing-off`, those of
 * `bindingRefusal`, and the host's.
 */
export async function makeOnDemand(
  memory: Memory,
  loginId: string,
  wanted: readonly WantedProfile[],
): Promise<Result<void>> {
  const login = findLogin(await readLogins(memory), loginId);
  const isOffered = ({ role }: WantedProfile) => login?.roles.some((offered) => sameRole(offered, role));
  if (login === undefined || !wanted.every(isOffered)) return failed(failure('credentials-expired'));
  const [settings, rules] = await Promise.all([readSettings(memory), readRules(memory)]);
  if (settings.behaviour === 'never') return failed(failure('writing-off'));
  const app = appOf(login, rules.bindings);
  const made = wanted.map((one) => ({ ...bindingOf(login, one), ...(app === undefined ? {} : { app }) }));
  for (const one of made) {
    const refusal = bindingRefusal(one, { profile: one.profile }, rules);
    if (refusal !== undefined) return failed(refusal);
  }
  return makeProfiles(memory, made);
}

/**
 * Has the host make on-demand profiles, all or none, and binds them. Their region is the administrator's, else the one of
 * the binding. Failures: `host-older`, and the host's.
 */
export async function makeProfiles(memory: Memory, made: readonly Binding[]): Promise<Result<void>> {
  if (!(await hostUnderstands(memory, 'on-demand'))) {
    const status = hostStatus(memory);
    return failed(status.state === 'failed' ? status.failure : failure('host-older'));
  }
  const policy = await readPolicy(memory);
  const profiles = made.map(({ profile: name, roleArn, ...binding }) => {
    const region = fixedRegion(policy, roleArn) ?? binding.region;
    return { name, ...(region === undefined ? {} : { region }) };
  });
  return inTurn(memory, async () => {
    const answer = await askHost(memory, 'make-on-demand', { profiles });
    if (!answer.ok) return answer;
    await bindAll(memory, made);
    void refreshHostProfiles(memory);
    await noteForGood(memory, happening('write', { ...whatOf(made), profile: named(made) }));
    return ok(undefined);
  });
}

/** The application of which an earlier login made profiles of these roles, else a new one. */
function appOf(login: Login, bindings: readonly Binding[]): string | undefined {
  const known = bindings.find(
    (one) => one.onDemand && login.roles.some((role) => isBoundBy(one, keyOf(login, role))),
  );
  return known === undefined ? crypto.randomUUID() : known.app;
}

/** The name is the one that STS has confirmed for the login, else the one that it claims: another one is never written. */
function bindingOf(login: Login, { role, profile, region }: WantedProfile): Binding {
  const confirmed = login.sessions.find((session) => session.step === 'ready');
  const sessionName = confirmed?.step === 'ready' ? sessionNameOf(confirmed.principalArn) : login.sessionName;
  return {
    ...keyOf(login, role),
    profile,
    sessionName,
    ...(region === undefined ? {} : { region }),
    onDemand: true,
  };
}

/** The role of the only one; of several, what all have in common. */
function whatOf([first, ...others]: readonly Binding[]) {
  if (first === undefined) return {};
  const { issuer, roleArn, sessionPolicy } = first;
  return others.length === 0 ? { issuer, roleArn, sessionPolicy } : { issuer };
}

/** One entry of the history tells of all. */
function named(profiles: readonly { profile: string }[]): string {
  const [first, ...others] = profiles.map(({ profile }) => profile);
  return others.length === 0 ? `${first}` : `${first} … ${others.at(-1)} (${profiles.length})`;
}
