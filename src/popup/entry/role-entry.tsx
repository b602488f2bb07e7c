import { useId, useState } from 'preact/hooks';
import { type Failure, isSameFailure } from '../../core/failure.ts';
import type { EnvFormat } from '../../core/profile/env-vars.ts';
import type { Result } from '../../core/result.ts';
import { duration } from '../../core/words/time-left.ts';
import { ask } from '../../page/background.ts';
import { FailureNote } from '../../page/failure-note.tsx';
import { Managed } from '../../page/managed.tsx';
import { phrase } from '../../page/phrase.tsx';
import { trusted } from '../../page/trusted.ts';
import type { LoginView, RoleView, View } from '../../webext/messages.ts';
import { text } from '../../webext/text.ts';
import { timeWords } from '../../webext/time-words.ts';
import { whenSteady } from '../parts/click-guard.ts';
import { mayWrite } from '../parts/entries.ts';
import { ChainForm } from './chain-form.tsx';
import { CopyEntry } from './copy-entry.tsx';
import { Details } from './details.tsx';
import { EntryFrame } from './entry-frame.tsx';
import { NameNote } from './name-note.tsx';
import { ProfileForm } from './profile-form.tsx';
import { Renew } from './renew.tsx';
import { SessionLength } from './session-length.tsx';
import { ShellMenu } from './shell-menu.tsx';
import { TimeBar } from './time-bar.tsx';

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
  /** The account under whose name it stands. */
  group: string | undefined;
  /** The shell that env vars are copied for. */
  format: EnvFormat;
  onFormat: (format: EnvFormat) => void;
  opensAtFirst: boolean;
}) {
  const hintId = useId();
  const [problem, setProblem] = useState<Failure>();
  const { policy } = view;
  const isManaged = policy.failure === undefined;
  const name = role.sessionName ?? login.sessionName;
  const target = { loginId: login.id, role: { roleArn: role.roleArn, providerArn: role.providerArn } };
  const usable = role.state === 'ready' || role.state === 'saving' || role.state === 'saved';
  const whatGoes = whatForgettingDoes(role);
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
      status={<Status view={view} role={role} now={now} />}
      opensAtFirst={opensAtFirst}
      actions={(titleId) => (
        <>
          {usable && policy.mayCopy && (
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
          {!usable && role.state !== 'exchanging' && !login.open && (
            <Renew view={view} issuer={login.issuer} describedBy={titleId} />
          )}
        </>
      )}
      notes={
        <>
          {role.shortened && (
            <p class="note calm">
              {text(
                'popup_shortened',
                duration(role.shortened.asked, timeWords),
                duration(role.shortened.granted, timeWords),
              )}
            </p>
          )}
          {role.state === 'forgotten' && role.failure && (
            <p class="note bad">{text('popup_left', role.profile)}</p>
          )}
          <NameNote role={role} />
          {role.failure && role.failure.code !== 'session-name-changed' && (
            <FailureNote failure={role.failure} tone="bad" />
          )}
          {role.warnings?.map((warning) => (
            <FailureNote key={JSON.stringify(warning.params)} failure={warning} tone="calm" />
          ))}
          {problem && !isSameFailure(problem, role.failure) && <FailureNote failure={problem} tone="bad" />}
        </>
      }
    >
      {() => (
        <>
          {login.issuer !== '' && (
            <p class="issuer">
              {name === undefined
                ? phrase('popup_via', <bdi>{login.issuer}</bdi>)
                : phrase('popup_asVia', <bdi>{name}</bdi>, <bdi>{login.issuer}</bdi>)}
            </p>
          )}
          {usable && mayWrite(view) && <ProfileForm view={view} login={login} role={role} />}
          {usable && isManaged && !policy.mayWrite && <Managed what={text('popup_noFiles')} />}
          {usable && policy.mayWrite && !mayWrite(view) && <p class="hint">{text('popup_writesNever')}</p>}
          {usable && policy.mayCopy && (
            <ShellMenu view={view} isSaved={role.state === 'saved'} format={format} onFormat={onFormat} />
          )}
          {usable && isManaged && !policy.mayCopy && <Managed what={text('popup_noCopy')} />}
          <SessionLength target={target} view={view} login={login} role={role} />
          {role.state === 'saved' && mayWrite(view) && <ChainForm view={view} source={role.profile} />}
          <Details
            facts={[
              [text('popup_roleArn'), role.roleArn],
              [text('popup_providerArn'), role.providerArn],
              ...(role.endsAt === undefined
                ? []
                : [[text('popup_ends'), new Date(role.endsAt).toLocaleString()] as const]),
            ]}
          />
          <div class="entry-foot">
            {role.consoleUrl !== undefined && (
              <a href={role.consoleUrl} target="_blank" rel="noreferrer">
                {text('popup_openConsole')}
              </a>
            )}
            {role.state === 'saved' && <Renew view={view} issuer={login.issuer} />}
            {role.state !== 'exchanging' && (
              <button
                type="button"
                class="quiet danger"
                aria-describedby={whatGoes && hintId}
                onClick={trusted(() => act(() => ask({ type: 'forget-role', ...target })))}
              >
                {text('popup_forget')}
              </button>
            )}
          </div>
          {whatGoes !== undefined && (
            <p class="hint" id={hintId}>
              {whatGoes}
            </p>
          )}
        </>
      )}
    </EntryFrame>
  );
}

function Status({ view, role, now }: { view: View; role: RoleView; now: number }) {
  const { state, startedAt, endsAt, failure } = role;
  if (state === 'exchanging') return <>{text(view.policy.awaited ? 'page_policyAwaited' : 'popup_asking')}</>;
  if (state === 'expired') return <>{text('popup_expired')}</>;
  if (state === 'failed' || (state === 'forgotten' && failure !== undefined)) {
    return <span class="state red">{text('popup_failed')}</span>;
  }
  if (state === 'forgotten') return <>{text('popup_forgetting')}</>;
  return (
    <>
      {state === 'saving' && <span class="state grey">{text('popup_writing')}</span>}
      {state === 'ready' && mayWrite(view) && <span class="state amber">{text('popup_notSaved')}</span>}
      {endsAt !== undefined && <TimeBar startedAt={startedAt} endsAt={endsAt} now={now} />}
    </>
  );
}

function whatForgettingDoes({ state, profile, bound, fixed }: RoleView): string | undefined {
  if (state === 'saved' || (state === 'expired' && bound)) {
    return text(fixed ? 'popup_forgetSavedFixed' : 'popup_forgetSaved', profile);
  }
  if (state === 'ready') return text('popup_forgetUnsaved');
  return state === 'failed' || state === 'expired' ? text('popup_forgetEntry') : undefined;
}
