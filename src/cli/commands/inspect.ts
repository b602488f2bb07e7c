import { assertionProblems } from '../../core/assertion/assertion-problems.ts';
import type { Assertion } from '../../core/assertion/read-assertion.ts';
import { printable, printableJson } from '../../core/words/printable.ts';
import type { Define } from '../program/define.ts';
import { examples } from '../terminal/examples.ts';
import { print } from '../terminal/print.ts';
import { reportFailure } from '../terminal/report-failure.ts';
import { samlOnStdin } from '../terminal/saml-stdin.ts';

export const define: Define = (command) => {
  command
    .description(
      'Show what the SAML assertion on stdin contains, without asking AWS. It may be XML, base64, URL-encoded, or the ' +
        'HTML page that posts it.',
    )
    .option('--json', 'print JSON, for programs')
    .addHelpText(
      'after',
      examples([
        ['oktaauth -u jobloggs | roleferry inspect', 'what the identity provider sends'],
        ['roleferry inspect --json < response.xml', 'its roles and its end, for a program'],
      ]),
    )
    .action(async ({ json }: { json?: boolean }) => {
      const read = await samlOnStdin('roleferry inspect');
      if (!read.ok) return reportFailure(read.failure);
      const { assertion, response } = read.value;
      print(json ? asJson(assertion) : asText(assertion, response));
    });
};

function asJson(assertion: Assertion): string {
  const { issuer, encrypted, sessionName, sessionDuration, notOnOrAfter, roles } = assertion;
  const shown = {
    issuer: issuer === '' ? null : issuer,
    encrypted,
    sessionName: sessionName ?? null,
    sessionDuration: sessionDuration ?? null,
    notOnOrAfter: notOnOrAfter === undefined ? null : time(notOnOrAfter),
    roles,
  };
  return `${printableJson(shown)}\n`;
}

function asText(assertion: Assertion, response: string): string {
  const { issuer, encrypted, roles, sessionName, sessionDuration, sourceIdentity, principalTags } = assertion;
  const { issuedAt, notBefore, notOnOrAfter, bearerNotOnOrAfter, sessionNotOnOrAfter } = assertion;
  const rows: [string, string | undefined][] = [
    ['issuer', issuer],
    ['session name', sessionName],
    ['session duration', sessionDuration && `${sessionDuration} s`],
    ['source identity', sourceIdentity],
    ...Object.entries(principalTags).map(([name, value]): [string, string] => [`tag ${name}`, value]),
    ['issued', issuedAt && time(issuedAt)],
    ['not before', notBefore && time(notBefore)],
    ['not on or after', notOnOrAfter && time(notOnOrAfter)],
    ['bearer until', bearerNotOnOrAfter && time(bearerNotOnOrAfter)],
    ['session ends', sessionNotOnOrAfter && time(sessionNotOnOrAfter)],
  ].map(([label, value]) => [String(label), value ? String(value) : undefined]);
  const problems = assertionProblems(assertion, response, Date.now());
  return [
    ...rows.filter(([, value]) => value !== undefined).map(([label, value]) => `${label.padEnd(18)}${value}`),
    ...(encrypted ? ['encrypted: only AWS can read which roles it offers'] : []),
    ...roles.flatMap(({ roleArn, providerArn }) => [`role  ${roleArn}`, `      ${providerArn}`]),
    ...problems.map((problem) => `AWS would not take it: ${problem}`),
    '',
  ]
    .map(printable)
    .join('\n');
}

const time = (milliseconds: number) => new Date(milliseconds).toISOString();
