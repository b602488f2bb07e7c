import type { Role } from '../../core/aws/role.ts';
import { printable } from '../../core/words/printable.ts';
import { withTerminal } from './ask-terminal.ts';

/** Lets the user choose one of `roles` on the terminal; `undefined` without a terminal or a choice. */
export function chooseRole(roles: readonly Role[]): Role | undefined {
  return withTerminal(({ write, ask }) => {
    write(`Choose a role:\n${roleList(roles)}`);
    while (true) {
      const answer = ask('Selection: ');
      if (answer === undefined) return undefined;
      const role = /^\d+$/.test(answer) ? roles[Number(answer)] : undefined;
      if (role !== undefined) return role;
      write(`Enter a number from 0 to ${roles.length - 1}.\n`);
    }
  });
}

/** A line for each role, numbered from 0 as in aws_role_credentials; with the provider where it makes the difference. */
export function roleList(roles: readonly Role[]): string {
  return roles
    .map(({ roleArn, providerArn }, index) => {
      const isOnlyOne = roles.filter((role) => role.roleArn === roleArn).length === 1;
      return `[${index}] ${printable(isOnlyOne ? roleArn : `${roleArn} by ${providerArn}`)}\n`;
    })
    .join('');
}
