import { ok, type Result } from '../../core/result.ts';
import { askHost } from '../host/host-port.ts';
import { refreshHostProfiles } from '../host/host-profiles.ts';
import { inTurn } from '../profiles/write-profiles.ts';
import { readOwnBindings, unbindOnDemand } from '../rules/bindings.ts';
import { happening, noteForGood } from '../state/history.ts';
import { type Logins, profileWith, withDelivery } from '../state/login.ts';
import { changeAllSessions } from '../state/login-changes.ts';
import { changeLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';
import { dropWrittenProfiles, readWrittenProfiles } from '../state/written-profiles.ts';

/**
 * Removes on-demand profiles from the user's files, and their bindings: those in `profiles`, else all. Failures: the
 * host's; then the bindings stay.
 */
export const removeOnDemand = (memory: Memory, profiles?: readonly string[]): Promise<Result<void>> =>
  inTurn(memory, async () => {
    const answer = await askHost(memory, 'remove-on-demand', profiles ? { profiles: [...profiles] } : {});
    if (!answer.ok) return answer;
    const bound = (await readOwnBindings(memory)).filter(({ onDemand }) => onDemand);
    const gone = new Set([...(profiles ?? bound.map(({ profile }) => profile)), ...answer.value.profiles]);
    await unbindOnDemand(memory, gone);
    const isGone = ({ profile }: { profile: string }) => gone.has(profile);
    await dropWrittenProfiles(memory, ...(await readWrittenProfiles(memory)).filter(isGone));
    await changeLogins(memory, (logins) => withoutProfiles(logins, gone));
    void refreshHostProfiles(memory);
    const [first, ...others] = answer.value.profiles;
    if (first !== undefined) {
      const profile = others.length === 0 ? first : `${first} … ${others.at(-1)} (${others.length + 1})`;
      await noteForGood(memory, happening('forget', { profile }));
    }
    return ok(undefined);
  });

/** What was written there is in no profile any more. */
const withoutProfiles = (logins: Logins, gone: ReadonlySet<string>): Logins =>
  changeAllSessions(logins, (session) => {
    if (session.step !== 'ready' || !gone.has(profileWith(session) ?? '')) return session;
    const { alreadyIn: _, ...rest } = withDelivery(session, { step: 'none' });
    return rest;
  });
