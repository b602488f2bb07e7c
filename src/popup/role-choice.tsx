import type { LoginView } from '../background/messages.ts';
import { ask } from '../page/background.ts';
import { trusted } from '../page/trusted.ts';
import { RoleTitle } from './role-title.tsx';

/** The roles of a login with several, until the person has chosen one here or on AWS's page. */
export function RoleChoice({ login }: { login: LoginView }) {
  if (!login.open) return <ExpiredChoice />;
  return (
    <section class="card" aria-labelledby="choose">
      <h2 id="choose">Which role?</h2>
      <p>Choose it on the AWS page as usual, or here.</p>
      <RoleButtons login={login} />
    </section>
  );
}

/** One button for each role that STS was not asked for yet. */
export function RoleButtons({ login }: { login: LoginView }) {
  const offered = login.roles.filter(({ state }) => state === 'offered');
  return (
    <ul class="choices">
      {offered.map((role) => (
        <li key={role.roleArn + role.providerArn}>
          <button
            type="button"
            title={role.roleArn}
            onClick={trusted(() =>
              ask({
                type: 'obtain',
                loginId: login.id,
                role: { roleArn: role.roleArn, providerArn: role.providerArn },
              }),
            )}
          >
            <RoleTitle role={role} />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** What is left of a login with which nothing was done while AWS would have redeemed it. */
export function ExpiredChoice() {
  return (
    <section class="card">
      <h2>No role was chosen in time</h2>
      <p>AWS takes a login for five minutes. Log in again, then choose a role on the AWS page or here.</p>
    </section>
  );
}
