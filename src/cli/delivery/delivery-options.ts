import { type Command, InvalidArgumentError, Option } from 'commander';
import { partitions } from '../../core/aws/partition.ts';
import { stsRegion } from '../../core/sts/sts-region.ts';
import { inEnglish } from '../../core/words/failures/english.ts';
import { printable } from '../../core/words/printable.ts';
import { type AskingOptions, insecureTlsOption } from '../sts/insecure-tls.ts';
import { endpointVariable, strangeEndpoint } from '../sts/sts-endpoint.ts';
import { notEmpty } from '../terminal/not-empty.ts';
import { splitWords } from '../terminal/split-words.ts';
import { tell } from '../terminal/tell.ts';
import { templateFailure } from './profile-template.ts';

/** What `saml`, `user` and `request` are told alike. */
export interface DeliveryOptions extends AskingOptions {
  profile?: string;
  region?: string;
  exec?: string;
  /** Seconds. */
  duration?: number;
  replace?: boolean;
}

/** The profile when none is named, as in aws_role_credentials. */
export const defaultProfile = 'sts';

/** The region when nothing names one, as in aws_role_credentials. */
const defaultRegion = 'us-east-1';

/** Where the region comes from when it is not said in the command, the first that is set. */
const regionVariables = ['AWS_REGION', 'AWS_DEFAULT_REGION'];

/** Where the region comes from when it is not named. */
const regionFrom = `AWS_REGION or AWS_DEFAULT_REGION, else ${defaultRegion}`;

const quietOption = ['-q, --quiet', 'print only errors and warnings'] as const;

/** Gives `command` those of these options that have nothing to do with STS: a broker asks it. */
export function addBrokerDeliveryOptions(command: Command): void {
  addProfileOptions(command, `the profile's region (default: ${regionFrom})`, notEmpty);
  command.option(...quietOption).hook('preAction', refuseStrangeRegion);
}

/** Gives `command` these options, `asOldTool` with the meaning that they have in aws_role_credentials. */
export function addDeliveryOptions(command: Command, asOldTool: boolean): void {
  const regionDefault = asOldTool ? defaultRegion : regionFrom;
  addProfileOptions(
    command,
    `the profile's region, also for asking STS (default: ${regionDefault})`,
    asOldTool ? wordsToRun : notEmpty,
  );
  command.option(...insecureTlsOption).option(...quietOption);
  command.hook('preAction', refuseStrangeEndpoint);
  if (asOldTool) return;
  command.hook('preAction', refuseStrangeRegion);
  command.hook('preAction', tellOfUnknownRegion);
}

function addProfileOptions(command: Command, aboutRegion: string, parseExec: (text: string) => string): void {
  command
    .addOption(
      new Option('-p, --profile <name>', `the profile to write (default: ${defaultProfile})`).argParser(
        (name) => profileName(name, command.name() === 'saml'),
      ),
    )
    .addOption(new Option('--region <region>', aboutRegion).argParser(regionName))
    .addOption(
      new Option(
        '--exec <command>',
        'run this command with the credentials in its environment; write nothing',
      ).argParser(parseExec),
    )
    .addOption(new Option('--duration <seconds>', 'session length, 900 to 43200').argParser(seconds))
    .option('--replace', 'overwrite a profile even if it holds long-lived keys');
}

/**
 * The region to put into the profile, and the one whose STS is asked: the same, but STS outside the role's partition
 * does not know the role. What no partition has may be a newer region than Roleferry: it is written as it is.
 */
export function regionsFor(
  roleArn: string,
  { region }: DeliveryOptions,
  asOldTool: boolean,
): { region: string; stsRegion: string } {
  const setting = region ?? (asOldTool ? undefined : regionOfEnvironment()) ?? defaultRegion;
  const asked = stsRegion({ roleArn, setting });
  return { region: region ?? (isKnown(setting) ? asked : setting), stsRegion: asked };
}

const regionVariable = () => regionVariables.find((name) => process.env[name]);

function regionOfEnvironment(): string | undefined {
  const variable = regionVariable();
  return variable && process.env[variable];
}

const isKnown = (name: string) => partitions.some(({ regions }) => regions.includes(name));

function refuseStrangeEndpoint(command: Command): void {
  const variable = endpointVariable(process.env);
  const strange = variable && strangeEndpoint(variable, process.env[variable]);
  if (strange) command.error(`error: ${strange}: correct it, or unset it`);
}

function tellOfUnknownRegion(command: Command): void {
  const { region, quiet } = command.opts<DeliveryOptions>();
  const name = region ?? regionOfEnvironment() ?? defaultRegion;
  if (quiet || isKnown(name)) return;
  const from = region === undefined ? ` (from ${regionVariable()})` : '';
  tell(
    `Unknown region ${printable(name)}${from}. The profile gets it, but STS is asked in the default region.\n`,
  );
}

/** As on the command line: with another region than the one that is meant nothing of the account might be found. */
function refuseStrangeRegion(command: Command): void {
  const variable = regionVariable();
  if (command.opts().region !== undefined || variable === undefined) return;
  try {
    regionName(regionOfEnvironment() ?? '');
  } catch (error) {
    const { message } = error as InvalidArgumentError;
    command.error(`error: ${variable} '${regionOfEnvironment()}' is invalid. ${message}`);
  }
}

function profileName(name: string, ofLogin: boolean): string {
  const refusal = templateFailure(name, ofLogin);
  if (refusal !== undefined) throw new InvalidArgumentError(inEnglish(refusal).message);
  return name;
}

function regionName(name: string): string {
  if (name.length <= 32 && /^[a-z]{2,}(-[a-z0-9]+){1,4}$/.test(name)) return name;
  throw new InvalidArgumentError('A region looks like eu-central-1.');
}

function seconds(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 900 && number <= 43_200) return number;
  throw new InvalidArgumentError('Seconds must be a number from 900 to 43200.');
}

function wordsToRun(command: string): string {
  const words = splitWords(command);
  if (words === undefined) throw new InvalidArgumentError('It has an unclosed quote.');
  notEmpty(words[0] ?? '');
  return command;
}
