import type { LoginView, PolicyView, RoleView } from '../background/messages.ts';
import type { EnvFormat } from '../core/env-vars.ts';
import { ask } from '../page/background.ts';
import { FailureNote } from '../page/failure-note.tsx';
import { Managed } from '../page/managed.tsx';
import { trusted } from '../page/trusted.ts';
import { EnvVars } from './env-vars.tsx';
import { ProfileForm } from './profile-form.tsx';
import { RoleTitle } from './role-title.tsx';
import { SessionLength } from './session-length.tsx';
import { duration, timeLeft } from './time-left.ts';

/** One role of the newest login: what it is, how long it lasts, where it goes. */
export function RoleCard({
  login,
  role,
  now,
  format,
  policy,
}: {
  login: LoginView;
  role: RoleView;
  now: number;
  format: EnvFormat;
  policy: PolicyView;
}) {
  const target = { loginId: login.id, role: { roleArn: role.roleArn, providerArn: role.providerArn } };
  const usable = role.state === 'ready' || role.state === 'saving' || role.state === 'saved';
  return (
    <section class="card" aria-label={`${role.roleName}, account ${role.accountId}`}>
      <div class="card-head">
        <RoleTitle role={role} />
        <State role={role} now={now} />
      </div>
      {login.issuer !== '' && (
        <p class="issuer">
          {login.sessionName !== undefined && (
            <>
              as <bdi>{login.sessionName}</bdi>{' '}
            </>
          )}
          via <bdi>{login.issuer}</bdi>
        </p>
      )}
      {role.shortened && (
        <p class="note calm">
          Asked for {duration(role.shortened.asked)}; this role grants {duration(role.shortened.granted)}.
        </p>
      )}
      {role.state === 'exchanging' && <p role="status">Asking AWS for credentials…</p>}
      {role.state === 'expired' && (
        <p role="status">These credentials have expired. Log in again for new ones.</p>
      )}
      {role.failure && <FailureNote failure={role.failure} tone="bad" />}
      {role.state === 'failed' && login.open && (
        <button type="button" onClick={trusted(() => ask({ type: 'obtain', ...target }))}>
          Try again
        </button>
      )}
      {usable && policy.mayWrite && <ProfileForm target={target} role={role} />}
      {usable && !policy.mayWrite && (
        <Managed what="Your administrator does not allow credentials in files." />
      )}
      {usable && policy.mayCopy && <EnvVars target={target} format={format} />}
      {usable && !policy.mayCopy && (
        <Managed what="Your administrator does not allow credentials to be copied." />
      )}
      <SessionLength target={target} login={login} role={role} />
    </section>
  );
}

function State({ role, now }: { role: RoleView; now: number }) {
  if (role.state === 'expired') return <span class="state grey">expired</span>;
  if (role.state === 'failed') return <span class="state red">failed</span>;
  if (role.endsAt === undefined) return null;
  return (
    <span class={`state ${role.state === 'saved' ? 'green' : 'amber'}`}>{timeLeft(role.endsAt, now)}</span>
  );
}
