import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { findTool } from '../needs.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Replaces a missing AWS CLI: the AWS SDK, in a program like any other. */
const sdkProgram = `
  import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
  const { UserId, Account, Arn } = await new STSClient().send(new GetCallerIdentityCommand());
  console.log(JSON.stringify({ UserId, Account, Arn }, null, 2));
`;

export interface CallerIdentityOptions {
  /** The environment, and nothing else, says with which credentials the call is signed. */
  env: Record<string, string>;
  /** STS without TLS. */
  stsHttpUrl: string;
  /** Text for bash to evaluate first, as a person who pastes it. */
  evaluate?: string;
  /** Ends the call at once. */
  signal?: AbortSignal;
  /** The AWS CLI's path; `null` if there is none. Searched for unless given. */
  aws?: string | null;
}

/**
 * Asks STS by a signed call whose credentials these are: through the real AWS CLI, else the AWS SDK. Gives
 * which of them it was and STS's answer in JSON; throws with that program's own words when it refuses.
 */
export async function callerIdentity(
  options: CallerIdentityOptions,
): Promise<{ through: string; answer: string }> {
  const { aws = findTool('aws') ?? null } = options;
  const asking =
    aws === null
      ? [process.execPath, '--input-type=module', '-e', sdkProgram]
      : [aws, 'sts', 'get-caller-identity', '--output', 'json', '--endpoint-url', options.stsHttpUrl];
  const [command = '', ...args] =
    options.evaluate === undefined ? asking : ['bash', '-c', 'eval "$(cat)" && exec "$@"', 'bash', ...asking];
  const child = spawn(command, args, {
    cwd: repository,
    env: {
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_STS: options.stsHttpUrl,
      AWS_EC2_METADATA_DISABLED: 'true',
      ...options.env,
    },
    killSignal: 'SIGKILL',
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  child.stdin.on('error', () => {
    // A program that ended without reading says why on stderr.
  });
  child.stdin.end(options.evaluate ?? '');
  const [status, answer, trouble] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  if (status !== 0) throw new Error(`the signed call failed: ${trouble.trim()}`);
  return { through: aws ?? 'the AWS SDK', answer: answer.trim() };
}
