import { type FailureWords, reasonWords as words } from '../../../failure-words.ts';
import { settings } from './reasons/policies.ts';

export const extension = {
  'clipboard-refused': () => [
    'Der Browser lässt Roleferry nicht in die Zwischenablage schreiben.',
    'Klicke in das Popup und kopiere noch einmal.',
  ],
  'not-a-click': () => ['Ignoriert: Das kam nicht von einem Klick.', 'Klicke noch einmal.'],
  'nothing-to-copy': () => ['Es gibt keine Zugangsdaten zum Kopieren.', 'Melde dich zuerst an.'],
  'list-just-changed': () => [
    'Eine neue Anmeldung hat die Liste verschoben. Es ist nichts passiert.',
    'Sieh nach, wo dein Eintrag jetzt steht, und klicke noch einmal.',
  ],
  'copy-unclear': () => [
    'Nichts kopiert: Es ist nicht klar, welche Zugangsdaten gemeint sind.',
    'Das Tastenkürzel kopiert, was in einem deiner Profile gespeichert wird. Alles andere kopierst du mit dem Knopf der Rolle.',
  ],
  'writing-off': () => [
    'Roleferry ist so eingestellt, dass es keine Profile speichert.',
    'Kopiere die Zugangsdaten, oder ändere die Einstellungen.',
  ],
  'issuer-link-missing': (p) => [
    `Für ${p.issuer} ist kein Anmeldelink eingetragen.`,
    'Trage in den Einstellungen den Link der AWS-Kachel bei deinem Identitätsanbieter ein.',
  ],
  'renewal-unfinished': (p) => [
    `Über den Anmeldelink von ${p.issuer} kam keine automatische Anmeldung zustande.`,
    'Dein Identitätsanbieter wartet auf dich: Melde dich in dem Tab an, der geöffnet wurde.',
  ],
  'import-refused': (p) => [
    `Nichts importiert: ${words(settings, p.reason)}.`,
    'Korrigiere die Datei, oder ändere, was im Weg steht, und importiere noch einmal.',
  ],
  'import-changed': () => [
    'Nichts importiert: Die Datei würde inzwischen etwas anderes ändern, als dir gezeigt wurde.',
    'Sieh die Änderungen noch einmal durch und wähle dann aus.',
  ],
  'only-in-options': () => [
    'Das lässt sich nur in den Einstellungen ändern.',
    'Öffne die Einstellungen von Roleferry und ändere es dort.',
  ],
} satisfies Partial<FailureWords>;
