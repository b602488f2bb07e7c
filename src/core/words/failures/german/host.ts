import type { FailureWords } from '../../../failure-words.ts';

export const host = {
  'host-not-installed': () => [
    'Der Roleferry-Host ist für diesen Browser nicht installiert. Profile lassen sich nicht schreiben.',
    'Installieren Sie ihn:',
  ],
  'host-forbidden': () => ['Der Roleferry-Host kennt diese Erweiterung nicht.', 'Installieren Sie ihn neu:'],
  'host-exited': () => [
    'Der Roleferry-Host wurde beendet, bevor er geantwortet hat.',
    'Versuchen Sie es noch einmal. Hilft das nicht, installieren Sie ihn neu:',
  ],
  'host-silent': (p) => [
    `Der Roleferry-Host hat ${p.seconds} Sekunden lang nicht geantwortet.`,
    'Versuchen Sie es noch einmal. Hilft das nicht, starten Sie den Browser neu und installieren Sie den Host neu:',
  ],
  'host-answer-invalid': () => [
    'Diese Erweiterung versteht die Antwort des Roleferry-Hosts nicht.',
    'Aktualisieren Sie beide, die Erweiterung im Browser und den Host mit:',
  ],
  'host-older': () => [
    'Der Roleferry-Host ist älter als die Erweiterung und kann das noch nicht.',
    'Aktualisieren Sie den Host:',
  ],
  'host-gone': () => [
    'Der Browser hat die Verbindung getrennt, bevor geschrieben wurde. Es wurde nichts geschrieben.',
    'Melden Sie sich noch einmal an, oder speichern Sie noch einmal im Popup.',
  ],
  'message-version': (p) => [
    `Die Erweiterung spricht Protokoll ${p.theirs}, der Host ${p.ours}.`,
    p.theirs > p.ours
      ? 'Der Host ist älter. Aktualisieren Sie ihn:'
      : 'Die Erweiterung ist älter. Aktualisieren Sie sie im Browser.',
  ],
  'message-too-large': (p) => [
    `Die Nachricht hat ${p.bytes} Bytes, erlaubt sind ${p.limit}.`,
    'Schreiben Sie weniger Profile auf einmal.',
  ],
  'install-record-damaged': (p) => [
    `${p.file} lässt sich nicht lesen. Der Host weiß nicht, wem er dienen darf.`,
    'Ist der Host für alle Benutzer installiert, zeigen Sie dies Ihrem Administrator. Sonst:',
  ],
  'credentials-file-moved': (p) => [
    `Profile werden inzwischen in ${p.file} geschrieben. Es wurde nichts geändert.`,
    'Prüfen Sie beide Pfade, und ändern Sie es noch einmal.',
  ],
  unexpected: (p) => [
    `Unerwarteter Fehler in ${p.where}.`,
    'Versuchen Sie es noch einmal. Hilft das nicht, melden Sie es bitte.',
  ],
} satisfies Partial<FailureWords>;
