import { homedir } from 'node:os';
import { loadConfig } from '@smithy/core/config';
import { type Failure, failure } from '../../core/failure.ts';
import { printable } from '../../core/words/printable.ts';
import { locateFiles } from '../../credentials-file/index.ts';
import { tell } from '../terminal/tell.ts';

/** A setting of the AWS SDK: a variable, or in the current profile of the config file. */
interface Setting {
  name: string;
  variable: string;
  allowed: readonly string[];
}

/** The SDK throws where nothing can catch it. Source: AWS SDKs reference guide, "Smart configuration defaults". */
const defaultsMode: Setting = {
  name: 'defaults_mode',
  variable: 'AWS_DEFAULTS_MODE',
  allowed: ['auto', 'cross-region', 'in-region', 'legacy', 'mobile', 'standard'],
};

/** These decide whom the SDK asks. It silently ignores values that it doesn't understand. */
const passedOver: readonly Setting[] = [
  { name: 'use_fips_endpoint', variable: 'AWS_USE_FIPS_ENDPOINT', allowed: ['true', 'false'] },
  { name: 'use_dualstack_endpoint', variable: 'AWS_USE_DUALSTACK_ENDPOINT', allowed: ['true', 'false'] },
];

/**
 * The failure `aws-setting-refused` for a setting that would make the SDK fail. Warns on stderr of a setting that the SDK
 * ignores, so that it asks AWS elsewhere than the user meant.
 */
export async function refusedSetting(): Promise<Failure | undefined> {
  const mode = await settingOf(defaultsMode);
  if (mode !== undefined && !defaultsMode.allowed.includes(mode.value.toLowerCase())) {
    return failure('aws-setting-refused', {
      setting: mode.name,
      value: mode.value,
      place: mode.place,
      reason: `it is one of ${defaultsMode.allowed.join(', ')}`,
    });
  }
  for (const setting of passedOver) {
    const found = await settingOf(setting);
    if (found === undefined || setting.allowed.includes(found.value)) continue;
    const { name, value, place } = found;
    tell(
      `Warning: the AWS SDK ignores ${name} = ${printable(value)} (${printable(place)}): use true or false, in lower case.\n`,
    );
  }
  return undefined;
}

/** A setting as the SDK finds it, by the SDK's name; `undefined` if it is not set. */
async function settingOf({
  name,
  variable,
}: Setting): Promise<{ name: string; value: string; place: string } | undefined> {
  const fromVariable = process.env[variable];
  if (fromVariable) return { name: variable, value: short(fromVariable), place: 'in the environment' };
  const value = await loadConfig<string>({
    environmentVariableSelector: () => undefined,
    configFileSelector: (profile) => profile[name],
    default: '',
  })();
  if (value === '') return undefined;
  const { configFile } = locateFiles(process.env, process.platform, homedir());
  const profile = process.env.AWS_PROFILE || 'default';
  return { name, value: short(value), place: `profile ${profile} in ${configFile}` };
}

/** No valid value is this long, and one pasted by mistake may be a secret. */
const short = (value: string): string => (value.length > 20 ? `${value.slice(0, 8)}…` : value);
