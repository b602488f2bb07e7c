import { useState } from 'preact/hooks';
import type { Failure } from '../../core/failure.ts';
import type { EnvFormat } from '../../core/profile/env-vars.ts';
import type { Result } from '../../core/result.ts';
import { ask } from '../../page/background.ts';
import { trusted } from '../../page/trusted.ts';
import type { LoginView, RoleView, View } from '../../webext/messages.ts';
import { text } from '../../webext/text.ts';
import { whenSteady } from '../parts/click-guard.ts';
import { isHeld, mayWrite } from '../parts/entries.ts';
import type { Group } from '../parts/groups.ts';
import { CopyEntry } from './copy-entry.tsx';
import { EntryFrame } from './entry-frame.tsx';
import { Renew } from './renew.tsx';
import { RoleBody } from './role-body.tsx';
import { RoleNotes } from './role-notes.tsx';
import { RoleStatus } from './role-status.tsx';

/** A role that AWS was asked for: its state, its credentials to copy, and its profile. */
export function RoleEntry({
  view,
  login,
  role,
  now,
  group,
  format,
  onFormat,
  opensAtFirst,
}: {
  view: View;
  login: LoginView;
  role: RoleView;
  now: number;
  group: Group;
  /** The shell that env vars are copied for. */
  format: EnvFormat;
  onFormat: (format: EnvFormat) => void;
  opensAtFirst: boolean;
}) {
  const [problem, setProblem] = useState<Failure>();
  const target = { loginId: login.id, role: { roleArn: role.roleArn, providerArn: role.providerArn } };
  const held = isHeld(role);
  const act = async (asked: () => Promise<Result<void>>) => {
    const answer = await whenSteady(asked);
    setProblem(answer.ok ? undefined : answer.failure);
  };

  return (
    <EntryFrame
      view={view}
      group={group}
      subject={{
        ...role,
        container: login.container,
        sessionName: role.expectedName === undefined ? undefined : role.sessionName,
      }}
      profile={role.state === 'saved' || role.bound ? role.profile : undefined}
      status={<RoleStatus view={view} role={role} now={now} />}
      opensAtFirst={opensAtFirst}
      actions={(titleId) => (
        <>
          {held && view.policy.mayCopy && (
            <CopyEntry
              view={view}
              profile={role.state === 'saved' ? role.profile : undefined}
              format={format}
              describedBy={titleId}
              credentials={() => ask({ type: 'env-vars', ...target, format })}
              onFailure={setProblem}
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
            <Renew view={view} issuer={login.issuer} describedBy={titleId} />
          )}
        </>
      )}
      notes={<RoleNotes role={role} problem={problem} />}
    >
      {() => (
        <RoleBody
          view={view}
          login={login}
          role={role}
          format={format}
          onFormat={onFormat}
          onForget={() => act(() => ask({ type: 'forget-role', ...target }))}
        />
      )}
    </EntryFrame>
  );
}
