import { rightsOf } from '../../core/aws/session-policy.ts';
import type { Failure } from '../../core/failure.ts';
import { printable } from '../../core/words/printable.ts';
import { duration } from '../../core/words/time-left.ts';
import {
  type AwsFiles,
  type ProfileUpdate,
  readCredentials,
  writeProfiles,
} from '../../credentials-file/index.ts';
import { filesOfHost } from '../files/files-of-host.ts';
import { print } from '../terminal/print.ts';
import { reportFailure } from '../terminal/report-failure.ts';
import { tell } from '../terminal/tell.ts';
import { timeWords } from '../terminal/time-words.ts';
import type { Delivery } from './delivery.ts';
import type { DeliveryOptions } from './delivery-options.ts';
import type { Manner } from './manner.ts';
import { namingReplace } from './naming-replace.ts';

/** Writes the profiles in one write and reports the outcome of each. Returns whether all were written. */
export async function writeDeliveries(
  deliveries: readonly Delivery[],
  { replace, quiet, region: asked }: DeliveryOptions,
  manner: Manner,
): Promise<boolean> {
  const files = filesOfHost();
  const updates = deliveries.map(({ profile, region, exchanged, source, sessionPolicy }): ProfileUpdate => {
    const { credentials, principalArn } = exchanged;
    return {
      name: profile,
      credentials,
      principalArn,
      region,
      source,
      ...(sessionPolicy && { rights: rightsOf(sessionPolicy) }),
      ...manner.profile,
      ...(replace && { replace }),
      // Whoever names the profile in the command knows which account goes there.
      takeOver: true,
    };
  });
  const written = await writeProfiles(files, updates, () => true, 'cli');
  if (!written.ok) {
    await reportFailure(written.failure);
    return false;
  }
  for (const [index, outcome] of written.value.entries()) {
    const delivery = deliveries[index];
    if (!outcome.ok) await reportFailure(namingReplace(outcome.failure));
    else if (delivery !== undefined && !quiet) {
      print(manner.report(delivery, files.credentialsFile));
      tell(shortfall(delivery) + (asked ? await otherRegion(files, delivery) : ''));
    }
  }
  const warnings = written.value.flatMap((outcome) => (outcome.ok ? (outcome.warnings ?? []) : []));
  if (warnings.length > 0) await warn(warnings);
  return written.value.every((outcome) => outcome.ok);
}

async function warn(warnings: readonly Failure[]): Promise<void> {
  const { wordsHere } = await import('../terminal/called/words-here.ts');
  for (const { message, hint } of warnings.map(wordsHere)) tell(`warning: ${message}\nhint: ${hint}\n`);
}

/** Says that the config file's region stays although the command named another one. */
async function otherRegion(files: AwsFiles, { profile, region }: Delivery): Promise<string> {
  const read = await readCredentials(files, profile);
  const used = read.ok ? (read.value.region ?? region) : region;
  return used === region
    ? ''
    : `${profile}: keeps the region ${printable(used)} from ${printable(files.configFile)}\n`;
}

function shortfall({ profile, exchanged: { shortened } }: Delivery): string {
  if (shortened === undefined) return '';
  const { asked, granted } = shortened;
  return `${profile}: the role allows ${duration(granted, timeWords)} at most, not ${duration(asked, timeWords)}\n`;
}
