import { type Failure, failure } from '../core/failure.ts';
import { profileNameFailure } from '../core/profile-name.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { parseRoleArn, providerName, type Role, sameRole } from '../core/role.ts';
import { type BindingKey, bind, isBoundBy, keyOf, readBindings } from './bindings.ts';
import { askHost } from './host-port.ts';
import type { Delivery, DeliveryOrder, Login, RoleSession } from './login.ts';
import { changeLogins, readLogins } from './login-store.ts';
import { forbiddenRole, readPolicy } from './policy.ts';
import { rememberRole } from './role-memory.ts';

type Ready = Extract<RoleSession, { step: 'ready' }>;

/**
 * Writes the credentials of a role into a profile through the native host. When a person ordered it, the two
 * are then bound. How it ended is also kept with the login, for the popup to show.
 */
export async function deliver(loginId: string, role: Role, order: DeliveryOrder): Promise<Result<void>> {
  const found = await find(loginId, role);
  if (found?.session.credentials === undefined) return failed(failure('credentials-expired'));
  const { login, session } = found;
  const { profile } = order;
  const refusal = await refusalOf(login, role, order);
  if (refusal === undefined) await setDelivery(loginId, role, { ...order, step: 'writing' });
  const done = refusal === undefined ? await writeAndBind(login, session, order) : failed(refusal);
  await setDelivery(
    loginId,
    role,
    done.ok ? { step: 'written', profile } : { step: 'failed', profile, failure: done.failure },
  );
  return done;
}

async function writeAndBind(login: Login, session: Ready, order: DeliveryOrder): Promise<Result<void>> {
  const written = await write(session, order);
  if (!written.ok) return written;
  try {
    // Strangers' logins leave nothing on the disk: only of a role that has a profile is anything remembered.
    if (!order.byBinding) await bind(keyOf(login.issuer, session.role), order.profile);
    await rememberMaximum(login.issuer, session);
    return written;
  } catch {
    return failed(failure('unexpected', { where: "the browser's storage" }));
  }
}

async function rememberMaximum(issuer: string, { role, shortened }: Ready): Promise<void> {
  if (shortened !== undefined) await rememberRole(issuer, role, { maximum: shortened.granted });
}

async function refusalOf(login: Login, role: Role, order: DeliveryOrder): Promise<Failure | undefined> {
  const { profile } = order;
  const nameFailure = profileNameFailure(profile);
  if (nameFailure !== undefined) return nameFailure;
  return bindingRefusal(keyOf(login.issuer, role), order);
}

/** Why a login may not have a profile: the administrator says so, or it is another login's. */
export async function bindingRefusal(
  key: BindingKey,
  { profile, takeOver }: DeliveryOrder,
): Promise<Failure | undefined> {
  const policyFailure = await policyRefusal(key, profile);
  if (policyFailure !== undefined || takeOver) return policyFailure;
  const bindings = await readBindings();
  const other = bindings.find((binding) => binding.profile === profile && !isBoundBy(binding, key));
  if (other === undefined) return undefined;
  const isKnown = bindings.some(({ issuer }) => issuer === key.issuer);
  const given = `${describe(key)}${isKnown ? '' : ', an issuer never seen before'}`;
  return failure('profile-bound-elsewhere', { profile, boundTo: describe(other), given });
}

async function policyRefusal(key: BindingKey, profile: string): Promise<Failure | undefined> {
  const policy = await readPolicy();
  if (!policy.ok) return policy.failure;
  if (policy.value.forbidProfiles) return failure('policy-no-profiles');
  const forbidden = forbiddenRole(policy.value, key.issuer, key);
  if (forbidden !== undefined) return forbidden;
  const fixed = policy.value.profiles?.find((other) => isBoundBy(other, key) !== (other.profile === profile));
  return fixed && failure('policy-fixed-profile', { profile: fixed.profile });
}

function describe({ roleArn, providerArn, issuer }: BindingKey): string {
  const role = parseRoleArn(roleArn);
  return `account ${role?.accountId}, role ${role?.name}, via ${providerName(providerArn)} (${issuer})`;
}

async function write(session: Ready, { profile, replace, takeOver }: DeliveryOrder): Promise<Result<void>> {
  const { credentials, principalArn } = session;
  if (credentials === undefined) return failed(failure('credentials-expired'));
  const answer = await askHost('write-profiles', {
    profiles: [
      {
        name: profile,
        credentials,
        principalArn,
        ...(replace ? { replace } : {}),
        ...(takeOver ? { takeOver } : {}),
      },
    ],
  });
  if (!answer.ok) return answer;
  const outcome = answer.value.profiles.find(({ name }) => name === profile);
  if (outcome === undefined) return failed(failure('host-answer-invalid'));
  return outcome.ok ? ok(undefined) : failed(outcome.failure);
}

async function find(loginId: string, role: Role): Promise<{ login: Login; session: Ready } | undefined> {
  const login = (await readLogins()).find(({ id }) => id === loginId);
  const session = login?.sessions.find((other) => sameRole(other.role, role));
  // The alarm that drops expired credentials comes late when the machine slept over its time.
  const serves = session?.step === 'ready' && Date.now() < session.endsAt;
  return login !== undefined && serves ? { login, session } : undefined;
}

async function setDelivery(loginId: string, role: Role, delivery: Delivery): Promise<void> {
  await changeLogins((logins) => {
    const login = logins.find(({ id }) => id === loginId);
    const session = login?.sessions.find((other) => sameRole(other.role, role));
    if (session?.step === 'ready') session.delivery = delivery;
  });
}
