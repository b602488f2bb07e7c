import type { RoleView } from '../background/messages.ts';

/** Which role of which account: the two things that must never be mistaken. */
export function RoleTitle({ role }: { role: RoleView }) {
  return (
    <span class="role-title">
      <strong>{role.roleName}</strong>
      <span class="account">Account {accountNumber(role.accountId)}</span>
    </span>
  );
}

/** AWS's own way to write an account number, in groups of four. */
const accountNumber = (id: string) => id.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3');
