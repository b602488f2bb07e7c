import { createReadStream } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { compactPolicy } from '../../core/aws/policy-document.ts';
import { presetPolicy, type SessionPolicy } from '../../core/aws/session-policy.ts';
import {
  policyArnFailure,
  policyFailure,
  sessionPolicyFailure,
} from '../../core/aws/session-policy-failure.ts';
import { type Failure, failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { errorCode, reasonOf } from '../../disk/fs-failure.ts';
import { notEmpty } from '../terminal/not-empty.ts';
import { readStdin } from '../terminal/read-stdin.ts';

/** The options that narrow a session. */
export interface SessionPolicyOptions {
  policyArn?: string[];
  /** A file. */
  policy?: string;
  readOnly?: boolean;
}

/** Gives `command` these options. With `orStdin`, the policy may come from there. */
export function addSessionPolicyOptions(command: Command, { orStdin }: { orStdin: boolean }): void {
  command
    .option('--read-only', 'limit the session to what the managed policy ReadOnlyAccess of AWS allows')
    .option(
      '--policy-arn <arn>',
      'limit the session to what this managed policy allows; up to 10 times',
      (arn: string, before: string[] = []) => [...before, arn],
    )
    .option(
      '--policy <file>',
      `limit the session to what the IAM policy in this JSON file allows${orStdin ? ' (- for stdin)' : ''}`,
      (file) => {
        if (file === '-' && !orStdin) throw new InvalidArgumentError('Here the assertion is on stdin.');
        return notEmpty(file);
      },
    );
}

/** The session policy for a role; `undefined` where nothing narrows it. */
type PolicyFor = (roleArn: string) => SessionPolicy | undefined;

/**
 * Reads what the options ask for, and checks what can be checked without a role. Failures: those of session policies,
 * and `file-unreadable`.
 */
export async function readSessionPolicy({
  policyArn: arns = [],
  policy: file,
  readOnly = false,
}: SessionPolicyOptions): Promise<Result<PolicyFor>> {
  if (arns.length === 0 && file === undefined && !readOnly) return ok(() => undefined);
  const unfit = arns.map(policyArnFailure).find((one) => one !== undefined);
  if (unfit !== undefined) return failed(unfit);
  const text = file === undefined ? ok(undefined) : await textOf(file);
  if (!text.ok) return text;
  // Spaces between the words of JSON mean nothing, and AWS counts them.
  const policy = text.value === undefined ? undefined : compactPolicy(text.value);
  const refusal = policy === undefined ? undefined : policyFailure(policy);
  if (refusal !== undefined) return failed(refusal);
  return ok((roleArn) => {
    const preset = readOnly ? (presetPolicy('read-only', roleArn).policyArns ?? []) : [];
    const policyArns = [...preset, ...arns];
    return { ...(policyArns.length > 0 && { policyArns }), ...(policy !== undefined && { policy }) };
  });
}

/** Why AWS would not take the session policy of one of these roles. */
export const refusedFor = (policyFor: PolicyFor, roleArns: readonly string[]): Failure | undefined =>
  roleArns
    .map((roleArn) => {
      const sessionPolicy = policyFor(roleArn);
      return sessionPolicy && sessionPolicyFailure(sessionPolicy, roleArn);
    })
    .find((refusal) => refusal !== undefined);

/** Longer than any policy that AWS takes, however it is laid out. */
const mostBytes = 64 * 1024;

async function textOf(file: string): Promise<Result<string>> {
  if (file === '-') return ok(decoded(await readStdin()));
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of createReadStream(file, { end: mostBytes })) chunks.push(chunk as Buffer);
    return ok(decoded(Buffer.concat(chunks)));
  } catch (error) {
    const reason = errorCode(error) === 'ENOENT' ? 'file-missing' : reasonOf(error);
    return failed(failure('file-unreadable', { file, reason }));
  }
}

const decoded = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
