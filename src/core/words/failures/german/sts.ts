import { type FailureWords, reasonWords as words } from '../../../failure-words.ts';
import { connection } from './reasons/logins.ts';
import { remedies } from './remedies.ts';

const somethingBetween =
  'Vielleicht ist ein Proxy oder die Anmeldeseite eines WLANs dazwischen: Öffne irgendeine Webseite, melde dich dort an und versuche es noch einmal.';

export const sts = {
  'sts-expired': () => [
    'AWS meldet, dass die Anmeldung abgelaufen ist: Sie gilt nur fünf Minuten.',
    'Melde dich noch einmal an. Kommt das sofort wieder, prüfe die Uhr dieses Rechners.',
  ],
  'sts-invalid-token': (p) => [`AWS nimmt die Assertion nicht an: ${p.reason}`, words(remedies, p.remedy)],
  'sts-access-denied': (p) => [
    `AWS erlaubt dieser Anmeldung nicht, die Rolle ${p.roleArn} anzunehmen.`,
    'Die Trust Policy der Rolle muss sts:AssumeRoleWithSAML für deinen SAML-Provider erlauben. Frage den Administrator des AWS-Kontos.',
  ],
  'sts-idp-rejected': () => [
    'Der Identitätsanbieter hat AWS gemeldet, dass die Anmeldung fehlgeschlagen ist.',
    'Melde dich noch einmal an. Wenn das nicht hilft, frage den Administrator deines Identitätsanbieters.',
  ],
  'sts-duration': (p) => [
    `AWS verweigert für diese Rolle eine Sitzung von ${p.seconds} Sekunden.`,
    'Lass in IAM die maximale Sitzungsdauer der Rolle erhöhen, oder stelle weniger ein.',
  ],
  'sts-duration-chained': (p) => [
    `AWS verweigert eine Sitzung von ${p.seconds} Sekunden: Von einer Rolle aus ist höchstens eine Stunde möglich.`,
    'Stelle höchstens 3600 Sekunden ein. In IAM lässt sich das nicht erhöhen.',
  ],
  'sts-region-disabled': (p) => [
    `STS ist in ${p.region} für dieses Konto nicht aktiviert.`,
    'Wähle eine andere Region, oder bitte den Administrator des AWS-Kontos, STS dort zu aktivieren.',
  ],
  'sts-throttled': () => [
    'AWS bekommt gerade zu viele Anfragen.',
    'Warte ein paar Sekunden und versuche es noch einmal.',
  ],
  'sts-unavailable': (p) => [
    `AWS STS hat gerade selbst ein Problem (HTTP ${p.status}).`,
    'Versuche es gleich noch einmal. Störungen stehen auf health.aws.amazon.com.',
  ],
  'sts-unreachable': (p) => [
    `${p.host} ist nicht erreichbar: ${words(connection, p.reason)}${p.system === undefined ? '' : ` (${p.system})`}.`,
    'Prüfe Netzwerk, VPN und Proxy und versuche es noch einmal.',
  ],
  'sts-not-aws': (p) => [`Unter ${p.host} antwortet nicht AWS.`, somethingBetween],
  'sts-redirected': (p) => [
    `${p.host} leitet Anfragen an eine andere Adresse weiter. Roleferry folgt dem nicht: AWS tut das nie.`,
    somethingBetween,
  ],
  'sts-refused': (p) => [
    `AWS lehnt ab: ${p.code}: ${p.reason}`,
    'Schlage den Code in der Dokumentation von AWS STS nach, oder zeige ihn dem Administrator des AWS-Kontos.',
  ],
  'sts-tags-too-large': (p) => [
    `Die Session-Tags in der Assertion sind für AWS zu groß: ${p.reason}`,
    'Bitte den Administrator deines Identitätsanbieters, weniger oder kürzere PrincipalTag-Attribute zu senden.',
  ],
  'sts-other-role': (p) => [
    `${p.host} wurde nach ${p.asked} gefragt und hat mit ${p.given} geantwortet. Die Antwort wurde verworfen.`,
    'AWS macht so etwas nicht: Da antwortet etwas anderes. Sag den Leuten Bescheid, die dein Netzwerk betreiben.',
  ],
  'sts-endpoint-unclear': (p) => [
    `Das AWS SDK findet keine Adresse, die es fragen könnte: ${p.reason}.`,
    'Prüfe in den Einstellungen die Region, oder frage deinen Administrator, ob er FIPS-Endpunkte verlangt.',
  ],
  'sts-no-fips': (p) => [
    `Dein Administrator verlangt FIPS-Endpunkte, und STS hat in ${p.region} keinen.`,
    'Wähle in den Einstellungen eine dieser Regionen: us-east-1, us-east-2, us-west-1 oder us-west-2. Oder frage deinen Administrator.',
  ],
  'clock-skew': (p) => [
    `AWS meldet, dass die Anmeldung abgelaufen ist. Die Uhr dieses Rechners geht ${Math.abs(p.minutes)} Minuten ${p.minutes > 0 ? 'nach' : 'vor'}.`,
    'Stelle die Uhr richtig (am besten automatisch) und melde dich noch einmal an.',
  ],
  'assume-role-denied': (p) => [
    `AWS erlaubt diesen Zugangsdaten nicht, die Rolle ${p.roleArn} anzunehmen.`,
    'Die Trust Policy der Rolle und deine eigenen Policies müssen sts:AssumeRole erlauben, manchmal nur mit MFA oder External ID. Frage den Administrator des AWS-Kontos.',
  ],
  'source-credentials-missing': (p) => [
    `Es gibt keine Zugangsdaten, um AWS zu fragen: ${p.reason}`,
    'Melde dich noch einmal an.',
  ],
  'source-credentials-refused': (p) => [
    `AWS nimmt die verwendeten Zugangsdaten nicht an: ${p.reason}`,
    'Vielleicht sind sie abgelaufen oder gelöscht: Melde dich noch einmal an.',
  ],
  'partition-unknown': (p) => [
    `Roleferry kennt die Partition ${p.partition} von ${p.arn} nicht und hat AWS deshalb nicht gefragt.`,
    'Sieh nach, ob der ARN einen Tippfehler hat. Wenn AWS eine neue Partition hat, aktualisiere Roleferry.',
  ],
  'partition-differs': (p) => [
    `${p.arn} liegt nicht in der Partition ${p.partition}, in der ${p.source} liegt. AWS kennt das eine im anderen nicht.`,
    'Nimm eine Rolle und Zugangsdaten derselben Partition.',
  ],
} satisfies Partial<FailureWords>;
