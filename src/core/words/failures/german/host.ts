import { type FailureWords, reasonWords as words } from '../../../failure-words.ts';
import { place } from './reasons/files.ts';
import { message, where } from './reasons/programs.ts';

export const host = {
  'host-not-installed': () => [
    'Für diesen Browser ist der Roleferry-Host nicht installiert. Ohne ihn lassen sich keine Profile speichern.',
    'Installiere ihn, im Ordner deines Roleferry-Builds:',
  ],
  'host-forbidden': () => [
    'Der Roleferry-Host kennt diese Erweiterung nicht.',
    'Installiere ihn neu, im Ordner deines Roleferry-Builds:',
  ],
  'host-exited': () => [
    'Der Roleferry-Host hat sich beendet, bevor er geantwortet hat.',
    'Versuche es noch einmal. Wenn das nicht hilft, installiere ihn neu, im Ordner deines Roleferry-Builds:',
  ],
  'host-silent': (p) => [
    `Der Roleferry-Host hat ${p.seconds} Sekunden lang nicht geantwortet.`,
    'Versuche es noch einmal. Wenn das nicht hilft, starte den Browser neu und installiere den Host neu, im Ordner deines Roleferry-Builds:',
  ],
  'host-answer-invalid': () => [
    'Diese Erweiterung versteht die Antwort des Roleferry-Hosts nicht.',
    'Aktualisiere beide: die Erweiterung im Browser, den Host im Ordner des neueren Roleferry-Builds:',
  ],
  'host-older': () => [
    'Der Roleferry-Host ist älter als die Erweiterung und kann das noch nicht.',
    'Aktualisiere den Host im Ordner des neueren Roleferry-Builds:',
  ],
  'host-gone': () => [
    'Der Browser hat die Verbindung getrennt, bevor der Host schreiben konnte. Es wurde nichts gespeichert.',
    'Melde dich noch einmal an, oder speichere noch einmal im Popup.',
  ],
  'message-invalid': (p) => [
    `Die Nachricht ist ungültig: ${words(message, p.reason)}.`,
    'Vielleicht haben Erweiterung und Host verschiedene Versionen: Aktualisiere beide.',
  ],
  'message-version': (p) => [
    `Die Erweiterung spricht Protokoll ${p.theirs}, der Host ${p.ours}.`,
    p.theirs > p.ours
      ? 'Der Host ist älter. Aktualisiere ihn, im Ordner des neueren Roleferry-Builds:'
      : 'Die Erweiterung ist älter. Aktualisiere sie im Browser.',
  ],
  'message-too-large': (p) => [
    `Die Nachricht hat ${p.bytes} Bytes, erlaubt sind ${p.limit}.`,
    'Speichere weniger Profile auf einmal.',
  ],
  'origin-not-allowed': (p, roleferry) => [
    `Der Host wurde von ${p.origin} gestartet und nimmt von dort nichts an.`,
    `Nur die Roleferry-Erweiterung darf ihn starten. Wenn du einen eigenen Build verwendest, führe im Terminal aus: ${roleferry} install --extension-id ID`,
  ],
  'install-record-damaged': (p) => [
    `${p.file} ist nicht lesbar. Deshalb weiß der Host nicht, welche Erweiterung ihn benutzen darf.`,
    'Wenn der Host für alle Benutzer installiert ist, zeige dies deinem Administrator. Sonst installiere ihn neu:',
  ],
  'credentials-file-refused': (p, roleferry) => [
    `Die Erweiterung darf keine Zugangsdaten in ${p.file} speichern lassen: ${words(place, p.reason)}.`,
    `Nimm eine Credentials-Datei, die dir gehört, oder einen neuen Namen in einem deiner Ordner, zum Beispiel ~/.aws/credentials-work. Jede andere Datei legst du im Terminal fest: ${roleferry} install --credentials-file DATEI`,
  ],
  'credentials-file-moved': (p) => [
    `Profile werden inzwischen in ${p.file} gespeichert. Es wurde nichts geändert.`,
    'Sieh dir beide Pfade an und ändere es dann noch einmal.',
  ],
  unexpected: (p) => [
    `Unerwarteter Fehler ${words(where, p.where)}.`,
    'Versuche es noch einmal. Wenn das nicht hilft, melde den Fehler bitte.',
  ],
} satisfies Partial<FailureWords>;
