import { type Failure, failure } from '../../core/failure.ts';
import { notOursToOverwrite, type Settings } from '../format/classify.ts';
import { otherSources } from '../format/profile-keys.ts';
import { asksRoleferry } from './process-lines.ts';

/**
 * Why a profile's settings in the config file (`found`) forbid writing credentials for it; `undefined` if they don't.
 *
 * `profile-shadowed`: with a key such as `role_arn`, AWS tools ignore the access key in the credentials file. `replace`
 * does not help, since a write removes nothing from the config file. For a process profile, an access key beside
 * `credential_process` counts too: some tools prefer it.
 * `profile-long-lived`: the written keys would hide long-lived ones. `replace` helps, since nothing is lost.
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
  return longLived && failure('profile-long-lived', { profile: name, ...longLived, file });
}
