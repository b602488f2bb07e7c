import { type Command, InvalidArgumentError } from 'commander';
import { partitions } from '../../core/aws/partition.ts';
import { stsRegion } from '../../core/sts/sts-region.ts';
import { printable } from '../../core/words/printable.ts';
import { tell } from '../terminal/tell.ts';
import type { Manner } from './manner.ts';

/** The region when nothing names one, as in aws_role_credentials. */
const defaultRegion = 'us-east-1';

/** What may name the region in the environment, the first that is set. */
const regionVariables = ['AWS_REGION', 'AWS_DEFAULT_REGION'];

/** For help: the region when the command names none. */
export const regionDefault = ({ regionFromEnvironment }: Manner): string =>
  regionFromEnvironment ? `${regionVariables.join(' or ')}, else ${defaultRegion}` : defaultRegion;

/**
 * The region to write to the profile, and the region whose STS is asked. They are the same, except that only STS in
 * the role's partition knows the role. A region that no partition has may be newer than Roleferry: it is written as is.
 */
export function regionsFor(
  roleArn: string,
  { region }: { region?: string },
  { regionFromEnvironment }: Manner,
): { region: string; stsRegion: string } {
  const setting = region ?? (regionFromEnvironment ? regionOfEnvironment() : undefined) ?? defaultRegion;
  const asked = stsRegion({ roleArn, setting });
  return { region: region ?? (isKnown(setting) ? asked : setting), stsRegion: asked };
}

/** The argument of `--region`. */
export function regionName(name: string): string {
  if (name.length <= 32 && /^[a-z]{2,}(-[a-z0-9]+){1,4}$/.test(name)) return name;
  throw new InvalidArgumentError('A region looks like eu-central-1.');
}

/** Warns before a command that the region is none that Roleferry knows. */
export function tellOfUnknownRegion(command: Command): void {
  const { region, quiet } = command.opts<{ region?: string; quiet?: boolean }>();
  const name = region ?? regionOfEnvironment() ?? defaultRegion;
  if (quiet || isKnown(name)) return;
  const from = region === undefined ? ` (from ${regionVariable()})` : '';
  tell(
    `Unknown region ${printable(name)}${from}. The profile gets it, but STS is asked in the default region.\n`,
  );
}

/** Refuses an odd region of the environment as on the command line: in a wrong region nothing of the account is found. */
export function refuseStrangeRegion(command: Command): void {
  const variable = regionVariable();
  if (command.opts().region !== undefined || variable === undefined) return;
  try {
    regionName(regionOfEnvironment() ?? '');
  } catch (error) {
    const { message } = error as InvalidArgumentError;
    command.error(`error: ${variable} '${regionOfEnvironment()}' is invalid. ${message}`);
  }
}

const regionVariable = () => regionVariables.find((name) => process.env[name]);

function regionOfEnvironment(): string | undefined {
  const variable = regionVariable();
  return variable && process.env[variable];
}

const isKnown = (name: string) => partitions.some(({ regions }) => regions.includes(name));
