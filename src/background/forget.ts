import { failed, ok, type Result } from '../core/result.ts';
import { askHost } from './host-port.ts';
import { readLogins } from './login-store.ts';
import { forgetLogins } from './logins.ts';

/**
 * Drops every secret that is held: the logins in memory, and the profiles that were written in this session of the
 * browser. Bindings and settings stay. Failure: the first that kept a profile from being removed.
 */
export async function forgetEverything(): Promise<Result<void>> {
  const written = (await readLogins()).flatMap(({ sessions }) =>
    sessions.flatMap((session) =>
      session.step === 'ready' && session.delivery.step === 'written' ? [session.delivery.profile] : [],
    ),
  );
  await forgetLogins();
  const removed = await Promise.all([...new Set(written)].map((name) => askHost('remove-profile', { name })));
  const kept = removed.find((answer) => !answer.ok && answer.failure.code !== 'profile-not-found');
  return kept === undefined || kept.ok ? ok(undefined) : failed(kept.failure);
}
