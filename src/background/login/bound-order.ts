import type { Role } from '../../core/aws/role.ts';
import { isBoundBy } from '../../core/profile/binding.ts';
import { keyOf, readBindings } from '../rules/bindings.ts';
import { readSettings } from '../settings/settings.ts';
import type { DeliveryOrder, Login, ReadySession } from '../state/login.ts';
import type { Memory } from '../state/memory.ts';

/** What decides where credentials go when nobody says it. */
export async function readBound(memory: Memory) {
  const [bindings, settings] = await Promise.all([readBindings(memory), readSettings(memory)]);
  return { bindings, behaviour: settings.behaviour };
}

type Bound = Awaited<ReturnType<typeof readBound>>;

/** Where the credentials of a role go when nobody says it; `undefined` when they wait for the user. */
export function boundOrder(
  login: Login,
  role: Role,
  { bindings, behaviour }: Bound,
): DeliveryOrder | undefined {
  const binding = bindings.find((other) => isBoundBy(other, keyOf(login, role)));
  if (binding === undefined || behaviour !== 'write') return undefined;
  return { profile: binding.profile, byBinding: true };
}

/** Where credentials are to be written now: as the user ordered, else as they are bound; `undefined` for nowhere. */
export function currentOrder(
  login: Login,
  { role, delivery }: ReadySession,
  bound: Bound,
): DeliveryOrder | undefined {
  if (delivery.step === 'writing' && !delivery.byBinding) {
    const { step: _, ...order } = delivery;
    return order;
  }
  const isWaiting = delivery.step === 'writing' || delivery.step === 'none';
  return isWaiting ? boundOrder(login, role, bound) : undefined;
}
