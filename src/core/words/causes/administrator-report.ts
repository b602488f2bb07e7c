import type { Failure } from '../../failure.ts';
import { printable, printableJson } from '../printable.ts';
import { shownCause, wordsOfCause } from './cause-words.ts';
import { english } from './english.ts';
import { remedyForAdministrator } from './for-administrator.ts';

/**
 * What to send to an administrator when AWS has refused an assertion: what was asked, AWS's answer with its request
 * id, the likeliest cause with what they can do about it, and the statements that the role's trust policy lacks. Without the assertion, and without
 * values of attributes. In English, as AWS's answer is, for who administers AWS may sit anywhere. `undefined` if the
 * failure is no refusal of AWS.
 */
export function administratorReport({ refusal, details = '' }: Failure): string | undefined {
  if (refusal === undefined) return undefined;
  const { roleArn, providerArn, issuer, host, seconds, at, cause, statements = [] } = refusal;
  const causeLines =
    cause === undefined ? [] : [wordsOfCause(cause, english).what, remedyForAdministrator(shownCause(cause))];
  const asked = [
    `AssumeRoleWithSAML at ${host}, ${new Date(at).toISOString()}`,
    `role      ${roleArn}`,
    `provider  ${providerArn}`,
    `issuer    ${issuer || 'not named'}`,
    ...(seconds === undefined ? [] : [`duration  ${seconds} seconds`]),
  ];
  return [
    'AWS refused a SAML login.',
    ...section('What was asked', asked),
    ...section('What AWS answered', details === '' ? [] : details.split('\n')),
    ...section('Likely cause', causeLines),
    ...section(
      'What the trust policy of the role lacks',
      statements
        .map((statement) => printableJson(statement))
        .join(',\n')
        .split('\n'),
    ),
    '',
  ].join('\n');
}

function section(title: string, lines: string[]): string[] {
  const [first = ''] = lines;
  return first === '' ? [] : ['', title, ...lines.map((line) => `  ${printable(line)}`)];
}
