import type { ParamsOf } from '../../../failure-codes.ts';
import type { ConnectionProblem, ForbiddenThing, NameProblem } from '../../../failure-reasons.ts';

export const connectionWords: Record<ConnectionProblem, string> = {
  'unknown-name': 'its name is not known in this network (DNS)',
  refused: 'the connection was refused',
  certificate: 'its certificate is not one that this machine trusts',
  timeout: 'it did not answer in time',
  offline: 'this machine is offline',
  unclear: 'no connection, an unknown name (DNS), or a certificate that is not trusted',
};

/** What is wrong with the name of a profile. */
export function nameWords({ reason, character, known }: ParamsOf<'profile-name-invalid'>): string {
  const words: Record<NameProblem, string> = {
    empty: 'it is empty',
    'too-long': 'it is longer than 128 characters',
    'line-break': 'it has a line break in it',
    space: 'it has a space in it',
    invisible: 'it has an invisible character in it',
    character: `it has ${character} in it`,
    'sdk-for-javascript': 'the AWS SDK for JavaScript does not read it',
    default: 'the AWS CLI takes [DEFAULT] in capitals for settings of all profiles',
    placeholder: `it has ${character} in it, and only ${known} are filled in`,
    'command-line': `a command line would take its ${character} for something else`,
  };
  return words[reason];
}

/** What the policy of an administrator does not allow. */
export function forbiddenWords({ what, named, most, minutes }: ParamsOf<'policy-forbids'>): string {
  const words: Record<ForbiddenThing, string> = {
    account: `account ${named}`,
    'unknown-account': 'credentials of an account that is not known',
    issuer: `the issuer ${named}`,
    partition: `the partition ${named}`,
    session: `sessions of more than ${most} minutes, and this one lasts ${minutes}`,
  };
  return words[what];
}
