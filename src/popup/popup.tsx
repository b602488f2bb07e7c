import type { LoginView, RoleView } from '../background/messages.ts';
import { useNow, useView } from '../page/background.ts';
import { FailureNote } from '../page/failure-note.tsx';
import { EncryptedLogin } from './encrypted-login.tsx';
import { Footer } from './footer.tsx';
import { RoleCard } from './role-card.tsx';
import { RoleButtons, RoleChoice } from './role-choice.tsx';
import { RoleRow } from './role-row.tsx';
import { useLoginOnTop } from './steady.ts';

/** The popup: the newest login in full, and below it what older ones still hold. */
export function Popup() {
  const view = useView();
  const now = useNow(15);
  if (view === undefined) return null;
  const [newest, ...older] = view.logins;
  const held = older.flatMap((login) => login.roles.map((role) => ({ login, role })));
  const unsaved = held.filter(({ login, role }) => isUnfinished(login, role));
  const saved = held.filter(({ role }) => role.state === 'saved');
  return (
    <>
      <header>
        <h1>Roleferry</h1>
      </header>
      {view.policy.failure && <FailureNote failure={view.policy.failure} tone="bad" />}
      {view.hostFailure && <FailureNote failure={view.hostFailure} tone="calm" />}
      {newest === undefined ? (
        <NothingYet />
      ) : (
        <Newest key={newest.id} login={newest} now={now} format={view.format} policy={view.policy} />
      )}
      {unsaved.map(({ login, role }) => (
        <RoleCard
          key={login.id + keyOf(role)}
          login={login}
          role={role}
          now={now}
          format={view.format}
          policy={view.policy}
        />
      ))}
      {saved.length > 0 && (
        <section aria-labelledby="earlier">
          <h2 id="earlier">Earlier logins</h2>
          <ul class="rows">
            {saved.map(({ login, role }) => (
              <RoleRow key={login.id + keyOf(role)} role={role} now={now} />
            ))}
          </ul>
        </section>
      )}
      <Footer view={view} />
    </>
  );
}

/** Whether a role of an older login still waits for the person, or for AWS. */
const isUnfinished = ({ open }: LoginView, { state }: RoleView): boolean =>
  state === 'ready' || state === 'saving' || (open && (state === 'failed' || state === 'exchanging'));

const keyOf = (role: RoleView) => `${role.roleArn} ${role.providerArn}`;

function NothingYet() {
  return (
    <section class="card empty">
      <h2>No login seen yet</h2>
      <p>Log in to the AWS console as you always do. The role that you log in with appears here.</p>
    </section>
  );
}

function Newest({ login, now, format, policy }: { login: LoginView; now: number } & CardProps) {
  useLoginOnTop(login.id);
  if (login.failure !== undefined) {
    return (
      <section class="card">
        <h2>The last login cannot be used</h2>
        <FailureNote failure={login.failure} tone="bad" />
      </section>
    );
  }
  const asked = login.roles.filter(({ state }) => state !== 'offered');
  // Where only AWS can read the roles, a refused one may have been named wrongly, and the form comes again.
  const isOfUse = ({ state }: RoleView) => !login.encrypted || state !== 'failed';
  return (
    <>
      {asked.map((role) => (
        <RoleCard key={keyOf(role)} login={login} role={role} now={now} format={format} policy={policy} />
      ))}
      {login.encrypted
        ? asked.every(({ state }) => state === 'failed') && <EncryptedLogin login={login} />
        : asked.length === 0 && <RoleChoice login={login} />}
      {login.open && asked.some(isOfUse) && asked.length < login.roles.length && <OtherRoles login={login} />}
    </>
  );
}

function OtherRoles({ login }: { login: LoginView }) {
  return (
    <details>
      <summary>Other roles of this login</summary>
      <RoleButtons login={login} />
    </details>
  );
}

type CardProps = Pick<Parameters<typeof RoleCard>[0], 'format' | 'policy'>;
