import type { Reason } from '../../../../failure-reasons.ts';
import type { ReasonWords } from '../../../../failure-words.ts';

export const file: ReasonWords<Reason<'file'>> = {
  permission: 'Die Berechtigung fehlt',
  'read-only-system': 'Das Dateisystem ist schreibgeschützt',
  folder: 'Das ist ein Ordner',
  path: 'Ein Teil des Pfads ist kein Ordner',
  'folder-missing': 'Den Ordner gibt es nicht',
  'file-missing': 'Die Datei gibt es nicht',
  'name-too-long': 'Der Name ist zu lang',
  disk: 'Der Datenträger meldet einen Fehler',
  'open-files': 'Es sind zu viele Dateien geöffnet',
  'read-only': 'Die Datei ist schreibgeschützt',
  'other-owner': 'Die Datei gehört einem anderen Benutzer',
  special: 'Das ist keine Datei, sondern ein Gerät oder eine Pipe',
  link: 'Das ist ein Link',
  'no-space': 'Es ist kein Platz mehr',
  system: (p) => `Das System meldet ${p.code}`,
  unclear: 'Das System nennt keinen Grund',
  empty: 'Sie ist leer',
};

export const line: ReasonWords<Reason<'line'>> = {
  'utf-16': 'Die Datei ist UTF-16 statt UTF-8',
  nul: 'Sie enthält ein NUL-Byte, das ist also keine Textdatei',
  'carriage-return': 'Sie enthält einen Wagenrücklauf ohne Zeilenvorschub',
  'control-character': (p) => `Sie enthält ein Steuerzeichen (${p.character})`,
  'no-section': 'Darüber fehlt ein [Abschnitt]',
  'no-bracket': 'Hinter dem Namen des Abschnitts fehlt die schließende Klammer',
  'after-bracket': 'Hinter der schließenden Klammer des Abschnitts steht noch etwas',
  'no-section-name': 'Der Abschnitt hat keinen Namen',
  'no-equals': 'Ohne „=“ ist das keine Einstellung',
  'no-key': 'Vor dem „=“ fehlt ein Name',
  disputed: 'AWS-Tools lesen sie unterschiedlich',
  'disputed-profile': (p) =>
    `AWS-Tools lesen sie unterschiedlich, deshalb lässt sich das Profil ${p.profile} nicht für alle speichern`,
};

export const awsCli: ReasonWords<Reason<'awsCli'>> = {
  'byte-order-mark': 'Am Anfang steht ein BOM',
  'not-utf-8': (p) => `Zeile ${p.line} enthält ein Byte, das kein UTF-8 ist`,
  line: (p) => `Zeile ${p.line} versteht sie nicht`,
  'section-twice': (p) => `Zeile ${p.line} versteht sie nicht, weil es den Abschnitt schon gibt`,
  'key-twice': (p) => `Zeile ${p.line} versteht sie nicht, weil es ${p.key} schon gibt`,
};

export const place: ReasonWords<Reason<'place'>> = {
  remote: 'Sie liegt auf einem anderen Rechner oder ist ein Gerät',
  relative: 'Der Pfad ist nicht absolut',
  invisible: 'Der Pfad enthält unsichtbare Zeichen',
  'no-drive': 'Im Pfad fehlt das Laufwerk',
  device: 'Das ist ein Gerät',
  'windows-characters': 'Der Pfad enthält Zeichen, die Windows in Dateinamen nicht erlaubt',
  roundabout: 'Der Pfad lässt sich kürzer schreiben',
  'folder-missing': 'Den Ordner gibt es nicht',
  'broken-link': 'Der Link führt ins Leere',
  system: 'Das ist ein Gerät oder gehört zum System',
  'of-host': 'Dort liegen die eigenen Dateien des Hosts',
  'config-file': 'Das ist die Konfigurationsdatei der AWS-Tools',
  'foreign-folder': 'Der Ordner gehört zu anderen Programmen',
  'foreign-name': 'Dem Namen nach ist das etwas anderes',
  'outside-home': 'Sie liegt nicht in deinem Home-Ordner',
  'foreign-owner': 'Der Ordner gehört dir nicht',
  'foreign-writers': 'Andere dürfen in den Ordner schreiben',
  folder: 'Das ist ein Ordner',
  special: 'Das ist keine Datei, sondern ein Gerät oder eine Pipe',
  'too-large': 'Für eine Credentials-Datei ist sie zu groß',
  'not-yours': 'Die Datei gehört dir nicht',
  program: 'Das ist ein Programm',
  unclear: 'Sie lässt sich nicht prüfen',
  unreadable: 'Sie ist nicht lesbar',
  'other-content': 'Das ist keine Credentials-Datei',
  'config-content': 'Das ist eine Konfigurationsdatei der AWS-Tools',
};

export const value: ReasonWords<Reason<'value'>> = {
  empty: 'Er ist leer',
  'line-break': 'Er enthält einen Zeilenumbruch',
  space: 'Er enthält ein Leerzeichen',
  comment: 'Er enthält ein Zeichen, mit dem ein Kommentar beginnt',
  character: 'Er enthält ein Zeichen, das in solchen Werten nicht vorkommt',
};

export const name: ReasonWords<Reason<'name'>> = {
  empty: 'Er ist leer',
  'too-long': 'Er ist länger als 128 Zeichen',
  'line-break': 'Er enthält einen Zeilenumbruch',
  space: 'Er enthält ein Leerzeichen',
  invisible: 'Er enthält ein unsichtbares Zeichen',
  character: (p) => `Er enthält ${p.character}`,
  'sdk-for-javascript': 'Das AWS SDK für JavaScript liest ihn nicht',
  default: 'Unter [DEFAULT] in Großbuchstaben sucht die AWS CLI Einstellungen für alle Profile',
  placeholder: (p) => `Er enthält ${p.character}, und ausgefüllt werden nur ${p.known}`,
  'command-line': (p) => `Eine Befehlszeile versteht ${p.character} darin anders`,
};

const quotes = 'in Anführungszeichen, die AWS-Tools mitlesen';
const blank = 'mit einem Leerzeichen oder einem anderen Zeichen, das AWS nicht annimmt';
const character = 'mit einem Zeichen, das AWS nicht annimmt';

export const content: ReasonWords<Reason<'content'>> = {
  'long-lived-key': 'ein dauerhafter Access Key',
  'access-key': 'ein Access Key',
  'key-without-token': 'ein Access Key ohne Session Token',
  'secret-without-token': 'ein Secret Key ohne Session Token',
  'secret-without-key': 'ein Secret Key ohne Access Key',
  'key-quotes': `ein Access Key ${quotes}`,
  'key-blank': `ein Access Key ${blank}`,
  'key-kind': 'ein Access Key, der zu keiner Rolle gehört',
  'secret-quotes': `ein Secret Key ${quotes}`,
  'secret-blank': `ein Secret Key ${blank}`,
  'secret-character': `ein Secret Key ${character}`,
  'token-quotes': `ein Session Token ${quotes}`,
  'token-blank': `ein Session Token ${blank}`,
  'token-character': `ein Session Token ${character}`,
  'other-sources': '',
};
