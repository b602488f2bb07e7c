import { accountOfArn } from '../../core/aws/account-number.ts';
import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { duration } from '../../core/words/time-left.ts';
import { withTerminal } from '../terminal/ask-terminal.ts';
import { table } from '../terminal/table.ts';
import { tell } from '../terminal/tell.ts';
import { timeWords } from '../terminal/time-words.ts';
import type { BrokerRole } from './ask-broker.ts';

/**
 * The only one of `roles`, or the one that the user chooses on the terminal. Failures: `broker-no-role`,
 * `broker-role-unsaid`.
 */
export function chooseBrokerRole(roles: readonly BrokerRole[]): Result<string> {
  const [only, ...others] = roles;
  if (only === undefined) return failed(failure('broker-no-role'));
  if (others.length === 0) return ok(only.name);
  const chosen = askFor(roles);
  if (chosen !== undefined) return ok(chosen);
  tell(roleTable(roles));
  return failed(failure('broker-role-unsaid', { count: roles.length }));
}

/** A line for each role, under a header; nothing where there is none. */
export function roleTable(roles: readonly BrokerRole[]): string {
  if (roles.length === 0) return '';
  const rows = roles.map(({ name, arn, maxDuration }) => [
    name,
    accountOfArn(arn) ?? '',
    arn,
    duration(maxDuration, timeWords),
  ]);
  return `${table(['ROLE', 'ACCOUNT', 'ARN', 'AT MOST'], rows, 2, Number.POSITIVE_INFINITY).join('\n')}\n`;
}

function askFor(roles: readonly BrokerRole[]): string | undefined {
  return withTerminal(({ write, ask }) => {
    write(`Choose a role:\n${roleTable(roles)}`);
    while (true) {
      const answer = ask('Role: ');
      if (answer === undefined || roles.some(({ name }) => name === answer)) return answer;
      write('There is no role of that name.\n');
    }
  });
}
