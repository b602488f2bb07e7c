import { type Failure, failure } from '../core/failure.ts';
import { profileNameFailure } from '../core/profile-name.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { parseRoleArn, providerName, type Role, sameRole } from '../core/role.ts';
import { type Binding, bind, isBoundBy, keyOf, readBindings } from './bindings.ts';
import { askHost } from './host-port.ts';
import type { Delivery, DeliveryOrder, Login, RoleSession } from './login.ts';
import { changeLogins, readLogins } from './login-store.ts';

type Ready = Extract<RoleSession, { step: 'ready' }>;

/**
 * Writes the credentials of a role into a profile through the native host, and binds the two when that
 * went well. How it ended is also kept with the login, for the popup to show.
 */
export async function deliver(loginId: string, role: Role, order: DeliveryOrder): Promise<Result<void>> {
  const { profile, takeOver = false, replace = false } = order;
  const found = await find(loginId, role);
  if (found === undefined) return failed(failure('assertion-expired'));
  const { login, session } = found;
  if (session.credentials === undefined) return failed(failure('assertion-expired'));
  const set = (delivery: Delivery) => setDelivery(loginId, role, delivery);
  const refusal = await refusalOf(login, role, order);
  if (refusal !== undefined) {
    await set({ step: 'failed', profile, failure: refusal });
    return failed(refusal);
  }
  await set({ step: 'writing', profile, takeOver, replace });
  const written = await write(session, session.credentials, order);
  if (!written.ok) {
    await set({ step: 'failed', profile, failure: written.failure });
    return written;
  }
  await bind(keyOf(login.issuer, role), profile);
  await set({ step: 'written', profile });
  return written;
}

async function refusalOf(login: Login, role: Role, order: DeliveryOrder): Promise<Failure | undefined> {
  const nameFailure = profileNameFailure(order.profile);
  if (nameFailure !== undefined || order.takeOver) return nameFailure;
  const key = keyOf(login.issuer, role);
  const other = (await readBindings()).find(
    (binding) => binding.profile === order.profile && !isBoundBy(binding, key),
  );
  return other && failure('profile-bound-elsewhere', { profile: order.profile, boundTo: describe(other) });
}

function describe({ roleArn, providerArn, issuer }: Binding): string {
  const role = parseRoleArn(roleArn);
  return `role ${role?.name} of account ${role?.accountId}, provider ${providerName(providerArn)}, issuer ${issuer}`;
}

async function write(
  session: Ready,
  credentials: NonNullable<Ready['credentials']>,
  { profile, replace }: DeliveryOrder,
): Promise<Result<void>> {
  const { principalArn } = session;
  const answer = await askHost('write-profiles', {
    profiles: [{ name: profile, credentials, principalArn, ...(replace ? { replace } : {}) }],
  });
  if (!answer.ok) return answer;
  const outcome = answer.value.profiles.find(({ name }) => name === profile);
  if (outcome === undefined) return failed(failure('host-answer-invalid'));
  return outcome.ok ? ok(undefined) : failed(outcome.failure);
}

async function find(loginId: string, role: Role): Promise<{ login: Login; session: Ready } | undefined> {
  const login = (await readLogins()).find(({ id }) => id === loginId);
  const session = login?.sessions.find((other) => sameRole(other.role, role));
  return login !== undefined && session?.step === 'ready' ? { login, session } : undefined;
}

async function setDelivery(loginId: string, role: Role, delivery: Delivery): Promise<void> {
  await changeLogins((logins) => {
    const login = logins.find(({ id }) => id === loginId);
    const session = login?.sessions.find((other) => sameRole(other.role, role));
    if (session?.step === 'ready') session.delivery = delivery;
  });
}
