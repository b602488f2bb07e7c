import { type FailureWords, reasonWords as words } from '../../../failure-words.ts';
import { policyArn, policyDocument } from './reasons/policies.ts';

export const sessionPolicy = {
  'session-policy-arns': (p) => [
    `Es sind ${p.count} Managed Policies angegeben. AWS nimmt für eine Sitzung höchstens ${p.most}.`,
    'Gib weniger an, oder fasse zusammen, was sie erlauben, in einer eigenen Policy.',
  ],
  'session-policy-arn': (p) =>
    p.reason === 'twice'
      ? [`${p.arn} ist zweimal angegeben.`, 'Gib sie einmal an.']
      : [
          `${p.arn} kann diese Rolle nicht einschränken: ${words(policyArn, p.reason)}.`,
          'Nimm eine Policy von AWS, etwa arn:aws:iam::aws:policy/ReadOnlyAccess, oder eine aus dem Konto der Rolle.',
        ],
  'session-policy-invalid': (p) => [
    `Diese Policy würde AWS nicht annehmen: ${words(policyDocument, p.reason)}.`,
    'Korrigiere die Policy. Die Grammatik steht im IAM User Guide.',
  ],
  'session-policy-long': (p) => [
    `Die Session Policy hat ${p.characters} Zeichen. AWS nimmt höchstens ${p.most}.`,
    'Kürze sie: ohne Leerzeichen, mit Platzhaltern, oder nimm stattdessen eine Managed Policy.',
  ],
  'sts-session-policy-large': (p) => [
    `Session Policy und Session-Tags sind zusammen zu groß für AWS${p.percent === undefined ? '' : `: ${p.percent} % von dem, was hineinpasst`}.`,
    'Kürze die Policy, oder nimm eine Managed Policy. Auch weniger Session-Tags vom Identitätsanbieter helfen.',
  ],
  'sts-session-policy-refused': (p) => [
    `AWS nimmt die Session Policy nicht an: ${p.reason}`,
    'Korrigiere die Policy. Die Grammatik steht im IAM User Guide.',
  ],
  'sts-session-policy-missing': (p) => [
    `AWS nimmt eine Managed Policy nicht an: ${p.reason}`,
    'Prüfe, ob der ARN einen Tippfehler hat und ob es die Policy in IAM gibt.',
  ],
  'assume-role-lesser': (p) => [
    `AWS erlaubt diesen Zugangsdaten nicht, die Rolle ${p.roleArn} anzunehmen: Sie haben weniger Rechte als ihre Rolle.`,
    'Nimm die zweite Rolle vom Profil mit allen Rechten an, oder erlaube sts:AssumeRole in der Policy des eingeschränkten.',
  ],
} satisfies Partial<FailureWords>;
