import { type Failure, failure } from '../core/failure.ts';
import { isConfigProfile } from './add-settings.ts';
import { readAsAwsTools } from './aws-readers.ts';
import { notOursToOverwrite } from './classify.ts';
import { otherSources } from './profile-keys.ts';

/**
 * What the profile's section in the config file (`content`, latin1) has against writing credentials for it.
 *
 * `profile-shadowed`: a key such as `role_arn`, with which AWS tools pass by the access key in the credentials
 * file. `replace` does not help there, since we never take anything out of the config file.
 * `profile-long-lived`: long-lived keys, which the written ones would hide; nothing is lost, so `replace` does.
 */
export function configInTheWay(
  file: string,
  content: string,
  { name, replace }: { name: string; replace?: boolean },
): Failure | undefined {
  const settings = Object.values(readAsAwsTools(content))
    .flatMap((reading) => [...(reading?.sections ?? [])])
    .filter(([section]) => isConfigProfile(section, name))
    .flatMap(([, keys]) => [...keys].map(([key, value]) => ({ key: key.toLowerCase(), value })));
  const keys = [...new Set(settings.map(({ key }) => key).filter((key) => otherSources.has(key)))];
  if (keys.length > 0) return failure('profile-shadowed', { profile: name, file, keys: keys.join(', ') });
  const found = replace ? undefined : notOursToOverwrite(settings);
  return found === undefined
    ? undefined
    : failure('profile-long-lived', { profile: name, found: `${found} in ${file}` });
}
