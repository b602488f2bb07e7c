import type { NameFault, TagFault } from '../../cause.ts';
import { remedies } from '../failures/german/remedies.ts';
import type { CauseWords } from './cause-words.ts';

const attribute = (name: string) => `https://aws.amazon.com/SAML/Attributes/${name}`;

const list = (values: string[]) => values.join(', ').replace(/, ([^,]*)$/, ' und $1');

const askIdp = (what: string) => `Bitte den Administrator deines Identitätsanbieters, ${what}.`;
const askAccount = (what: string) => `Bitte den Administrator des AWS-Kontos, ${what}.`;

function nameWords(problem: NameFault | undefined): string {
  switch (problem?.is) {
    case 'short':
      return 'hat weniger als 2 Zeichen';
    case 'long':
      return `hat ${problem.length} Zeichen, AWS erlaubt 64`;
    case 'reserved':
      return 'beginnt mit aws:';
    case 'characters':
      return `enthält Zeichen, die AWS darin nicht erlaubt: ${problem.characters
        .map((character) => (character === ' ' ? 'Leerzeichen' : character))
        .join(' ')}`;
    case undefined:
      return 'besteht nicht aus 2 bis 64 Buchstaben, Ziffern oder _+=,.@-';
  }
}

function tagWords(problem: TagFault | undefined): string {
  switch (problem?.is) {
    case 'many':
      return `Die Assertion hat ${problem.count} Session-Tags, AWS erlaubt 50.`;
    case 'key':
      return `Den Namen des Session-Tags ${problem.key} erlaubt AWS nicht: bis zu 128 Buchstaben, Ziffern, Leerzeichen oder _.:/=+-@, nicht mit aws: am Anfang.`;
    case 'value':
      return `Der Wert des Session-Tags ${problem.key} ist länger als 256 Zeichen oder enthält Zeichen, die AWS darin nicht erlaubt.`;
    case 'doubled':
      return `Das Session-Tag ${problem.key} kommt zweimal vor: AWS unterscheidet Groß- und Kleinschreibung nicht.`;
    case 'transitive':
      return `TransitiveTagKeys nennt ${problem.key}, das kein Session-Tag der Assertion ist.`;
    case undefined:
      return 'AWS nimmt die Session-Tags der Assertion nicht an.';
  }
}

export const german: CauseWords = {
  'login-failed': ({ status }) => [
    status === ''
      ? 'Der Identitätsanbieter meldet, dass die Anmeldung fehlgeschlagen ist.'
      : `Der Identitätsanbieter meldet mit dem Status ${status}, dass die Anmeldung fehlgeschlagen ist.`,
    'Melde dich noch einmal an. Wenn das nicht hilft, frage den Administrator deines Identitätsanbieters.',
  ],
  'too-large': ({ characters }) => [
    `Die Assertion hat ${characters} Zeichen, AWS nimmt höchstens 100.000.`,
    askIdp('weniger Rollen oder Attribute zu senden'),
  ],
  audience: ({ found, expected }) => [
    found.length === 0
      ? `Die Assertion hat keine Audience, AWS erwartet ${expected}.`
      : `Die Audience der Assertion ist ${list(found)}, nicht ${expected}.`,
    askIdp(`als Audience (SP Entity ID) ${expected} einzutragen`),
  ],
  recipient: ({ found, expected }) => [
    found.length === 0
      ? `Die Assertion hat keinen Recipient, AWS erwartet eine Anmeldeadresse wie ${expected}.`
      : `Der Recipient der Assertion ist ${list(found)}, keine Anmeldeadresse von AWS wie ${expected}.`,
    askIdp(`als Assertion Consumer Service URL (ACS) ${expected} einzutragen`),
  ],
  'roles-missing': () => [
    'Die Assertion bietet keine Rolle an.',
    askIdp(`das Attribut ${attribute('Role')} zu senden, genau so geschrieben`),
  ],
  'roles-unread': ({ count }) => [
    `In ${count === 1 ? 'einem Role-Wert' : `${count} Role-Werten`} der Assertion stehen nicht die ARNs einer Rolle und eines SAML-Providers.`,
    askIdp('jeweils den ARN der Rolle, ein Komma und den ARN des Providers zu senden'),
  ],
  'role-reserved': ({ roleArn }) => [
    `${roleArn} gehört IAM Identity Center und lässt sich mit einer Assertion nicht annehmen.`,
    'Nimm dafür aws sso login, oder bitte um eine eigene Rolle.',
  ],
  'arn-invalid': ({ arn }) => [
    `${arn} ist kein gültiger ARN: Ein Konto hat zwölf Ziffern.`,
    askIdp('ihn im Attribut Role zu korrigieren'),
  ],
  'accounts-differ': ({ roleArn, providerArn }) => [
    `Die Assertion verbindet ${roleArn} mit dem Provider eines anderen Kontos: ${providerArn}.`,
    askIdp('jede Rolle mit dem SAML-Provider ihres eigenen Kontos zu verbinden'),
  ],
  'session-name-missing': () => ['In der Assertion fehlt RoleSessionName.', remedies['session-name-missing']],
  'session-name-invalid': ({ problem }) => [
    `RoleSessionName ${nameWords(problem)}.`,
    remedies['session-name-unfit'],
  ],
  'session-duration': ({ seconds }) => [
    `SessionDuration ist ${seconds} Sekunden, nicht 900 bis 43.200.`,
    askIdp('eine SessionDuration von 900 bis 43.200 Sekunden zu senden, oder keine'),
  ],
  'source-identity-invalid': ({ problem }) => [
    `SourceIdentity ${nameWords(problem)}.`,
    remedies['source-identity-unfit'],
  ],
  'tags-invalid': ({ problem }) => [tagWords(problem), askIdp('die PrincipalTag-Attribute zu korrigieren')],
  'tags-too-large': ({ count }) => [
    count === 0
      ? 'Die Session-Tags in der Assertion sind für AWS zu groß.'
      : `Die ${count} Session-Tags in der Assertion sind zusammen zu groß für AWS.`,
    askIdp('weniger oder kürzere PrincipalTag-Attribute zu senden'),
  ],
  'subject-missing': () => [
    'Die Assertion sagt nicht, um wen es geht: In ihrem Subject fehlt die NameID.',
    askIdp('eine NameID zu senden, zum Beispiel eine dauerhafte (persistent)'),
  ],
  unsigned: () => [
    'Die Assertion ist nicht signiert.',
    askIdp('die Assertion oder die Antwort zu signieren'),
  ],
  'too-early': ({ from, minutes }) => [
    from === undefined
      ? 'Die Uhr des Identitätsanbieters geht gegenüber AWS vor.'
      : `Die Assertion gilt erst ab ${from}: Die Uhr des Identitätsanbieters geht gegenüber AWS ${minutes} min vor.`,
    remedies['too-early'],
  ],
  'old-when-seen': ({ minutes }) => [
    `Die Assertion war schon ${minutes} min alt, als der Browser sie gesendet hat: Die Uhr des Identitätsanbieters geht nach, oder eine alte Seite wurde noch einmal gesendet.`,
    'Melde dich noch einmal an. Kommt das wieder, bitte den Administrator deines Identitätsanbieters, die Uhr dort zu stellen.',
  ],
  expired: ({ until }) => [
    until === undefined
      ? 'Die Assertion wurde zu spät eingelöst: AWS nimmt sie fünf Minuten lang.'
      : `Die Assertion ließ sich nur bis ${until} einlösen.`,
    'Melde dich noch einmal an. Kommt das sofort wieder, bitte den Administrator deines Identitätsanbieters, dessen Uhr zu prüfen.',
  ],
  'short-lived': ({ seconds }) => [
    `Die Assertions des Identitätsanbieters gelten nur ${seconds} Sekunden.`,
    askIdp('Assertions für AWS fünf Minuten gelten zu lassen'),
  ],
  'provider-missing': ({ providerArn }) => [
    `Den SAML-Provider ${providerArn} gibt es im AWS-Konto nicht.`,
    remedies['provider-missing'],
  ],
  'other-issuer': ({ issuer, providerArn }) => [
    `Die Metadaten von ${providerArn} sind von einem anderen Identitätsanbieter als ${issuer || 'dem dieser Anmeldung'}.`,
    `${askAccount('die Metadaten dieses Identitätsanbieters hochzuladen')} Wurde dessen Entity ID versehentlich geändert, muss sie zurückgesetzt werden.`,
  ],
  signature: ({ providerArn }) => [
    `Die Assertion ist mit einem Zertifikat signiert, das ${providerArn} nicht kennt.`,
    'Wahrscheinlich hat der Identitätsanbieter ein neues Zertifikat: Bitte den Administrator des AWS-Kontos, dessen neue Metadaten beim SAML-Provider in IAM hochzuladen.',
  ],
  metadata: ({ providerArn }) => [
    `AWS kann mit den Metadaten von ${providerArn} nichts anfangen.`,
    remedies.metadata,
  ],
  decryption: ({ providerArn }) => [
    `Die Assertion ist verschlüsselt, und AWS kann sie mit den Schlüsseln von ${providerArn} nicht lesen.`,
    'Bitte die Administratoren, dass der Identitätsanbieter mit dem Zertifikat verschlüsselt, das zum privaten Schlüssel des SAML-Providers in IAM gehört.',
  ],
  'role-not-trusting': ({ roleArn, providerArn }) => [
    `Die Rolle ${roleArn} gibt es nicht, oder ihre Trust Policy erlaubt sie ${providerArn} nicht. Groß- und Kleinschreibung werden unterschieden.`,
    askAccount('den Namen der Rolle zu prüfen und in ihrer Trust Policy sts:AssumeRoleWithSAML zu erlauben'),
  ],
  'recipient-not-trusted': ({ found }) => [
    `Der Recipient der Assertion ist ${found}, die Trust Policy der Rolle erwartet einen anderen (SAML:aud).`,
    askAccount('diesen Recipient in der Bedingung SAML:aud der Trust Policy zu ergänzen'),
  ],
  'tags-not-allowed': ({ keys }) => [
    `Die Assertion hat Session-Tags${keys.length === 0 ? '' : ` (${list(keys)})`}, und die Trust Policy der Rolle erlaubt sts:TagSession nicht.`,
    askAccount('sts:TagSession in der Trust Policy der Rolle zu erlauben'),
  ],
  'source-identity-not-allowed': () => [
    'Die Assertion hat eine Source Identity, und die Trust Policy der Rolle erlaubt sts:SetSourceIdentity nicht.',
    askAccount('sts:SetSourceIdentity in der Trust Policy der Rolle zu erlauben'),
  ],
  'duration-over-role': ({ seconds }) => [
    `Die Rolle erlaubt keine Sitzungen von ${seconds} Sekunden.`,
    'Stelle weniger ein, oder bitte den Administrator des AWS-Kontos, die maximale Sitzungsdauer der Rolle zu erhöhen.',
  ],
  'region-disabled': ({ region, accountId }) => [
    `STS ist in ${region} für das Konto ${accountId} nicht aktiviert.`,
    'Wähle eine andere Region, oder bitte den Administrator des AWS-Kontos, STS dort zu aktivieren.',
  ],
  throttled: ({ accountId }) => [
    `Zum Konto ${accountId} kommen bei AWS gerade zu viele Anfragen an.`,
    'Warte ein paar Sekunden und versuche es noch einmal. Kommt das oft vor, frage den Administrator des AWS-Kontos, wer so viel anfragt.',
  ],
};
