import { useState } from 'preact/hooks';
import type { Failure } from '../core/failure.ts';
import { ask } from '../page/background.ts';
import { FailureNote } from '../page/failure-note.tsx';
import { IssuerName } from '../page/issuer-name.tsx';
import { LeftProfiles } from '../page/left-profiles.tsx';
import { phrase } from '../page/phrase.tsx';
import { PolicyNote } from '../page/policy-note.tsx';
import { trusted } from '../page/trusted.ts';
import { browser } from '../webext/browser.ts';
import type { LoginView } from '../webext/login-view.ts';
import { text } from '../webext/text.ts';
import type { View } from '../webext/view.ts';
import { AllRoles } from './choice/all-roles.tsx';
import { RoleChoice } from './choice/role-choice.tsx';
import { RolePicker } from './choice/role-picker.tsx';
import { usePicking } from './choice/use-picking.ts';
import { EncryptedLogin } from './encrypted-login.tsx';
import { NameQuestions } from './name-questions.tsx';
import { NamesOffer } from './names-offer.tsx';
import { OnDemandNotes } from './on-demand-notes.tsx';
import { isOffered, mayWrite } from './parts/entries.ts';

/** What needs the user outside the list: policy, host, renewals, and what to do with the newest login. */
export function Attention({ view, search }: { view: View; search: string }) {
  const [newest] = view.logins;
  return (
    <>
      <PolicyNote policy={view.policy} />
      {!view.firstRun.permissionGiven && <PermissionMissing />}
      {view.hostFailure && <FailureNote failure={view.hostFailure} tone="calm" />}
      {view.paused && <Paused />}
      {mayWrite(view) && <NameQuestions view={view} />}
      <LeftProfiles left={view.left} />
      <OnDemandNotes view={view} />
      {view.exposed && <Exposed failure={view.exposed} />}
      {view.namesOnPage.nameless !== undefined && <NamesOffer nameless={view.namesOnPage.nameless} />}
      {view.renewals
        .filter(({ state }) => state === 'needs-you')
        .map(({ issuer }) => (
          <NeedsPassword key={issuer} view={view} issuer={issuer} />
        ))}
      {newest === undefined ? (
        <NothingYet view={view} />
      ) : (
        <Newest key={newest.id} view={view} login={newest} search={search} />
      )}
    </>
  );
}

/** The first-run page requests the permission: when Firefox asks the user, it closes the popup. */
function PermissionMissing() {
  return (
    <div class="note bad" role="alert">
      <p class="what">{text('popup_noPermission')}</p>
      <p>{text('popup_noPermissionHint')}</p>
      <a
        class="button main"
        href={browser.runtime.getURL('src/first-run/index.html')}
        target="_blank"
        rel="noreferrer"
      >
        {text('popup_givePermission')}
      </a>
    </div>
  );
}

/** Others can use the credentials in the file; shown until the user dismisses it. */
function Exposed({ failure }: { failure: Failure }) {
  return (
    <div class="dismissable">
      <FailureNote failure={failure} tone="calm" />
      <button type="button" class="quiet" onClick={trusted(() => ask({ type: 'dismiss-exposure' }))}>
        {text('popup_dontShowAgain')}
      </button>
    </div>
  );
}

/** After “Forget everything”, nothing is written automatically. */
function Paused() {
  return (
    <div class="note calm paused" role="status">
      <p>{text('popup_paused')}</p>
      <button type="button" onClick={trusted(() => ask({ type: 'write-again' }))}>
        {text('popup_writeAgain')}
      </button>
    </div>
  );
}

function NeedsPassword({ view, issuer }: { view: View; issuer: string }) {
  const link = view.settings.signInLinks[issuer];
  return (
    <div class="note calm" role="status">
      <p class="what">{text('popup_renewalNeedsYou')}</p>
      <p>{phrase('popup_renewalNeedsYouHint', <IssuerName view={view} issuer={issuer} />)}</p>
      {link !== undefined && (
        <a class="button main" href={link} target="_blank" rel="noreferrer">
          {text('popup_logIn')}
        </a>
      )}
    </div>
  );
}

function NothingYet({ view }: { view: View }) {
  const { hostInstalled } = view.firstRun;
  const lasts = view.profiles.some(({ expiration }) => Date.parse(expiration ?? '') > Date.now());
  if (view.bindings.length > 0 && hostInstalled)
    return lasts ? null : <p class="hint">{text('popup_notLoggedInHint')}</p>;
  return (
    <section class="card empty">
      <h2>{text(view.bindings.length > 0 ? 'popup_notLoggedIn' : 'popup_nothingYet')}</h2>
      <p class="hint">{text('popup_nothingYetHint')}</p>
      {!hostInstalled && (
        <a href={browser.runtime.getURL('src/first-run/index.html')} target="_blank" rel="noreferrer">
          {text('popup_firstRun')}
        </a>
      )}
    </section>
  );
}

function Newest({ view, login, search }: { view: View; login: LoginView; search: string }) {
  if (login.failure !== undefined) {
    return (
      <section class="card">
        <h2>{text('popup_loginUnusable')}</h2>
        <FailureNote failure={login.failure} tone="bad" />
      </section>
    );
  }
  const asked = login.roles.filter(({ state }) => state !== 'offered');
  if (login.encrypted) {
    // If only AWS can read the roles, a refused one may be a typing error, so the form is shown again.
    return asked.every(({ state }) => state === 'failed') ? (
      <EncryptedLogin view={view} login={login} search={search} />
    ) : null;
  }
  const isChoice = asked.length === 0 && login.roles.some(isOffered);
  return isChoice ? <RoleChoice view={view} login={login} search={search} /> : null;
}

/** Roles of the newest login not requested yet, while they still can be. */
export function OtherRoles({ view, search }: { view: View; search: string }) {
  const [showsAll, setShowsAll] = useState(false);
  const picking = usePicking();
  const [newest] = view.logins;
  if (newest === undefined || !newest.open) return null;
  const asked = newest.roles.filter(({ state }) => state !== 'offered');
  const offered = newest.roles.filter(isOffered);
  const isOfUse = asked.some(({ state }) => !newest.encrypted || state !== 'failed');
  if (!isOfUse || offered.length === 0) return null;
  return (
    <details class="card other-roles" open={search !== ''}>
      <summary>{text('popup_otherRoles', offered.length)}</summary>
      {showsAll ? (
        <AllRoles view={view} login={newest} picking={picking} onBack={() => setShowsAll(false)} />
      ) : (
        <RolePicker
          view={view}
          login={newest}
          search={search}
          picking={picking}
          onAll={() => setShowsAll(true)}
        />
      )}
    </details>
  );
}
