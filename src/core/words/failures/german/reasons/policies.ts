import type { Reason } from '../../../../failure-reasons.ts';
import type { ReasonWords } from '../../../../failure-words.ts';

export const forbidden: ReasonWords<Reason<'forbidden'>> = {
  'unknown-account': 'Zugangsdaten eines unbekannten Kontos',
  account: (p) => `Konto ${p.named}`,
  issuer: (p) => `Identitätsanbieter ${p.named}`,
  partition: (p) => `Partition ${p.named}`,
  session: (p) => `Sitzungen über ${p.most} Minuten, und diese dauert ${p.minutes}`,
};

export const policy: ReasonWords<Reason<'policy'>> = {
  'not-an-object': 'Sie ist kein Objekt',
  entries: (p) => `Diese Einträge fehlen, sind unbekannt oder ungültig: ${p.where}`,
};

export const policyFile: ReasonWords<Reason<'policyFile'>> = {
  'not-json': 'Das ist kein JSON',
  'not-utf-8': 'Das ist kein UTF-8',
  'not-a-file': 'Das ist keine Datei',
  'folder-not-a-folder': 'Der Ordner ist ein Link oder eine Datei',
  'too-large': 'Die Datei ist größer als 1 MiB',
  owner: (p) => `Die Datei gehört dem Benutzer ${p.user} und nicht dem Administrator`,
  'folder-owner': (p) => `Der Ordner gehört dem Benutzer ${p.user} und nicht dem Administrator`,
  mode: (p) => `Auch andere dürfen die Datei ändern (Modus ${p.mode})`,
  'folder-mode': (p) => `Auch andere dürfen den Ordner ändern (Modus ${p.mode})`,
};

export const audit: ReasonWords<Reason<'audit'>> = {
  relative: 'Der Pfad ist auf diesem System nicht absolut',
  partly: 'Nur ein Teil einer Zeile wurde geschrieben',
  windows: 'In das Protokoll von Windows schreibt Roleferry nicht',
  'no-logger': (p) => `${p.logger} gibt es nicht`,
  'no-socket': (p) => `Auf ${p.socket} antwortet niemand`,
  'logger-ended': (p) => `${p.logger} hat sich mit ${p.status} beendet`,
};

export const settings: ReasonWords<Reason<'settings'>> = {
  'not-json': 'Das ist kein JSON',
  'not-settings': 'Das ist keine Datei mit Einstellungen',
  entry: (p) => `${p.where} ist ungültig`,
  'profile-twice': (p) => `Das Profil ${p.profile} kommt mehrmals vor`,
  'role-twice': (p) => `Die Rolle ${p.roleArn} kommt mehrmals vor`,
  'file-changed': 'Die Datei wurde inzwischen geändert oder gelöscht, wähle sie noch einmal aus',
  'too-large': 'Für Einstellungen ist die Datei zu groß',
  'no-idle-permission':
    'Zum Erneuern fehlt die Berechtigung, zu erkennen, ob jemand an diesem Rechner arbeitet',
};

export const policyArn: ReasonWords<Reason<'policyArn'>> = {
  form: 'Das ist kein ARN einer Managed Policy',
  twice: 'Sie ist zweimal angegeben',
  partition: (p) => `Die Rolle liegt in der Partition ${p.partition}`,
  account: (p) => `Sie liegt nicht im Konto der Rolle, ${p.accountId}`,
};

export const policyDocument: ReasonWords<Reason<'policyDocument'>> = {
  'not-json': 'Das ist kein JSON',
  'not-an-object': 'Das ist kein JSON-Objekt',
  character: (p) => `AWS nimmt das Zeichen ${p.character} darin nicht an`,
  'key-twice': (p) => `${p.key} steht an einer Stelle zweimal`,
  element: (p) => `${p.element} gehört nicht hinein, nur Version, Id und Statement`,
  version: 'Version ist weder "2012-10-17" noch "2008-10-17"',
  id: 'Id ist kein Text',
  'no-statement': 'Statement fehlt',
  'sid-twice': (p) => `Zwei Statements haben die Sid ${p.sid}`,
  statement: (p) => `Statement ${p.statement} ist kein JSON-Objekt`,
  principal: (p) => `Statement ${p.statement} hat einen Principal, den eine Session Policy nicht haben darf`,
  'statement-element': (p) => `Statement ${p.statement} hat ${p.element}, das IAM nicht kennt`,
  sid: (p) => `Die Sid von Statement ${p.statement} besteht nicht nur aus Buchstaben und Ziffern`,
  effect: (p) => `Effect ist in Statement ${p.statement} weder "Allow" noch "Deny"`,
  missing: (p) => `In Statement ${p.statement} fehlt ${p.element} oder ${p.inverse}`,
  both: (p) => `Statement ${p.statement} hat ${p.element} und ${p.inverse} zugleich`,
  list: (p) => `${p.element} ist in Statement ${p.statement} weder ein Text noch eine Liste von Texten`,
  action: (p) => `Statement ${p.statement} nennt die Action ${p.unfit}. Actions sehen aus wie s3:GetObject`,
  resource: (p) => `Statement ${p.statement} nennt die Resource ${p.unfit}, die weder ein ARN noch * ist`,
  condition: (p) =>
    `Condition ist in Statement ${p.statement} nicht so aufgebaut, wie IAM es will: Operator, Schlüssel, Wert`,
  operator: (p) => `Statement ${p.statement} hat den Operator ${p.operator}, den IAM nicht kennt`,
  'condition-key': (p) =>
    `Statement ${p.statement} hat den Schlüssel ${p.key}. Schlüssel sehen aus wie aws:SourceIp`,
  'condition-value': (p) =>
    `Der Schlüssel ${p.key} in Statement ${p.statement} hat einen Wert, der weder Text noch Zahl noch true oder false ist`,
};
