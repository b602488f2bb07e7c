import type { Role } from '../../core/aws/role.ts';
import { type Failure, failure, shortened } from '../../core/failure.ts';
import { isBoundBy, isSameContainer } from '../../core/profile/binding.ts';
import { grouped } from '../../core/words/grouped.ts';
import { deliverAll } from '../delivery/deliver.ts';
import { askHost } from '../host/host-port.ts';
import { hostUnderstands } from '../host/host-status.ts';
import { obtainAll } from '../login/ask-for-role.ts';
import { nothingUnderWay } from '../login/take-further.ts';
import { type Binding, isOfName, keyOf, readBindings } from '../rules/bindings.ts';
import { goneFrom } from '../rules/gone.ts';
import { readSettings } from '../settings/settings.ts';
import { findSession, isOpen, type Login, type SessionKey } from '../state/login.ts';
import { readLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';

/** A role of a login that a tool asks for, and its profile. */
type Found = SessionKey & { profile: string };

/** How long the host waits for questions at most; seconds. A silent host is given up after 30. */
const waitSeconds = 20;

/** The logins whose recently used roles were redeemed in this run of the worker. */
const refreshed = () => new Set<string>();

/**
 * While AWS takes the assertion of a login with on-demand profiles: redeems what was used within the last day, and what
 * tools ask for. Keeps the port to the host open, and so the worker alive, only that long. Ends when the host is lost;
 * the next change begins it again.
 */
export async function serveTools(memory: Memory): Promise<void> {
  for (;;) {
    const open = await openLogins(memory);
    if (open.length === 0 || !(await hostUnderstands(memory, 'on-demand'))) return;
    const news = open.filter(({ id }) => !memory.of(refreshed).has(id));
    const left = Math.max(...open.map(({ redeemBefore }) => redeemBefore)) - Date.now();
    const seconds = news.length > 0 ? 0 : Math.max(0, Math.min(waitSeconds, Math.ceil(left / 1000)));
    // A new login may have what the logins before did not.
    const question = { seconds, ...(news.length > 0 ? { again: true } : {}) };
    const answer = await askHost(memory, 'wait-for-tools', question);
    if (!answer.ok) return;
    const { wanted, recent } = answer.value;
    for (const { id } of news) memory.of(refreshed).add(id);
    await answerTools(memory, wanted);
    await refreshRecent(memory, news, recent);
  }
}

/** Logins whose assertion can still be redeemed, with a role that has an on-demand profile. Newest first. */
async function openLogins(memory: Memory): Promise<Login[]> {
  const bindings = (await readBindings(memory)).filter(({ onDemand }) => onDemand);
  if (bindings.length === 0) return [];
  const now = Date.now();
  return (await readLogins(memory)).filter(
    (login) =>
      isOpen(login, now) &&
      login.response !== undefined &&
      bindings.some(
        ({ issuer, container }) => issuer === login.issuer && isSameContainer(login, { container }),
      ),
  );
}

/** Redeems the roles of on-demand profiles that were used recently, if a new login offers them, as bound roles are. */
async function refreshRecent(
  memory: Memory,
  news: readonly Login[],
  recent: readonly string[],
): Promise<void> {
  const [bindings, open, { behaviour, refreshTogether }] = await Promise.all([
    readBindings(memory),
    openLogins(memory),
    readSettings(memory),
  ]);
  if (behaviour !== 'write') return;
  const used = bindings.filter(({ onDemand, profile }) => onDemand && recent.includes(profile));
  const keys = grouped(
    used.flatMap((binding) => keyFor(binding, open) ?? []),
    ({ loginId }) => loginId,
  );
  for (const { id, renewalTab } of news) {
    const roles = keys.get(id)?.map(({ role }) => role) ?? [];
    const isTogether = renewalTab !== undefined || refreshTogether;
    if (isTogether && roles.length > 0) await obtainAll(memory, id, roles);
  }
}

const roleFor = (binding: Binding, login: Login): Role | undefined =>
  login.roles.find((role) => isBoundBy(binding, keyOf(login, role)));

/** Takes the roles of these profiles to their files, or tells the tools why not. */
async function answerTools(memory: Memory, wanted: readonly string[]): Promise<void> {
  if (wanted.length === 0) return;
  const [bindings, open] = await Promise.all([readBindings(memory), openLogins(memory)]);
  const isGone = goneFrom(open, bindings);
  const found: Found[] = [];
  for (const profile of wanted) {
    const binding = bindings.find((one) => one.profile === profile);
    const key = binding && keyFor(binding, open);
    if (key === undefined) await refuse(memory, profile, whyNone(binding, profile, isGone));
    else found.push({ ...key, profile });
  }
  await bring(memory, found);
  const [logins, { behaviour }] = await Promise.all([readLogins(memory), readSettings(memory)]);
  for (const key of found) {
    const session = findSession(logins, key);
    const isWritten = session?.step === 'ready' && session.delivery.step === 'written';
    if (!isWritten || behaviour !== 'write')
      await refuse(memory, key.profile, whyNotWritten(session, key.profile));
  }
}

/** Redeems these roles and has them written. Credentials that are held already are written again without asking STS. */
async function bring(memory: Memory, found: readonly Found[]): Promise<void> {
  const logins = await readLogins(memory);
  const isHeld = (key: Found) => findSession(logins, key)?.step === 'ready';
  const { behaviour } = await readSettings(memory);
  const held = behaviour === 'write' ? found.filter(isHeld) : [];
  await deliverAll(
    memory,
    held.map(({ profile, ...key }) => ({ ...key, order: { profile, byBinding: true } })),
  );
  for (const [loginId, keys] of grouped(found, (key) => key.loginId)) {
    const roles = keys.map(({ role }) => role);
    await obtainAll(memory, loginId, roles);
    // Somebody else may be asking STS for one of them.
    await nothingUnderWay(memory, loginId);
  }
}

/** The newest login that offers the role of a binding, first under the name that it is for. */
function keyFor(binding: Binding, open: readonly Login[]): SessionKey | undefined {
  const own = open.filter(({ sessionName }) => isOfName(binding, sessionName));
  for (const login of [...own, ...open]) {
    const role = roleFor(binding, login);
    if (role !== undefined) return { loginId: login.id, role };
  }
  return undefined;
}

function whyNone(
  binding: Binding | undefined,
  profile: string,
  isGone: (binding: Binding) => boolean,
): Failure {
  if (binding === undefined) return failure('on-demand-unknown', { profile });
  return isGone(binding) ? failure('on-demand-gone', { profile }) : failure('assertion-expired');
}

function whyNotWritten(session: ReturnType<typeof findSession>, profile: string): Failure {
  if (session?.step === 'failed') return session.failure;
  if (session?.step === 'ready' && session.delivery.step === 'failed') return session.delivery.failure;
  return session?.step === 'ready' ? failure('on-demand-waits', { profile }) : failure('credentials-expired');
}

async function refuse(memory: Memory, name: string, reason: Failure): Promise<void> {
  await askHost(memory, 'refuse-tools', { name, failure: shortened(reason, 300) });
}
