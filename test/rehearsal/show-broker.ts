import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RequestStage } from '../e2e/request-stage.ts';
import { type CallerIdentityOptions, callerIdentity } from './caller-identity.ts';
import { shownProfile, writtenProfiles } from './credentials-watch.ts';
import type { Steps } from './steps.ts';
import type { Told } from './told.ts';

const person = 'dev';
const machine = 'deploy';

/**
 * Has the broker give credentials to a person and to a machine, and signs a call with each. `logIn` is given the
 * address of the login, and sees to it that it is opened. Throws at the first step that fails, naming it.
 */
export async function showBroker(
  { broker, home, machines, rehearsal, run }: RequestStage,
  logIn: (address: string) => Promise<void>,
  step: Steps['step'],
  { say, result, signal }: Told,
): Promise<void> {
  const request = (args: string[], inBrowser?: (address: string) => Promise<void>) =>
    step(`$ roleferry ${args.join(' ')}`, async () => {
      const { status, stdout, stderr } = await run(args, inBrowser);
      if (status !== 0) throw new Error(stderr.trim());
      result(stdout.trim());
    });
  const whoIs = (whose: string, how: Pick<CallerIdentityOptions, 'env' | 'aws'>) =>
    step(`Asking STS who this is, by a call that is signed with ${whose}`, async () => {
      const { through, answer } = await callerIdentity({
        ...how,
        stsHttpUrl: rehearsal.stsHttpUrl,
        signal,
      });
      result(`GetCallerIdentity with ${whose}, through ${through}:\n${answer}`);
    });
  const proveProfile = async (name: string) => {
    const profiles = writtenProfiles(await readFile(home.credentialsFile, 'utf8'));
    for (const profile of profiles.filter((one) => one.name === name)) result(shownProfile(profile));
    await whoIs(`the profile ${name}`, { env: { ...home.env, AWS_PROFILE: name } });
  };

  await request(['request', broker.url, person, '--profile', person], logIn);
  await proveProfile(person);

  const tokenFile = join(home.path, 'machine-token');
  await step('A machine gets a token from its own issuer in a file, and two variables', async () => {
    const token = await machines.token({ aud: broker.url, sub: 'repo:example/shop' });
    await writeFile(tokenFile, token, { mode: 0o600 });
  });
  const variables = {
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `${broker.url}/v1/roles/${machine}`,
    AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: tokenFile,
  };
  for (const [name, value] of Object.entries(variables)) say(`  ${name}=${value}`);
  // Not every AWS CLI reads a token file: that of Debian 12 does not.
  await whoIs('these variables alone', { env: { ...home.env, ...variables }, aws: null });
  await request(['request', broker.url, machine, '--token-file', tokenFile, '--profile', machine]);
  await proveProfile(machine);
}
