import { browser } from '../../webext/browser.ts';
import type { FirstRunView } from '../../webext/view.ts';
import { hostStatus } from '../host/host-status.ts';
import { wasEverWritten } from '../rules/bindings.ts';
import { cached } from '../state/cached.ts';
import { readLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';

/** How far the user has come with setting Roleferry up. A binding is the trace of a login of an earlier day. */
export async function firstRunView(memory: Memory): Promise<FirstRunView> {
  const [logins, wasWritten, permissionGiven] = await Promise.all([
    readLogins(memory),
    wasEverWritten(memory),
    memory.of(permission).read(),
  ]);
  return {
    hostInstalled: hostStatus(memory).state === 'ready',
    permissionGiven,
    loginSeen: logins.length > 0 || wasWritten,
  };
}

const permission = () => cached(() => browser.permissions.contains({ origins: hostPermissions() }));

/** To be called when permissions were given or taken away. */
export const forgetPermission = (memory: Memory): void => memory.of(permission).forget();

/** Firefox lets the user take each host away; without those of STS a login is seen and brings nothing. */
const hostPermissions = (): string[] => (browser.runtime.getManifest().host_permissions as string[]) ?? [];
