import { homedir } from 'node:os';
import { loadConfig } from '@smithy/core/config';
import { type Failure, failure } from '../../core/failure.ts';
import { printable } from '../../core/words/printable.ts';
import { locateFiles } from '../../credentials-file/index.ts';
import { tell } from '../terminal/tell.ts';

/** A setting of the AWS SDK, which may be a variable or stand in the profile of the config file that is in use. */
interface Setting {
  name: string;
  variable: string;
  allowed: readonly string[];
}

/** The SDK finds out where nobody can catch what it says. Source: AWS SDKs reference guide, "Smart configuration defaults". */
const defaultsMode: Setting = {
  name: 'defaults_mode',
  variable: 'AWS_DEFAULTS_MODE',
  allowed: ['auto', 'cross-region', 'in-region', 'legacy', 'mobile', 'standard'],
};

/** These decide whom the SDK asks, and it passes over what it does not understand without a word. */
const passedOver: readonly Setting[] = [
  { name: 'use_fips_endpoint', variable: 'AWS_USE_FIPS_ENDPOINT', allowed: ['true', 'false'] },
  { name: 'use_dualstack_endpoint', variable: 'AWS_USE_DUALSTACK_ENDPOINT', allowed: ['true', 'false'] },
];

/**
 * Why the SDK would ask nobody: a setting that it does not take. One that it passes over, so that AWS is asked elsewhere
 * than the person meant, is told on stderr. Failure: `aws-setting-refused`.
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

/** A setting as the SDK finds it, by the name that it has there; `undefined` where it is not set. */
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

/** What was pasted there by mistake may be a secret; no value that is meant is this long. */
const short = (value: string): string => (value.length > 20 ? `${value.slice(0, 8)}…` : value);
