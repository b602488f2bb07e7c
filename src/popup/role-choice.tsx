import { useId, useState } from 'preact/hooks';
import { accountNumber } from '../core/aws/account-number.ts';
import type { Failure } from '../core/failure.ts';
import { profileNameFailure } from '../core/profile/profile-name.ts';
import { AccountName, accountOf } from '../page/account-name.tsx';
import { ask } from '../page/background.ts';
import { FailureNote } from '../page/failure-note.tsx';
import { matching } from '../page/matching.ts';
import { trusted } from '../page/trusted.ts';
import type { LoginView, RoleView, View } from '../webext/messages.ts';
import { text } from '../webext/text.ts';
import { whenSteady } from './parts/click-guard.ts';
import { mayWrite } from './parts/entries.ts';
import { useFirstFew } from './parts/first-few.ts';
import { nameWarning } from './parts/name-warning.ts';
import { ProfileNameField } from './parts/profile-name-field.tsx';
import { SearchField, searchFrom } from './parts/search-field.tsx';

/** The roles of a login with several, until the person has chosen here or on AWS's page. */
export function RoleChoice({ view, login }: { view: View; login: LoginView }) {
  if (!login.open) return <ExpiredChoice />;
  return (
    <section class="card choice" aria-labelledby="choose">
      <h2 id="choose">{text('popup_whichRole')}</h2>
      <p class="hint">{text('popup_whichRoleHint')}</p>
      <RolePicker view={view} login={login} />
    </section>
  );
}

/** The roles that AWS was not asked for yet: those that are ticked are saved at once, each under its own name. */
export function RolePicker({ view, login }: { view: View; login: LoginView }) {
  const [ticked, setTicked] = useState<ReadonlyMap<string, string>>(new Map());
  const [search, setSearch] = useState('');
  const [failure, setFailure] = useState<Failure>();
  const offered = login.roles.filter(({ state }) => state === 'offered');
  const shown = matching(offered, search, ({ roleName, accountId }) => [
    roleName,
    accountId,
    accountNumber(accountId),
    accountOf(view.settings, accountId).name,
  ]);
  const listed = useFirstFew(shown);
  const chosen = offered.filter((role) => ticked.has(keyOf(role)));
  const names = chosen.map((role) => ticked.get(keyOf(role)) ?? '');
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  const isTwice = (name: string) => twice.has(name);
  const writes = mayWrite(view);
  const allShown = shown.every((role) => ticked.has(keyOf(role)));

  const tick = (roles: RoleView[], on: boolean) => {
    const next = new Map(ticked);
    for (const role of roles) {
      if (on) next.set(keyOf(role), next.get(keyOf(role)) ?? role.profile);
      else next.delete(keyOf(role));
    }
    setTicked(next);
  };
  const name = (role: RoleView, profile: string) => setTicked(new Map(ticked).set(keyOf(role), profile));
  const done = (problem: Failure | undefined) => {
    setFailure(problem);
    if (problem === undefined) setTicked(new Map());
  };
  const save = async () => {
    const roles = chosen.map((role, index) => ({ role: arnsOf(role), profile: names[index] ?? '' }));
    const answer = await whenSteady(() => ask({ type: 'save-many', loginId: login.id, roles }));
    done(answer.ok ? undefined : answer.failure);
  };
  const get = async () => {
    const answers = await whenSteady(async () => {
      const asked = chosen.map((role) => ask({ type: 'obtain', loginId: login.id, role: arnsOf(role) }));
      return (await Promise.all(asked)).find(({ ok }) => !ok) ?? { ok: true, value: undefined };
    });
    // What AWS refused is told with each role.
    const said = answers.ok || !chosen.length ? undefined : answers.failure;
    done(said?.code === 'list-just-changed' || said?.code === 'not-a-click' ? said : undefined);
  };

  return (
    <form class="picker" onSubmit={(event) => event.preventDefault()}>
      {offered.length > searchFrom && (
        <SearchField
          label={text('popup_searchRoles')}
          value={search}
          found={shown.length}
          onInput={setSearch}
        />
      )}
      {shown.length > 1 && (
        <label class="line">
          <span class="tick-all">
            <input
              type="checkbox"
              checked={allShown}
              onChange={({ currentTarget }) => tick(shown, currentTarget.checked)}
            />{' '}
            {text('popup_tickAll', shown.length)}
          </span>
        </label>
      )}
      <ul class="choices">
        {listed.map((role) => (
          <Choice
            key={keyOf(role)}
            view={view}
            login={login}
            role={role}
            profile={ticked.get(keyOf(role))}
            writes={writes}
            isTwice={isTwice}
            onTick={(on) => tick([role], on)}
            onName={(profile) => name(role, profile)}
          />
        ))}
      </ul>
      <div class="picker-foot">
        {writes && (
          <button
            type="submit"
            class="main"
            onClick={trusted(save)}
            disabled={
              chosen.length === 0 ||
              names.some((one) => profileNameFailure(one) !== undefined || isTwice(one))
            }
          >
            {chosen.length === 1 ? text('popup_saveOne') : text('popup_saveMany', chosen.length)}
          </button>
        )}
        <button type={writes ? 'button' : 'submit'} onClick={trusted(get)} disabled={chosen.length === 0}>
          {text('popup_onlyGet')}
        </button>
      </div>
      {failure && <FailureNote failure={failure} tone="bad" />}
    </form>
  );
}

function Choice({
  view,
  login,
  role,
  profile,
  writes,
  isTwice,
  onTick,
  onName,
}: {
  view: View;
  login: LoginView;
  role: RoleView;
  /** What it is to be called, once it is ticked. */
  profile: string | undefined;
  writes: boolean;
  isTwice: (name: string) => boolean;
  onTick: (on: boolean) => void;
  onName: (profile: string) => void;
}) {
  const id = useId();
  const { accountId, roleName } = role;
  const note = () => {
    if (role.fixed) return text('popup_fixedName');
    if (profile !== undefined && isTwice(profile)) return text('popup_nameTwice');
    return (
      nameWarning(profile ?? '', { ...role, issuer: login.issuer, container: login.container }, view) ?? ''
    );
  };
  return (
    <li class={accountOf(view.settings, accountId).colour}>
      <label for={id} title={role.roleArn}>
        <input
          id={id}
          type="checkbox"
          checked={profile !== undefined}
          onChange={({ currentTarget }) => onTick(currentTarget.checked)}
        />
        <span class="choice-title">
          <strong>{roleName}</strong> <AccountName settings={view.settings} accountId={accountId} />
        </span>
        {role.bound && profile === undefined && (
          <code class="profile">
            <bdi>{role.profile}</bdi>
          </code>
        )}
      </label>
      {profile !== undefined && writes && (
        <ProfileNameField
          label={text('popup_profileNameOf', roleName, accountId)}
          hidesLabel
          value={profile}
          readOnly={role.fixed}
          note={note()}
          warns={!role.fixed && note() !== ''}
          profiles={view.profiles}
          onInput={onName}
        />
      )}
    </li>
  );
}

/** What is left of a login with which nothing was done while AWS would have redeemed it. */
export function ExpiredChoice() {
  return (
    <section class="card">
      <h2>{text('popup_choiceExpired')}</h2>
      <p class="hint">{text('popup_choiceExpiredHint')}</p>
    </section>
  );
}

const keyOf = ({ roleArn, providerArn }: RoleView): string => `${roleArn} ${providerArn}`;

const arnsOf = ({ roleArn, providerArn }: RoleView) => ({ roleArn, providerArn });
