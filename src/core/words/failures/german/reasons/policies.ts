import type { Reason } from '../../../../failure-reasons.ts';
import type { ReasonWords } from '../../../../failure-words.ts';

export const forbidden: ReasonWords<Reason<'forbidden'>> = {
  'unknown-account': 'Zugangsdaten eines unbekannten Kontos',
  account: (p) => `Konto ${p.named}`,
  issuer: (p) => `Aussteller ${p.named}`,
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
