import { type FailureWords, reasonWords as words } from '../../../failure-words.ts';
import { saml, xml } from './reasons/logins.ts';

export const login = {
  'assertion-not-base64': () => [
    'Die SAMLResponse ist kein Base64.',
    'Das war keine SAML-Anmeldung, oder sie wurde unterwegs verändert. Melde dich noch einmal bei deinem Identitätsanbieter an.',
  ],
  'assertion-too-large': (p) => [
    `Die SAMLResponse hat ${p.characters} Zeichen, AWS nimmt höchstens 100.000.`,
    'Bitte den Administrator deines Identitätsanbieters, weniger Rollen oder Gruppen zu senden.',
  ],
  'assertion-not-xml': (p) => [
    `Die SAML-Antwort ist kein gültiges XML: ${words(xml, p.reason)}.`,
    'Melde dich noch einmal an. Wenn das nicht hilft, zeige dies dem Administrator deines Identitätsanbieters.',
  ],
  'assertion-doctype': () => [
    'Die SAML-Antwort enthält einen DOCTYPE. Das verbietet SAML.',
    'Traue dieser Anmeldung nicht: Kein echter Identitätsanbieter sendet so etwas.',
  ],
  'assertion-not-saml': (p) => [
    `Das ist keine SAML-2.0-Antwort: ${words(saml, p.reason)}.`,
    'Melde dich noch einmal bei deinem Identitätsanbieter an.',
  ],
  'assertion-ambiguous': (p) => [
    `Die SAML-Antwort enthält ${p.assertions} Assertions, erlaubt ist nur eine.`,
    'Traue dieser Anmeldung nicht: Eine zweite Assertion ist ein bekannter Angriff.',
  ],
  'assertion-no-roles': () => [
    'Die Assertion bietet keine AWS-Rolle an.',
    'Bitte den Administrator deines Identitätsanbieters, dir eine Rolle zuzuordnen (Attribut https://aws.amazon.com/SAML/Attributes/Role).',
  ],
  'assertion-expired': () => [
    'Die Anmeldung ist abgelaufen: AWS nimmt eine Assertion nur fünf Minuten lang an.',
    'Melde dich noch einmal an.',
  ],
  'capture-no-body': () => [
    'Der Browser hat die Daten der Anmeldung nicht weitergegeben. Roleferry konnte sie nicht lesen.',
    'In Firefox passiert das ab etwa 1 MB: Lass weniger Rollen in die Assertion aufnehmen.',
  ],
  'role-not-in-assertion': (p) => [
    `Die Rolle ${p.roleArn || "''"} steht nicht in der Assertion.`,
    'Sieh nach, ob der ARN einen Tippfehler hat, oder bitte den Administrator deines Identitätsanbieters um die Rolle.',
  ],
  'role-arn-invalid': () => [
    'Das sind nicht die ARNs einer Rolle und eines SAML-Providers.',
    'Eine Rolle ist arn:aws:iam::KONTO:role/NAME, ein Provider arn:aws:iam::KONTO:saml-provider/NAME.',
  ],
  'role-reserved': (p) => [
    `${p.roleArn} gehört zu IAM Identity Center. AWS vergibt solche Rollen nicht über eine Assertion.`,
    'Verwende stattdessen:',
  ],
  'login-just-changed': () => [
    'Hier steht inzwischen eine andere Anmeldung, deshalb wurde nichts gespeichert.',
    'Sieh nach, wessen Anmeldung es ist, und speichere noch einmal.',
  ],
  'credentials-expired': () => ['Diese Zugangsdaten sind abgelaufen.', 'Melde dich für neue erneut an.'],
} satisfies Partial<FailureWords>;
