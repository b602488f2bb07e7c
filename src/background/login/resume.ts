import { resumeChains } from '../chains/run-chains.ts';
import { resumeForgetting } from '../delivery/forget.ts';
import { readLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';
import { takeFurther } from './take-further.ts';

/** Goes on with what a stop of the worker interrupted. To be called before anything else uses the logins. */
export async function resumeLogins(memory: Memory): Promise<void> {
  const logins = await readLogins(memory);
  const roles = logins.map(({ id, sessions }) => ({ id, roles: sessions.map(({ role }) => role) }));
  await Promise.all([
    resumeForgetting(memory),
    ...roles.map((one) => takeFurther(memory, one.id, one.roles)),
  ]);
  await resumeChains(memory);
}

/** Writes what is bound and has waited for the user, now that logins are written by themselves again. */
export async function writeWaiting(memory: Memory): Promise<void> {
  for (const { id, sessions } of await readLogins(memory)) {
    const waiting = sessions.filter((one) => one.step === 'ready' && one.delivery.step === 'none');
    await takeFurther(
      memory,
      id,
      waiting.map(({ role }) => role),
    );
  }
}
