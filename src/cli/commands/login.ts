import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import * as v from 'valibot';
import { type Failure, failure } from '../../core/failure.ts';
import { writableNameFailure } from '../../core/profile/profile-name.ts';
import { type SignInLink, signInLinkSchema } from '../../core/protocol/requests.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { type AwsFiles, knownProfiles, readProfiles, sourceChain } from '../../credentials-file/index.ts';
import { changeInstallRecord } from '../../native-host/registration/install-record.ts';
import { hostFolder, ownSurroundings } from '../../native-host/registration/system/surroundings.ts';
import { noBrowser, whereElse } from '../browser/no-browser.ts';
import { filesOfHost } from '../files/files-of-host.ts';
import { knownLinks, logInInBrowser } from '../login/login-in-browser.ts';
import { timeoutOption } from '../login/login-timeout.ts';
import { currentProfile, profileName } from '../profile-use/exec-profile.ts';
import { namedProfile, profileOption } from '../profile-use/named-profile.ts';
import type { Define } from '../program/define.ts';
import { brokerProfiles, forgetBroker } from '../request/broker-profiles.ts';
import { examples } from '../terminal/examples.ts';
import { print } from '../terminal/print.ts';
import { reportFailure } from '../terminal/report-failure.ts';
import { tell } from '../terminal/tell.ts';

interface Options {
  profile?: string;
  link?: string;
  timeout: number;
}

export const define: Define = (command) => {
  command
    .description(
      'Open the sign-in link of a profile in the browser and wait for new credentials. ' +
        'The links come from the extension; BROWSER names the program that opens them.',
    )
    .argument('[profile]', 'the profile (default: AWS_PROFILE, or the only one with a link)')
    .addOption(profileOption())
    .option(
      '--link <url>',
      'the page of your identity provider that leads to AWS, for the named profile; remembered after the login',
    )
    .addOption(timeoutOption())
    .addHelpText(
      'after',
      examples([
        ['roleferry login dev', 'new credentials for dev'],
        ['roleferry login dev --link https://idp.example/aws', 'the first time'],
        ['roleferry login dev --timeout 60', 'give up after a minute'],
      ]),
    )
    .action(async (byPosition: string | undefined, { profile: byOption, link, timeout }: Options) => {
      const profile = profileToLogIn(command, namedProfile(command, byPosition, byOption), link);
      if (!profile.ok) return reportFailure(profile.failure);
      const files = filesOfHost();
      const name = link === undefined ? await firstSource(files, profile.value) : profile.value;
      const given = link === undefined ? ok(undefined) : signInLink(name, link);
      if (!given.ok) return reportFailure(given.failure);
      const done = await logInInBrowser(files, name, timeout, given.value);
      if (!done.ok) return reportFailure(await explained(files, name, done.failure));
      if (!done.value) {
        await reportFailure(failure('sign-in-link-missing', { profile: name }));
        const nowhere = noBrowser(process.env, process.platform, existsSync);
        if (nowhere !== undefined) tell(`${whereElse(nowhere, name)}\n`);
        return;
      }
      const stored = given.value === undefined ? ok(undefined) : await storeLink(given.value);
      if (!stored.ok) return reportFailure(stored.failure);
      if (given.value !== undefined) await forgetBroker(name);
      const delivered = await currentProfile(files, name);
      if (!delivered.ok) return reportFailure(delivered.failure);
      print(`${name} has credentials until ${delivered.value.credentials.expiration}\n`);
    });
};

/** A given link replaces an older one, so its profile must be named. */
function profileToLogIn(
  command: Command,
  named: string | undefined,
  link: string | undefined,
): Result<string> {
  const known = link === undefined ? [...knownLinks(), ...brokerProfiles()] : [];
  const [only, ...others] = new Set(known.map(({ profile }) => profile));
  const name = profileName(command, named);
  const chosen = name.ok || only === undefined || others.length > 0 ? name : ok(only);
  const nameFailure = chosen.ok ? writableNameFailure(chosen.value) : undefined;
  return nameFailure === undefined ? chosen : failed(nameFailure);
}

function signInLink(profile: string, url: string): Result<SignInLink> {
  const link = v.safeParse(signInLinkSchema, { profile, url });
  if (link.success) return ok(link.output);
  const reason = /^https:/i.test(url)
    ? 'the address is not complete, or too long'
    : 'it does not start with https://';
  return failed(failure('sign-in-link-invalid', { reason }));
}

const storeLink = (link: SignInLink): Promise<Result<void>> =>
  changeInstallRecord(hostFolder(ownSurroundings()), ({ signInLinks = [], ...record }) => ({
    ...record,
    signInLinks: [...signInLinks.filter(({ profile }) => profile !== link.profile), link],
  }));

/** The profile from which `name` has its credentials in the end: new ones of it renew both. */
async function firstSource(files: AwsFiles, name: string): Promise<string> {
  const profiles = await readProfiles(files);
  const chain = profiles.ok ? sourceChain(profiles.value, name) : undefined;
  return chain?.ok ? (chain.value[0] ?? name) : name;
}

/** Names the login of the AWS CLI, if the profile is of one. */
async function explained(files: AwsFiles, profile: string, reason: Failure): Promise<Failure> {
  if (reason.code !== 'profile-not-temporary') return reason;
  const known = await knownProfiles(files);
  const renewal = known.ok ? known.value.find(({ name }) => name === profile)?.renewal : undefined;
  return renewal === undefined ? reason : failure('aws-cli-renews', { profile, renewal });
}
