import { shellWord } from '../../core/words/shell-word.ts';
import type { AwsFiles } from '../../credentials-file/index.ts';
import { brokerOf, brokerProfiles } from '../request/broker-profiles.ts';
import { callHere } from '../terminal/called/call-here.ts';
import { type Finding, fine, warning } from './finding.ts';

/** Which profiles came from a broker, and whether they still do. Asks no broker. */
export async function checkBrokers(files: AwsFiles): Promise<Finding[]> {
  return Promise.all(
    brokerProfiles().map(async ({ profile, url, role }) =>
      (await brokerOf(files, profile)) === undefined
        ? warning(
            'profiles',
            `${profile} was the role ${role} of ${url}, and has a role of something else now: it is not renewed there`,
            `for the broker's again, run: ${callHere()} request ${url} ${shellWord(role)} --profile ${shellWord(profile)}`,
          )
        : fine('profiles', `${profile} is the role ${role} of ${url}, renewed by a login there`),
    ),
  );
}
