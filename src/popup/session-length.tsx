import type { LoginView, RoleView } from '../background/messages.ts';
import type { Role } from '../core/role.ts';
import { ask } from '../page/background.ts';
import { duration } from './time-left.ts';

const choices = [1, 2, 4, 8, 12].map((hours) => hours * 3600);

/** How long sessions of a role shall be from the next login on, where the identity provider does not say. */
export function SessionLength({
  target,
  login,
  role,
}: {
  target: { loginId: string; role: Role };
  login: LoginView;
  role: RoleView;
}) {
  if (login.sessionDuration !== undefined || role.state !== 'saved') return null;
  return (
    <label class="session-length">
      Ask for sessions of{' '}
      <select
        value={role.wish ?? 0}
        onChange={({ currentTarget }) =>
          ask({ type: 'wish-duration', ...target, seconds: Number(currentTarget.value) })
        }
      >
        <option value={0}>what AWS gives</option>
        {choices.map((seconds) => (
          <option key={seconds} value={seconds}>
            {duration(seconds)}
          </option>
        ))}
      </select>
    </label>
  );
}
