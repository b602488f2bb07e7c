import type { LoginView, RoleView } from '../background/messages.ts';
import { useNow, useView } from './background.ts';
import { FailureNote } from './failure-note.tsx';
import { RoleCard } from './role-card.tsx';
import { RoleChoice } from './role-choice.tsx';
import { RoleRow } from './role-row.tsx';

/** The popup: the newest login in full, and below it what older ones still hold. */
export function Popup() {
  const view = useView();
  const now = useNow(15);
  if (view === undefined) return null;
  const [newest, ...older] = view.logins;
  const earlier = older.flatMap((login) => login.roles.filter(isHeld).map((role) => ({ login, role })));
  return (
    <>
      <header>
        <h1>Roleferry</h1>
      </header>
      {view.hostFailure && <FailureNote failure={view.hostFailure} tone="calm" />}
      {newest === undefined ? (
        <NothingYet />
      ) : (
        <Newest key={newest.id} login={newest} now={now} format={view.format} />
      )}
      {earlier.length > 0 && (
        <section aria-labelledby="earlier">
          <h2 id="earlier">Earlier logins</h2>
          <ul class="rows">
            {earlier.map(({ login, role }) => (
              <RoleRow key={login.id + role.roleArn} role={role} now={now} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

const isHeld = (role: RoleView) => role.state === 'saved' || role.state === 'ready';

function NothingYet() {
  return (
    <section class="card empty">
      <h2>No login seen yet</h2>
      <p>Log in to the AWS console as you always do. The role that you log in with appears here.</p>
    </section>
  );
}

function Newest({ login, now, format }: { login: LoginView; now: number } & FormatProp) {
  if (login.failure !== undefined) {
    return (
      <section class="card">
        <h2>The last login cannot be used</h2>
        <FailureNote failure={login.failure} tone="bad" />
      </section>
    );
  }
  const asked = login.roles.filter(({ state }) => state !== 'offered');
  return (
    <>
      {asked.map((role) => (
        <RoleCard key={role.roleArn + role.providerArn} login={login} role={role} now={now} format={format} />
      ))}
      {asked.length === 0 && <RoleChoice login={login} />}
    </>
  );
}

type FormatProp = Pick<Parameters<typeof RoleCard>[0], 'format'>;
