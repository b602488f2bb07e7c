import type { RoleView } from '../background/messages.ts';
import { RoleTitle } from './role-title.tsx';
import { timeLeft } from './time-left.ts';

/** A role of an earlier login, in one line. */
export function RoleRow({ role, now }: { role: RoleView; now: number }) {
  return (
    <li>
      <RoleTitle role={role} />
      <span class="aside">
        {role.state === 'saved' && <code>{role.profile}</code>}
        {role.endsAt && <span>{timeLeft(role.endsAt, now)}</span>}
      </span>
    </li>
  );
}
