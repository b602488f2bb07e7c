import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findTool } from '../needs.ts';
import type { Rehearsal } from '../rehearsal/server.ts';

/** Reads or writes a parameter with a profile, by a signed call of the real AWS CLI: what it prints, or its refusal. */
export async function parameter(
  { rehearsal, home }: { rehearsal: Rehearsal; home: { env: Record<string, string> } },
  profile: string,
  value?: string,
): Promise<string> {
  const call =
    value === undefined
      ? ['get-parameter', '--query', 'Parameter.Value']
      : ['put-parameter', '--type', 'String', '--overwrite', '--value', value, '--query', 'Version'];
  const args = ['ssm', ...call, '--name', 'colour', '--profile', profile];
  const where = ['--region', 'us-east-1', '--output', 'text', '--endpoint-url', rehearsal.stsHttpUrl];
  const { stdout, stderr } = await promisify(execFile)(findTool('aws') ?? 'aws', [...args, ...where], {
    env: home.env,
  }).catch((error: { stdout: string; stderr: string }) => error);
  return stdout.trim() || stderr.trim();
}
