import type { ComponentChildren } from 'preact';
import { phrase } from '../../page/phrase.tsx';
import type { LoginView, RoleView } from '../../webext/login-view.ts';
import { text } from '../../webext/text.ts';
import type { View } from '../../webext/view.ts';

/** Whether the login's name differs from its profile's, and the user may accept it. */
export const isNameAsked = ({ state, expectedName, nameFixed }: RoleView): boolean =>
  state === 'ready' && expectedName !== undefined && !nameFixed;

/** Whether the question stands above the list, for several profiles at once. */
export const isAskedAbove = ({ nameQuestions }: View, login: LoginView, role: RoleView): boolean =>
  nameQuestions.some(({ loginId, known }) => loginId === login.id && known === role.expectedName);

/** Both names of a role whose login has another one. */
export function NameNote({ role }: { role: RoleView }) {
  const { sessionName, expectedName } = role;
  if (role.state !== 'ready' || expectedName === undefined) return null;
  const known = phrase('popup_nameUntilNow', <bdi>{role.profile}</bdi>);
  return <Names known={known} expectedName={expectedName} sessionName={sessionName} />;
}

/** The name that profiles are for, and the one that AWS knows this login by. */
export function Names({
  known,
  expectedName,
  sessionName,
  children,
}: {
  /** Whose the first name is. */
  known: ComponentChildren;
  expectedName: string;
  sessionName: string | undefined;
  children?: ComponentChildren;
}) {
  return (
    <div class="note names" role="alert">
      <p class="what">{text('popup_otherName')}</p>
      <dl>
        <div>
          <dt>{known}</dt>
          <dd>
            <bdi>{expectedName}</bdi>
          </dd>
        </div>
        <div>
          <dt>{text('popup_nameOfLogin')}</dt>
          <dd>
            <bdi>{sessionName}</bdi>
          </dd>
        </div>
      </dl>
      <p>{text('popup_otherNameHint')}</p>
      {children}
    </div>
  );
}
