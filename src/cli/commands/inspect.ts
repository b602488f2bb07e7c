import type { Assertion } from '../../core/assertion/assertion.ts';
import { redeemableUntil } from '../../core/assertion/redeemable.ts';
import type { Cause, TrustStatement } from '../../core/cause.ts';
import { assertionFaults } from '../../core/diagnosis/assertion-faults.ts';
import { missingStatements, trustNeeds } from '../../core/diagnosis/trust-policy.ts';
import { wordsOfCause } from '../../core/words/causes/cause-words.ts';
import { english } from '../../core/words/causes/english.ts';
import { printable, printableJson } from '../../core/words/printable.ts';
import { timeLeft } from '../../core/words/time-left.ts';
import type { Define } from '../program/define.ts';
import { examples } from '../terminal/examples.ts';
import { print } from '../terminal/print.ts';
import { reportFailure } from '../terminal/report-failure.ts';
import { samlOnStdin } from '../terminal/saml-stdin.ts';
import { timeWords } from '../terminal/time-words.ts';

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
        ['roleferry inspect --json < response.xml', 'its roles, and what is wrong with it, for a program'],
      ]),
    )
    .action(async ({ json }: { json?: boolean }) => {
      const read = await samlOnStdin('roleferry', 'inspect');
      if (!read.ok) return reportFailure(read.failure);
      const { assertion, response } = read.value;
      const characters = response.replace(/\s/g, '').length;
      const now = Date.now();
      const faults = assertionFaults({ assertion, characters }, now);
      print(json ? asJson(assertion, faults) : asText(assertion, faults, now));
    });
};

function asJson(assertion: Assertion, faults: Cause[]): string {
  const { issuer, encrypted, sessionName, sessionDuration, notOnOrAfter, roles } = assertion;
  const shown = {
    issuer: issuer === '' ? null : issuer,
    encrypted,
    sessionName: sessionName ?? null,
    sessionDuration: sessionDuration ?? null,
    notOnOrAfter: notOnOrAfter === undefined ? null : time(notOnOrAfter),
    redeemableUntil: redeemable(assertion) ?? null,
    roles,
    problems: faults.map((cause) => {
      const { what, remedy } = wordsOfCause(cause, english);
      return { ...cause, message: what, hint: remedy };
    }),
    trustPolicy: statementsOf(assertion),
  };
  return `${printableJson(shown)}\n`;
}

function asText(assertion: Assertion, faults: Cause[], now: number): string {
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
    ['redeemable until', redeemableWords(assertion, now)],
    ['session ends', sessionNotOnOrAfter && time(sessionNotOnOrAfter)],
  ].map(([label, value]) => [String(label), value ? String(value) : undefined]);
  return [
    ...rows.filter(([, value]) => value !== undefined).map(([label, value]) => `${label.padEnd(18)}${value}`),
    ...(encrypted ? ['encrypted: only AWS can read which roles it offers'] : []),
    ...roles.flatMap(({ roleArn, providerArn }) => [`role  ${roleArn}`, `      ${providerArn}`]),
    ...faults.flatMap((cause) => {
      const { what, remedy } = wordsOfCause(cause, english);
      return [`AWS would not take it: ${what}`, `      ${remedy}`];
    }),
    ...trustNeeds(assertion).map(needWords),
    '',
  ]
    .map(printable)
    .join('\n');
}

const time = (milliseconds: number) => new Date(milliseconds).toISOString();

/** Until when AWS takes the assertion, by its own times; `undefined` if it names none. */
function redeemable(assertion: Assertion): string | undefined {
  const until = redeemableUntil(assertion);
  return Number.isFinite(until) ? time(until) : undefined;
}

function redeemableWords(assertion: Assertion, now: number): string | undefined {
  const until = redeemable(assertion);
  return until && `${until}, ${timeLeft(Date.parse(until), now, timeWords)}`;
}

/** The statements that AWS looks for in the trust policies of the roles, those of each provider once. */
function statementsOf(assertion: Assertion): TrustStatement[] {
  const [need] = trustNeeds(assertion);
  const ofProviders = new Map(assertion.roles.map((role) => [role.providerArn, role]));
  return [...ofProviders.values()].flatMap(
    (role) => missingStatements(need ?? { code: 'role-not-trusting', ...role }, role, assertion, '') ?? [],
  );
}

function needWords({ code }: Cause): string {
  switch (code) {
    case 'tags-not-allowed':
      return 'For its session tags, the trust policy of the role must allow sts:TagSession.';
    case 'source-identity-not-allowed':
      return 'For its source identity, the trust policy of the role must allow sts:SetSourceIdentity.';
    default:
      return 'The trust policy of the role must name its recipient as SAML:aud.';
  }
}
