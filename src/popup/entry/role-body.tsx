import type { ComponentChildren } from 'preact';
import type { EnvFormat } from '../../core/profile/env-vars.ts';
import { IssuerName } from '../../page/issuer-name.tsx';
import { knownRegion } from '../../page/known-region.ts';
import { Managed } from '../../page/managed.tsx';
import { phrase } from '../../page/phrase.tsx';
import type { LoginView, RoleView } from '../../webext/login-view.ts';
import { policyText, rightsWords } from '../../webext/rights-words.ts';
import { text } from '../../webext/text.ts';
import type { View } from '../../webext/view.ts';
import { isHeld, mayWrite } from '../parts/entries.ts';
import { ChainForm } from './adding/chain-form.tsx';
import { LesserForm } from './adding/lesser-form.tsx';
import { EntryEnd } from './entry-end.tsx';
import { ProfileForm } from './profile-form.tsx';
import { Renew } from './renew.tsx';
import { SessionLength } from './session-length.tsx';
import { ShellMenu } from './shell-menu.tsx';

/** The inside of a role's entry: its profile, what is copied of it, its facts, and what is done rarely. */
export function RoleBody({
  view,
  login,
  role,
  format,
  onFormat,
  openConsole,
  onRenew,
  onForget,
}: {
  view: View;
  login: LoginView;
  role: RoleView;
  format: EnvFormat;
  onFormat: (format: EnvFormat) => void;
  openConsole: ComponentChildren;
  onRenew: () => unknown;
  onForget: () => unknown;
}) {
  const { policy } = view;
  const isManaged = policy.failure === undefined;
  const narrowed = role.sessionPolicy ?? role.demanded;
  const held = isHeld(role);
  const name = role.sessionName ?? login.sessionName;
  const region = role.state === 'saved' ? knownRegion(view, role.profile) : undefined;
  return (
    <>
      {login.issuer !== '' && (
        <p class="issuer">
          {name === undefined
            ? phrase('popup_via', <IssuerName view={view} issuer={login.issuer} />)
            : phrase('popup_asVia', <bdi>{name}</bdi>, <IssuerName view={view} issuer={login.issuer} />)}
        </p>
      )}
      {role.sessionPolicy && (
        <p class="hint">{text('popup_lesserOf', role.roleName, rightsWords(role.sessionPolicy))}</p>
      )}
      {role.demanded && <p class="hint">{text('popup_demanded', rightsWords(role.demanded))}</p>}
      {held && mayWrite(view) && <ProfileForm view={view} login={login} role={role} />}
      {held && isManaged && !policy.mayWrite && <Managed what={text('popup_noFiles')} />}
      {held && policy.mayWrite && !mayWrite(view) && <p class="hint">{text('popup_writesNever')}</p>}
      {held && policy.mayCopy && (
        <ShellMenu view={view} isSaved={role.state === 'saved'} format={format} onFormat={onFormat} />
      )}
      {held && isManaged && !policy.mayCopy && <Managed what={text('popup_noCopy')} />}
      <SessionLength view={view} login={login} role={role} />
      {role.state === 'saved' && mayWrite(view) && <ChainForm view={view} source={role.profile} />}
      {role.state === 'saved' && mayWrite(view) && role.sessionPolicy === undefined && (
        <LesserForm
          view={view}
          of={{ ...role, issuer: login.issuer, container: login.container }}
          whole={role.profile}
        />
      )}
      <EntryEnd
        facts={[
          [text('popup_roleArn'), role.roleArn],
          [text('popup_providerArn'), role.providerArn],
          ...(narrowed ? [[text('popup_sessionPolicy'), policyText(narrowed)] as const] : []),
          ...(login.issuer === '' ? [] : [[text('page_entityId'), login.issuer] as const]),
          ...(region === undefined ? [] : [[text('popup_region'), region] as const]),
          ...(role.endsAt === undefined
            ? []
            : [[text('popup_ends'), new Date(role.endsAt).toLocaleString()] as const]),
        ]}
        removal={
          role.state === 'exchanging' || role.state === 'offered'
            ? undefined
            : { label: text('popup_forget'), explanation: whatForgettingDoes(role), act: onForget }
        }
      >
        {openConsole}
        {role.state === 'saved' && <Renew view={view} issuer={login.issuer} onRenew={onRenew} />}
      </EntryEnd>
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
