import { duration } from '../../core/words/time-left.ts';
import { ask } from '../../page/background.ts';
import type { LoginView, RoleView } from '../../webext/login-view.ts';
import { text } from '../../webext/text.ts';
import { timeWords } from '../../webext/time-words.ts';
import type { View } from '../../webext/view.ts';

const choices = [1, 2, 4, 8, 12].map((hours) => hours * 3600);

const asInOptions = 'as in the options';

/** The session length of a role from the next login on, if the identity provider sets none. */
export function SessionLength({ view, login, role }: { view: View; login: LoginView; role: RoleView }) {
  if (login.sessionDuration !== undefined || role.state !== 'saved') return null;
  const { roleArn, providerArn } = role;
  const target = { loginId: login.id, role: { roleArn, providerArn } };
  const general = view.settings.sessionDuration;
  const most = view.policy.maxSessionDuration ?? Number.POSITIVE_INFINITY;
  return (
    <label class="line">
      {text('popup_sessionLength')}
      <select
        value={role.wish ?? (general === 0 ? 0 : asInOptions)}
        onChange={({ currentTarget: { value } }) =>
          ask({ type: 'wish-duration', ...target, seconds: value === asInOptions ? null : Number(value) })
        }
      >
        {general !== 0 && <option value={asInOptions}>{text('popup_asInOptions')}</option>}
        <option value={0}>{text('popup_whatAwsGives')}</option>
        {choices
          .filter((seconds) => seconds <= most)
          .map((seconds) => (
            <option key={seconds} value={seconds}>
              {duration(seconds, timeWords)}
            </option>
          ))}
      </select>
    </label>
  );
}
