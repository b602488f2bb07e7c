import type { FailureWords } from '../../../failure-words.ts';

export const sts = {
  'sts-expired': () => [
    'AWS meldet, dass die Anmeldung abgelaufen ist: Sie gilt nur fünf Minuten.',
    'Melden Sie sich noch einmal an. Kommt dies sofort wieder, prüfen Sie die Uhr dieses Rechners.',
  ],
  'sts-invalid-token': (p) => [
    `AWS nimmt die Assertion nicht an: ${p.reason}`,
    'Zeigen Sie dies den Administratoren Ihres AWS-Kontos und Ihres Identitätsanbieters.',
  ],
  'sts-access-denied': (p) => [
    `Mit dieser Anmeldung lässt AWS die Rolle ${p.roleArn} nicht zu.`,
    'Die Trust Policy der Rolle muss sts:AssumeRoleWithSAML für Ihren SAML-Provider erlauben. Fragen Sie den Administrator des AWS-Kontos.',
  ],
  'sts-idp-rejected': () => [
    'Der Identitätsanbieter hat AWS gemeldet, dass die Anmeldung fehlgeschlagen ist.',
    'Melden Sie sich noch einmal an. Hilft das nicht, fragen Sie den Administrator Ihres Identitätsanbieters.',
  ],
  'sts-duration': (p) => [
    `AWS verweigert für diese Rolle eine Sitzung von ${p.seconds} Sekunden.`,
    'Erhöhen Sie in IAM die maximale Sitzungsdauer der Rolle, oder verlangen Sie weniger.',
  ],
  'sts-region-disabled': (p) => [
    `STS ist in ${p.region} für dieses Konto nicht aktiviert.`,
    'Wählen Sie eine andere Region, oder lassen Sie STS dort aktivieren.',
  ],
  'sts-throttled': () => [
    'AWS bekommt gerade zu viele Anfragen.',
    'Warten Sie ein paar Sekunden und versuchen Sie es noch einmal.',
  ],
  'sts-unavailable': (p) => [
    `AWS STS hat gerade selbst einen Fehler (HTTP ${p.status}).`,
    'Versuchen Sie es gleich noch einmal. Störungen stehen auf health.aws.amazon.com.',
  ],
  'sts-unreachable': (p) => [
    `${p.host} ist nicht erreichbar: ${p.reason}.`,
    'Prüfen Sie Netz, VPN und Proxy, und versuchen Sie es noch einmal.',
  ],
  'sts-not-aws': (p) => [
    `Unter ${p.host} antwortet nicht AWS.`,
    'Vielleicht ist ein Proxy oder ein WLAN mit Anmeldeseite dazwischen: Öffnen Sie eine beliebige Webseite, melden Sie sich dort an, und versuchen Sie es noch einmal.',
  ],
  'sts-refused': (p) => [
    `AWS lehnt ab: ${p.code}: ${p.reason}`,
    'Schlagen Sie den Code in der Dokumentation von AWS STS nach, oder zeigen Sie ihn dem Administrator des AWS-Kontos.',
  ],
  'sts-tags-too-large': (p) => [
    `Die Session-Tags in der Assertion sind für AWS zu groß: ${p.reason}`,
    'Bitten Sie den Administrator Ihres Identitätsanbieters, weniger oder kürzere PrincipalTag-Attribute zu senden.',
  ],
  'sts-redirected': (p) => [
    `${p.host} leitet Anfragen an eine andere Adresse weiter. Roleferry folgt nicht: AWS tut das nie.`,
    'Vielleicht ist ein Proxy oder ein WLAN mit Anmeldeseite dazwischen: Öffnen Sie eine beliebige Webseite, melden Sie sich dort an, und versuchen Sie es noch einmal.',
  ],
  'sts-other-role': (p) => [
    `${p.host} sollte ${p.asked} liefern und hat mit ${p.given} geantwortet. Die Antwort wurde verworfen.`,
    'AWS tut so etwas nicht: Etwas anderes antwortet an seiner Stelle. Sagen Sie Ihrer Netzwerkabteilung Bescheid.',
  ],
  'sts-no-fips': (p) => [
    `Ihr Administrator verlangt FIPS-Endpunkte, und STS hat in ${p.region} keinen.`,
    'Stellen Sie eine dieser Regionen ein: us-east-1, us-east-2, us-west-1 oder us-west-2. Oder fragen Sie Ihren Administrator.',
  ],
  'clock-skew': (p) => [
    `AWS meldet, dass die Anmeldung abgelaufen ist. Die Uhr dieses Rechners geht ${Math.abs(p.minutes)} Minuten ${p.minutes > 0 ? 'nach' : 'vor'}.`,
    'Stellen Sie die Uhr (am besten automatisch), und melden Sie sich noch einmal an.',
  ],
  'assume-role-denied': (p) => [
    `Mit diesen Zugangsdaten lässt AWS die Rolle ${p.roleArn} nicht zu.`,
    'Die Trust Policy der Rolle und Ihre eigenen Policies müssen sts:AssumeRole erlauben, manche nur mit MFA oder External ID. Fragen Sie den Administrator des AWS-Kontos.',
  ],
  'source-credentials-refused': (p) => [
    `AWS nimmt die verwendeten Zugangsdaten nicht an: ${p.reason}`,
    'Vielleicht sind sie abgelaufen oder gelöscht: Erneuern Sie sie.',
  ],
  'partition-unknown': (p) => [
    `Roleferry kennt die Partition ${p.partition} von ${p.arn} nicht und hat AWS nicht gefragt.`,
    'Prüfen Sie die ARN auf Tippfehler. Gibt es eine neue Partition, aktualisieren Sie Roleferry.',
  ],
  'partition-differs': (p) => [
    `${p.arn} liegt nicht in der Partition ${p.partition} wie ${p.source}.`,
    'Verwenden Sie eine Rolle und Zugangsdaten derselben Partition.',
  ],
} satisfies Partial<FailureWords>;
