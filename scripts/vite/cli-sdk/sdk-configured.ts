import { homedir } from 'node:os';
import { locateFiles } from '../../../src/credentials-file/locate.ts';
import { readSnapshot } from '../../../src/credentials-file/read-snapshot.ts';

/** Beside `AWS_ENDPOINT_URL_STS`, which the client for the CLI follows by itself. */
const variables = [
  'AWS_ENDPOINT_URL',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  'AWS_USE_FIPS_ENDPOINT',
  'AWS_USE_DUALSTACK_ENDPOINT',
  'AWS_RETRY_MODE',
  'AWS_DEFAULTS_MODE',
  'AWS_SDK_UA_APP_ID',
  'AWS_NEW_RETRIES_2026',
  'SMITHY_NEW_RETRIES_2026',
];

/** The same in the shared files, in whatever section: who has any of them gets the SDK that can read it. */
const settings =
  /^\s*(endpoint_url|services|ignore_configured_endpoint_urls|use_(fips|dualstack)_endpoint|retry_mode|defaults_mode|sdk_ua_app_id)\s*=/m;

/** Whether the SDK would find anything that says which host it is to ask, or in which way. */
export async function isSdkConfigured(env: NodeJS.ProcessEnv): Promise<boolean> {
  if (variables.some((name) => env[name])) return true;
  const { configFile, credentialsFile } = locateFiles(env, process.platform, homedir());
  const contents = await Promise.all([configFile, credentialsFile].map(contentOf));
  return contents.some((content) => settings.test(content));
}

/** Nothing where the file cannot be read, as for the SDK; nor where it is a pipe, which the SDK would wait for. */
async function contentOf(file: string): Promise<string> {
  const read = await readSnapshot(file);
  return (read.ok && read.value?.bytes.toString('latin1')) || '';
}
