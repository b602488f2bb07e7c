import { federationEndpoint } from '../../core/aws/federation.ts';
import type { Partition } from '../../core/aws/partition.ts';
import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { addressProblem } from '../request/address-problem.ts';
import { tell } from '../terminal/tell.ts';

/** The variable by which AWS SDKs ask another address than AWS's for the service Sign-In. */
const variable = 'AWS_ENDPOINT_URL_SIGNIN';

/**
 * Where the credentials go: to the partition's sign-in, or where `AWS_ENDPOINT_URL_SIGNIN` leads, which is named on stderr.
 * Failure: `console-endpoint-invalid`, without the value, which may hold a password.
 */
export function consoleEndpoint(partition: Partition, env: NodeJS.ProcessEnv): Result<string> {
  const set = env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true' ? undefined : env[variable];
  if (!set) return ok(federationEndpoint(partition));
  const reason = addressProblem(set);
  if (reason !== undefined) return failed(failure('console-endpoint-invalid', { variable, reason }));
  const { href, host } = new URL(set);
  tell(`Asking ${host} instead of AWS Sign-In (${variable}).\n`);
  return ok(`${href.replace(/\/+$/, '')}/federation`);
}
