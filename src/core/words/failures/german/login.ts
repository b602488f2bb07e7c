import type { FailureWords } from '../../../failure-words.ts';

export const login = {
  'assertion-not-base64': () => [
    'Die SAMLResponse ist kein Base64.',
    'Melden Sie sich noch einmal bei Ihrem Identitätsanbieter an.',
  ],
  'assertion-too-large': (p) => [
    `Die SAMLResponse hat ${p.characters} Zeichen, AWS nimmt höchstens 100.000.`,
    'Bitten Sie den Administrator Ihres Identitätsanbieters, weniger Rollen oder Gruppen zu senden.',
  ],
  'assertion-not-xml': (p) => [
    `Die SAML-Antwort ist kein gültiges XML: ${p.reason}.`,
    'Melden Sie sich noch einmal an. Hilft das nicht, zeigen Sie dies dem Administrator Ihres Identitätsanbieters.',
  ],
  'assertion-doctype': () => [
    'Die SAML-Antwort enthält einen DOCTYPE. Das verbietet SAML.',
    'Trauen Sie dieser Anmeldung nicht: Kein echter Identitätsanbieter sendet so etwas.',
  ],
  'assertion-not-saml': (p) => [
    `Das ist keine SAML-2.0-Antwort: ${p.reason}.`,
    'Melden Sie sich noch einmal bei Ihrem Identitätsanbieter an.',
  ],
  'assertion-ambiguous': (p) => [
    `Die SAML-Antwort enthält ${p.assertions} Assertions, erlaubt ist nur eine.`,
    'Trauen Sie dieser Anmeldung nicht: Eine zweite Assertion ist ein bekannter Angriff.',
  ],
  'assertion-encrypted': () => [
    'Die Assertion ist verschlüsselt. Welche Rollen sie anbietet, kann nur AWS lesen.',
    'Geben Sie die Rolle und den SAML-Provider an.',
  ],
  'assertion-no-roles': () => [
    'Die Assertion bietet keine AWS-Rolle an.',
    'Bitten Sie den Administrator Ihres Identitätsanbieters um eine Rolle (Attribut https://aws.amazon.com/SAML/Attributes/Role).',
  ],
  'assertion-expired': () => [
    'Die Assertion ist abgelaufen: AWS nimmt sie nur fünf Minuten lang an.',
    'Melden Sie sich noch einmal an.',
  ],
  'capture-no-body': () => [
    'Der Browser hat die Daten der Anmeldung nicht weitergegeben, Roleferry konnte sie nicht lesen.',
    'In Firefox geschieht das ab etwa 1 MB: Lassen Sie weniger Rollen in die Assertion aufnehmen.',
  ],
  'role-not-in-assertion': (p) => [
    `Die Rolle ${p.roleArn || "''"} steht nicht in der Assertion.`,
    'Prüfen Sie die ARN auf Tippfehler, oder bitten Sie den Administrator Ihres Identitätsanbieters um die Rolle.',
  ],
  'role-arn-invalid': () => [
    'Das sind nicht die ARNs einer Rolle und eines SAML-Providers.',
    'Eine Rolle ist arn:aws:iam::KONTO:role/NAME, ein Provider arn:aws:iam::KONTO:saml-provider/NAME.',
  ],
  'role-reserved': (p) => [
    `${p.roleArn} gehört zu IAM Identity Center. AWS vergibt sie nicht über eine Assertion.`,
    'Verwenden Sie:',
  ],
  'login-just-changed': () => [
    'Hier steht inzwischen eine andere Anmeldung, deshalb wurde nichts gespeichert.',
    'Prüfen Sie, welche es ist, und speichern Sie noch einmal.',
  ],
  'credentials-expired': () => ['Diese Zugangsdaten sind abgelaufen.', 'Melden Sie sich noch einmal an.'],
} satisfies Partial<FailureWords>;
