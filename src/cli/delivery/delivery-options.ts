import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Call } from '../profile-use/run-child.ts';
import { type AskingOptions, insecureTlsOption } from '../sts/insecure-tls.ts';
import { endpointVariable, strangeEndpoint } from '../sts/sts-endpoint.ts';
import { durationSeconds } from '../terminal/duration.ts';
import { type Manner, roleferry } from './manner.ts';
import { templateFailure } from './profile-template.ts';
import { refuseStrangeRegion, regionDefault, regionName, tellOfUnknownRegion } from './region.ts';

/** The options that `saml`, `user` and `request` share. */
export interface DeliveryOptions extends AskingOptions {
  profile?: string;
  region?: string;
  exec?: Call;
  /** Seconds. */
  duration?: number;
  replace?: boolean;
}

/** The profile when none is named, as in aws_role_credentials. */
export const defaultProfile = 'sts';

const profileOption = '-p, --profile <name>';
const quietOption = ['-q, --quiet', 'print only errors and warnings'] as const;

/** Gives `command` these options without those about STS, which the broker asks. */
export function addBrokerDeliveryOptions(command: Command): void {
  addProfileOptions(command, `the profile's region (default: ${regionDefault(roleferry)})`, roleferry);
  command.option(...quietOption).hook('preAction', refuseStrangeRegion);
}

/** Gives `command` these options. */
export function addDeliveryOptions(command: Command, manner: Manner): void {
  const aboutRegion = `the profile's region, also for asking STS (default: ${regionDefault(manner)})`;
  addProfileOptions(command, aboutRegion, manner);
  command.option(...insecureTlsOption).option(...quietOption);
  command.hook('preAction', refuseStrangeEndpoint);
  if (!manner.regionFromEnvironment) return;
  command.hook('preAction', refuseStrangeRegion);
  command.hook('preAction', tellOfUnknownRegion);
}

function addProfileOptions(command: Command, aboutRegion: string, { parseExec }: Manner): void {
  command
    .option(profileOption, `the profile to write (default: ${defaultProfile})`)
    .addOption(new Option('--region <region>', aboutRegion).argParser(regionName))
    .addOption(
      new Option(
        '--exec <command>',
        'run this command with the credentials in its environment; write nothing',
      ).argParser(parseExec),
    )
    .addOption(
      new Option('--duration <time>', 'session length, such as 12h, 90m or 3600 (seconds)').argParser(
        sessionSeconds,
      ),
    )
    .option('--replace', 'overwrite a profile even if it holds long-lived keys')
    .hook('preAction', refuseStrangeProfile);
}

function refuseStrangeEndpoint(command: Command): void {
  const variable = endpointVariable(process.env);
  const strange = variable && strangeEndpoint(variable, process.env[variable]);
  if (strange) command.error(`error: ${strange}: correct it, or unset it`);
}

/** Says it as commander does of other options. That cannot wait for the words of failures to be loaded. */
async function refuseStrangeProfile(command: Command): Promise<void> {
  const { profile } = command.opts<DeliveryOptions>();
  const refusal = profile === undefined ? undefined : templateFailure(profile, command.name() === 'saml');
  if (refusal === undefined) return;
  const { wordsHere } = await import('../terminal/called/words-here.ts');
  const { message } = wordsHere(refusal);
  command.error(`error: option '${profileOption}' argument '${profile}' is invalid. ${message}`);
}

function sessionSeconds(text: string): number {
  const seconds = durationSeconds(text);
  if (seconds !== undefined && seconds >= 900 && seconds <= 43_200) return seconds;
  throw new InvalidArgumentError(
    'A session lasts 15m to 12h (900 to 43200 seconds), written like 12h, 90m, 1h30m or 3600.',
  );
}
