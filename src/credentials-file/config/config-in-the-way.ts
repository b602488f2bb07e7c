import { type Failure, failure } from '../../core/failure.ts';
import { notOursToOverwrite, type Settings } from '../format/classify.ts';
import { otherSources } from '../format/profile-keys.ts';
import { asksRoleferry } from './process-lines.ts';

/**
 * What a profile's settings in the config file (`found`) have against writing credentials for it.
 *
 * `profile-shadowed`: a key such as `role_arn`, with which AWS tools pass by the access key in the credentials
 * file. `replace` does not help there, since no write takes anything out of the config file. Of a process profile
 * nothing but its `credential_process` may be there: some tools prefer an access key beside it.
 * `profile-long-lived`: long-lived keys, which the written ones would hide; nothing is lost, so `replace` does.
 */
export function configInTheWay(
  file: string,
  found: Settings,
  { name, replace }: { name: string; replace?: boolean },
): Failure | undefined {
  const ours = asksRoleferry(found, name);
  const settings = found.filter(({ key }) => !(ours && key === 'credential_process'));
  const wins = (key: string) => otherSources.has(key) || (ours && key === 'aws_access_key_id');
  const keys = [...new Set(settings.map(({ key }) => key).filter(wins))];
  if (keys.length > 0) return failure('profile-shadowed', { profile: name, file, keys: keys.join(', ') });
  const longLived = replace ? undefined : notOursToOverwrite(settings);
  return longLived === undefined
    ? undefined
    : failure('profile-long-lived', { profile: name, found: `${longLived} in ${file}` });
}
