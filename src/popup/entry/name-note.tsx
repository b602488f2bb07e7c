import { phrase } from '../../page/phrase.tsx';
import type { RoleView } from '../../webext/login-view.ts';
import { text } from '../../webext/text.ts';

/** Whether the login's name differs from its profile's, and the user may accept it. */
export const isNameAsked = ({ state, expectedName, nameFixed }: RoleView): boolean =>
  state === 'ready' && expectedName !== undefined && !nameFixed;

/** Both names: the profile's, and the one that AWS knows this login by. */
export function NameNote({ role }: { role: RoleView }) {
  const { sessionName, expectedName } = role;
  if (role.state !== 'ready' || expectedName === undefined) return null;
  return (
    <div class="note names" role="alert">
      <p class="what">{text('popup_otherName')}</p>
      <dl>
        <div>
          <dt>{phrase('popup_nameUntilNow', <bdi>{role.profile}</bdi>)}</dt>
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
    </div>
  );
}
