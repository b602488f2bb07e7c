import { useState } from 'preact/hooks';
import { plainRole } from '../../core/aws/role.ts';
import type { Failure } from '../../core/failure.ts';
import type { EnvFormat } from '../../core/profile/env-vars.ts';
import type { Result } from '../../core/result.ts';
import { ask } from '../../page/background.ts';
import { useCopying } from '../../page/copy-button.tsx';
import { trusted } from '../../page/trusted.ts';
import type { LoginView, RoleView } from '../../webext/login-view.ts';
import { text } from '../../webext/text.ts';
import { whenSteady } from '../parts/click-guard.ts';
import { isHeld, mayWrite } from '../parts/entries.ts';
import { CopyEntry } from './copy-entry.tsx';
import { EntryFrame, type EntryPlace } from './entry-frame.tsx';
import { isAskedAbove } from './name-note.tsx';
import { canRenew, isOpening, Renew, renew } from './renew.tsx';
import { RoleBody } from './role-body.tsx';
import { RoleNotes } from './role-notes.tsx';
import { RoleStatus } from './role-status.tsx';

/** A role that AWS was asked for: its state, its credentials to copy, and its profile. */
export function RoleEntry({
  place,
  login,
  role,
  format,
  onFormat,
  opensAtFirst,
}: {
  place: EntryPlace;
  login: LoginView;
  role: RoleView;
  /** The shell that env vars are copied for. */
  format: EnvFormat;
  onFormat: (format: EnvFormat) => void;
  opensAtFirst: boolean;
}) {
  const [problem, setProblem] = useState<Failure>();
  // Asked for here: other logins of its identity provider go on by themselves, and keep their time in sight.
  const [renews, setRenews] = useState(false);
  const copying = useCopying(setProblem);
  const { view, now } = place;
  const target = { loginId: login.id, role: plainRole(role) };
  const held = isHeld(role);
  const act = async (asked: () => Promise<Result<void>>) => {
    const answer = await whenSteady(asked);
    setProblem(answer.ok ? undefined : answer.failure);
  };
  const credentials = () => whenSteady(() => ask({ type: 'env-vars', ...target, format }));
  const onRenew = async () => {
    setRenews(true);
    const answer = await renew(login.issuer);
    setProblem(answer.ok ? undefined : answer.failure);
  };
  const mayCopy = held && view.policy.mayCopy;

  return (
    <EntryFrame
      place={place}
      container={login.container}
      sessionName={role.expectedName === undefined ? undefined : role.sessionName}
      profile={role.state === 'saved' || role.bound ? role.profile : undefined}
      status={
        renews && isOpening(view, login.issuer) ? (
          text('popup_renewing')
        ) : (
          <RoleStatus view={view} role={role} now={now} />
        )
      }
      opensAtFirst={opensAtFirst}
      keys={{
        env: mayCopy ? () => copying.copy(credentials) : undefined,
        renew: canRenew(view, login.issuer) ? onRenew : undefined,
      }}
      actions={(titleId) => (
        <>
          {mayCopy && (
            <CopyEntry
              view={view}
              profile={role.state === 'saved' ? role.profile : undefined}
              format={format}
              describedBy={titleId}
              copying={copying}
              credentials={credentials}
            />
          )}
          {role.state === 'failed' && login.open && (
            <button
              type="button"
              aria-describedby={titleId}
              onClick={trusted(() => act(() => ask({ type: 'obtain', ...target })))}
            >
              {text('popup_tryAgain')}
            </button>
          )}
          {role.state === 'ready' && role.bound && role.failure !== undefined && mayWrite(view) && (
            <button
              type="button"
              aria-describedby={titleId}
              onClick={trusted(() =>
                act(() =>
                  ask({ type: 'save', ...target, profile: role.profile, takeOver: false, replace: false }),
                ),
              )}
            >
              {text('popup_tryAgain')}
            </button>
          )}
          {!held && role.state !== 'exchanging' && !login.open && (
            <Renew view={view} issuer={login.issuer} describedBy={titleId} onRenew={onRenew} />
          )}
        </>
      )}
      notes={<RoleNotes role={role} isAskedAbove={isAskedAbove(view, login, role)} problem={problem} />}
    >
      {(openConsole) => (
        <RoleBody
          view={view}
          login={login}
          role={role}
          format={format}
          onFormat={onFormat}
          openConsole={openConsole}
          onRenew={onRenew}
          onForget={() => act(() => ask({ type: 'forget-role', ...target }))}
        />
      )}
    </EntryFrame>
  );
}
