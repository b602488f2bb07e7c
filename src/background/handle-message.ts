import { formatEnvVars } from '../core/env-vars.ts';
import { failure } from '../core/failure.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { sameRole } from '../core/role.ts';
import { deliver } from './delivery.ts';
import { changeLogins, readLogins } from './login-store.ts';
import { nameRole, obtain } from './logins.ts';
import type { Answers, Message } from './messages.ts';
import { rememberRole } from './role-memory.ts';
import { changeSettings } from './settings.ts';

type Handlers = { [T in Message['type']]: (message: Extract<Message, { type: T }>) => Promise<Answers[T]> };

const handlers: Handlers = {
  obtain: ({ loginId, role }) => obtain(loginId, role),
  'name-role': ({ loginId, role }) => nameRole(loginId, role),
  save: ({ loginId, role, ...order }) => deliver(loginId, role, order),
  'wish-duration': wishDuration,
  'env-vars': envVars,
};

/** Does what the popup asks. */
export function handleMessage<M extends Message>(message: M): Promise<Answers[M['type']]> {
  const handler = handlers[message.type] as (message: M) => Promise<Answers[M['type']]>;
  return handler(message);
}

async function wishDuration({
  loginId,
  role,
  seconds,
}: Extract<Message, { type: 'wish-duration' }>): Promise<Result<void>> {
  const login = (await readLogins()).find(({ id }) => id === loginId);
  if (login === undefined) return failed(failure('credentials-expired'));
  await rememberRole(login.issuer, role, { wish: seconds });
  await changeLogins(() => {});
  return ok(undefined);
}

async function envVars({
  loginId,
  role,
  format,
}: Extract<Message, { type: 'env-vars' }>): Promise<Result<string>> {
  const login = (await readLogins()).find(({ id }) => id === loginId);
  const session = login?.sessions.find((other) => sameRole(other.role, role));
  if (session?.step !== 'ready' || session.credentials === undefined) {
    return failed(failure('credentials-expired'));
  }
  await changeSettings({ format });
  return ok(formatEnvVars(session.credentials, session.region, format));
}
