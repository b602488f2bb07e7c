import { type FailureWords, reasonWords as words } from '../../../failure-words.ts';
import { awsCli, file, line } from './reasons/files.ts';

export const files = {
  'file-not-understood': (p) => [
    `Zeile ${p.line} in ${p.file} ist nicht zu verstehen: ${words(line, p.reason)}. Die Datei wurde nicht geändert.`,
    'Korrigiere die Zeile in einem Editor und versuche es noch einmal.',
  ],
  'file-unreadable': (p) => [
    `${p.file} lässt sich nicht lesen: ${words(file, p.reason)}.`,
    p.reason === 'file-missing'
      ? 'Sieh nach, ob der Name einen Tippfehler hat.'
      : 'Sieh nach, ob die Datei dir gehört und du sie lesen darfst.',
  ],
  'file-not-writable': (p) => [
    `${p.file} lässt sich nicht schreiben: ${words(file, p.reason)}. Die Datei wurde nicht geändert.`,
    p.folder === undefined
      ? 'Sieh nach, ob du die Datei und ihren Ordner ändern darfst.'
      : `Roleferry braucht auch im Ordner ${p.folder} Schreibrechte, weil dort zuerst eine Kopie entsteht (im Container: den Ordner einbinden, nicht die Datei).`,
  ],
  'file-no-space': (p) => [
    `Für ${p.file} ist kein Platz mehr. Die Datei wurde nicht geändert.`,
    'Schaffe Platz auf dem Datenträger und versuche es noch einmal.',
  ],
  'file-link-broken': (p) => [
    `${p.file} ist ein Link auf ${p.target}, und der führt ins Leere.`,
    'Repariere oder entferne den Link und versuche es noch einmal.',
  ],
  'path-variable': (p) => [
    `${p.variable} ist ${p.path}, und AWS-Tools sind sich nicht einig, welche Datei das ist.`,
    'Schreibe den Pfad aus, ohne Variablen und ohne das ~ eines anderen Benutzers. Vielleicht bleibt $HOME stehen, weil der Wert in Anführungszeichen steht.',
  ],
  'file-busy': (p) => [
    `Ein anderes Programm ändert ${p.file} immer wieder.`,
    'Versuche es noch einmal, wenn es damit fertig ist.',
  ],
  'file-exposed': (p) => [
    `Andere auf diesem Rechner können die Zugangsdaten in ${p.file} benutzen.`,
    'So änderst du das:',
  ],
  'file-not-for-aws-cli': (p) => [
    `Die AWS CLI kann ${p.file} nicht lesen und damit keines der Profile darin: ${words(awsCli, p.reason)}.`,
    'Korrigiere das in einem Editor und speichere die Datei als UTF-8 ohne BOM. Zum Prüfen:',
  ],
  'place-is-link': (p) => [
    `${p.path} ist ein Link. Dahinter liest, schreibt und löscht Roleferry nichts: Es könnte etwas anderes von dir sein.`,
    'Entferne den Link (nicht sein Ziel) und versuche es noch einmal.',
  ],
} satisfies Partial<FailureWords>;
