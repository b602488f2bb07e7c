import type { FailureWords } from '../../../failure-words.ts';

export const extension = {
  'clipboard-refused': () => [
    'Der Browser lässt Roleferry nicht in die Zwischenablage schreiben.',
    'Klicken Sie in das Popup, und kopieren Sie noch einmal.',
  ],
  'not-a-click': () => ['Ignoriert: Das kam nicht von einem Klick.', 'Klicken Sie noch einmal.'],
  'nothing-to-copy': () => ['Es gibt keine Zugangsdaten zum Kopieren.', 'Melden Sie sich zuerst an.'],
  'list-just-changed': () => [
    'Eine neue Anmeldung hat die Liste verschoben. Es ist nichts geschehen.',
    'Sehen Sie nach, und klicken Sie noch einmal.',
  ],
  'copy-unclear': () => [
    'Nichts kopiert: Es ist nicht klar, welche Zugangsdaten gemeint sind.',
    'Das Tastenkürzel kopiert, was in eines Ihrer Profile geht. Alles andere kopiert der Knopf der Rolle.',
  ],
  'writing-off': () => [
    'Roleferry ist so eingestellt, dass es keine Profile schreibt.',
    'Kopieren Sie die Zugangsdaten, oder ändern Sie die Einstellungen.',
  ],
  'issuer-link-missing': (p) => [
    `Für ${p.issuer} ist kein Anmeldelink eingetragen.`,
    'Tragen Sie in den Einstellungen den Link der AWS-Kachel bei Ihrem Identitätsanbieter ein.',
  ],
  'renewal-unfinished': (p) => [
    `Der Anmeldelink von ${p.issuer} hat nicht von selbst zu einer Anmeldung geführt.`,
    'Ihr Identitätsanbieter wartet auf Sie: Melden Sie sich in dem Tab an, der geöffnet wurde.',
  ],
  'import-refused': (p) => [
    `Nichts importiert: ${p.reason}.`,
    'Korrigieren Sie die Datei, und importieren Sie noch einmal.',
  ],
  'import-changed': () => [
    'Nichts importiert: Die Änderungen sind nicht mehr die, die gezeigt wurden.',
    'Sehen Sie die Datei noch einmal durch, und wählen Sie dann aus.',
  ],
  'only-in-options': () => [
    'Das lässt sich nur in den Einstellungen ändern.',
    'Öffnen Sie die Einstellungen von Roleferry.',
  ],
  'policy-invalid': (p) => [
    `Die Richtlinie Ihres Administrators für Roleferry ist unlesbar (${p.where}). Deshalb geschieht nichts.`,
    'Zeigen Sie dies dem Administrator dieses Browsers.',
  ],
  'policy-forbids': (p) => [
    `Ihr Administrator erlaubt das nicht: ${p.what}.`,
    'Verwenden Sie eine andere Anmeldung, oder fragen Sie Ihren Administrator.',
  ],
  'policy-no-profiles': () => [
    'Ihr Administrator erlaubt keine Zugangsdaten in Dateien.',
    'Kopieren Sie sie stattdessen als Umgebungsvariablen.',
  ],
  'policy-no-copy': () => [
    'Ihr Administrator erlaubt nicht, Zugangsdaten zu kopieren.',
    'Speichern Sie sie stattdessen in ein Profil.',
  ],
  'policy-no-imports': () => [
    'Ihr Administrator erlaubt nicht, Einstellungen aus einer Datei zu importieren.',
    'Nehmen Sie die Einstellungen von Hand vor, oder fragen Sie Ihren Administrator.',
  ],
  'policy-awaited': () => [
    'Der Browser hat die Richtlinie Ihres Administrators noch nicht geliefert. Deshalb geschieht noch nichts.',
    'Versuchen Sie es gleich noch einmal. Sobald die Richtlinie da ist, geht es von selbst weiter.',
  ],
  'policy-fixed-profile': (p) => [
    `Ihr Administrator hat das Ziel festgelegt: ${p.profile}.`,
    'Soll es woandershin, fragen Sie Ihren Administrator.',
  ],
  'policy-session-name': (p) => [
    `Ihr Administrator hat ${p.profile} für Anmeldungen als ${p.known} festgelegt. Diese ist als ${p.given}.`,
    'Melden Sie sich unter jenem Namen an, oder fragen Sie Ihren Administrator.',
  ],
} satisfies Partial<FailureWords>;
