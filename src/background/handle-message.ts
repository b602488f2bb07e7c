import { formatEnvVars } from '../core/env-vars.ts';
import { failure } from '../core/failure.ts';
import { profileNameFailure } from '../core/profile-name.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { sameRole } from '../core/role.ts';
import { bind, keyOf, unbind } from './bindings.ts';
import { bindingRefusal, deliver } from './delivery.ts';
import { forgetEverything } from './forget.ts';
import { notifyWatchers, readLogins } from './login-store.ts';
import { nameRole, obtain } from './logins.ts';
import type { Answers, Message } from './messages.ts';
import { forbiddenRole, readPolicy } from './policy.ts';
import { rememberRole } from './role-memory.ts';
import { changeSettings } from './settings.ts';

type Handlers = { [T in Message['type']]: (message: Extract<Message, { type: T }>) => Promise<Answers[T]> };

const handlers: Handlers = {
  obtain: ({ loginId, role }) => obtain(loginId, role),
  'name-role': ({ loginId, role }) => nameRole(loginId, role),
  save: ({ loginId, role, ...order }) => deliver(loginId, role, order),
  'wish-duration': wishDuration,
  'rename-binding': renameBinding,
  'remove-binding': async ({ issuer, role }) => {
    await unbind(keyOf(issuer, role));
    return ok(undefined);
  },
  'forget-everything': forgetEverything,
  'env-vars': envVars,
};

/** Does what popup and options ask. */
export async function handleMessage<M extends Message>(message: M): Promise<Answers[M['type']]> {
  const handler = handlers[message.type] as (message: M) => Promise<Answers[M['type']]>;
  const answer = await handler(message);
  notifyWatchers();
  return answer;
}

async function wishDuration({
  loginId,
  role,
  seconds,
}: Extract<Message, { type: 'wish-duration' }>): Promise<Result<void>> {
  const login = (await readLogins()).find(({ id }) => id === loginId);
  if (login === undefined) return failed(failure('credentials-expired'));
  await rememberRole(login.issuer, role, { wish: seconds });
  return ok(undefined);
}

async function renameBinding({
  issuer,
  role,
  profile,
}: Extract<Message, { type: 'rename-binding' }>): Promise<Result<void>> {
  const key = keyOf(issuer, role);
  const refusal = profileNameFailure(profile) ?? (await bindingRefusal(key, { profile }));
  if (refusal !== undefined) return failed(refusal);
  await bind(key, profile);
  return ok(undefined);
}

async function envVars({
  loginId,
  role,
  format,
}: Extract<Message, { type: 'env-vars' }>): Promise<Result<string>> {
  const login = (await readLogins()).find(({ id }) => id === loginId);
  const session = login?.sessions.find((other) => sameRole(other.role, role));
  if (session?.step !== 'ready' || session.credentials === undefined || Date.now() >= session.endsAt) {
    return failed(failure('credentials-expired'));
  }
  const policy = await readPolicy();
  if (!policy.ok) return policy;
  if (policy.value.copyButton === false) return failed(failure('policy-no-copy'));
  const forbidden = forbiddenRole(policy.value, login?.issuer ?? '', role);
  if (forbidden !== undefined) return failed(forbidden);
  await changeSettings({ format });
  return ok(formatEnvVars(session.credentials, session.region, format));
}
