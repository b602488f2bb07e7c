import { existsSync, readFileSync, statSync } from 'node:fs';
import { type AwsFiles, knownProfiles } from '../../credentials-file/index.ts';
import { type Finding, fine, warning } from './finding.ts';

const address = 'AWS_CONTAINER_CREDENTIALS_FULL_URI';
const token = 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE';

/** Longer than any token that a header takes. */
const mostBytes = 64 * 1024;

/** Whether AWS SDKs would get credentials from a broker, in a shell that has the variables for it; asks no broker. */
export async function checkTokenFile(env: NodeJS.ProcessEnv, files: AwsFiles): Promise<Finding[]> {
  if (!env[address]) return [];
  const findings = [...ofFile(env[token]), ...(await ofKeys(env, files))];
  return findings.length > 0 ? findings : [fine('profiles', `AWS SDKs here ask ${env[address]}`)];
}

function ofFile(path: string | undefined): Finding[] {
  if (!path) return [];
  if (!existsSync(path) || !statSync(path).isFile() || statSync(path).size > mostBytes) {
    return [warning('profiles', `${token} names ${path}, which is no token file`, 'write the token there')];
  }
  return /[\r\n]/.test(readFileSync(path, 'utf8'))
    ? [
        warning(
          'profiles',
          `the token in ${path} has a line break, and AWS SDKs refuse it`,
          'write the file without one, with printf %s or jq -j',
        ),
      ]
    : [];
}

/** SDKs prefer what stands in the environment and in `default`. */
async function ofKeys(env: NodeJS.ProcessEnv, files: AwsFiles): Promise<Finding[]> {
  const known = await knownProfiles(files);
  const isDefaultSet =
    known.ok && known.value.some(({ name, source }) => name === 'default' && source !== 'none');
  const winner = env.AWS_ACCESS_KEY_ID
    ? 'AWS_ACCESS_KEY_ID'
    : isDefaultSet
      ? 'the profile default'
      : undefined;
  return winner === undefined
    ? []
    : [
        warning(
          'profiles',
          `AWS SDKs here use ${winner}, and do not ask ${env[address]}`,
          `take ${winner} away, or ${address}`,
        ),
      ];
}
