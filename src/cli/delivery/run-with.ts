import { accountOfArn } from '../../core/aws/account-number.ts';
import type { Failure } from '../../core/failure.ts';
import { judge } from '../../machine-policy/judge.ts';
import { filesOfHost } from '../files/files-of-host.ts';
import { childEnvironment, unlessSet } from '../profile-use/child-environment.ts';
import { type Call, runChild } from '../profile-use/run-child.ts';
import { reportFailure } from '../terminal/report-failure.ts';
import type { Delivery } from './delivery.ts';

/**
 * Runs a program with the credentials in its environment, if the machine's policy allows it, and writes nothing. The
 * region that the environment names stays, unless the command line names another, `asked`. This process then ends with
 * the program's status.
 */
export async function runWith(delivery: Delivery, call: Call, asked: string | undefined): Promise<void> {
  const refusal = await whyNotHandOut(delivery);
  if (refusal !== undefined) return reportFailure(refusal);
  const { exchanged, region } = delivery;
  const { principalArn: arn, credentials } = exchanged;
  const environment = childEnvironment(credentials, asked ?? unlessSet(region), accountOfArn(arn));
  process.exitCode = await runChild(call, environment);
}

/** Why the machine's policy forbids handing out these credentials, if it does. It may have the use logged. */
export async function whyNotHandOut({ exchanged, source }: Delivery): Promise<Failure | undefined> {
  const { principalArn: arn, credentials } = exchanged;
  const question = { arn, source, expiration: credentials.expiration };
  const judged = await judge(filesOfHost().machine, 'cli', [question]);
  return judged.ok ? judged.value.refusals[0] : judged.failure;
}
