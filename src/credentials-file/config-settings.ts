import { isConfigProfile } from './add-settings.ts';
import { readAsAwsTools } from './aws-readers.ts';
import type { Settings } from './classify.ts';

/** Everything that any AWS tool finds for the profile `name` in the content of a config file (latin1). */
export const configSettings = (content: string, name: string): Settings =>
  Object.values(readAsAwsTools(content))
    .flatMap((reading) => [...(reading?.sections ?? [])])
    .filter(([section]) => isConfigProfile(section, name))
    .flatMap(([, keys]) => [...keys].map(([key, value]) => ({ key: key.toLowerCase(), value })));
