import type { FailureWords } from '../../../failure-words.ts';

export const profiles = {
  'profile-name-invalid': (p) => [
    `Dieser Profilname geht nicht: ${p.reason}.`,
    'AWS-Werkzeuge lesen Buchstaben, Ziffern und - _ . / % @ : + in Profilnamen.',
  ],
  'profile-long-lived': (p) => [
    `Das Profil ${p.profile} gehört nicht Roleferry. Es enthält ${p.found}.`,
    'Wählen Sie einen anderen Namen, oder erlauben Sie ausdrücklich, dass es ersetzt wird.',
  ],
  'profile-bound-elsewhere': (p) => [
    `Das Profil ${p.profile} gehört zu ${p.boundTo}. Diese Anmeldung: ${p.given}.`,
    'Wählen Sie einen anderen Namen. Übernehmen Sie das Profil nur, wenn Sie beide kennen.',
  ],
  'profile-other-account': (p) => [
    `Das Profil ${p.profile} enthält Zugangsdaten des Kontos ${p.found}, diese sind vom Konto ${p.given}.`,
    'Wählen Sie einen anderen Namen. Übernehmen Sie das Profil nur, wenn Sie beide Konten kennen.',
  ],
  'profile-not-found': (p) => [`In der Datei gibt es kein Profil ${p.profile}.`, 'Welche es gibt, zeigt:'],
  'profile-shadowed': (p) => [
    `Zugangsdaten für ${p.profile} würden nicht benutzt: AWS-Werkzeuge bevorzugen ${p.keys} in ${p.file}.`,
    'Nehmen Sie das dort heraus, oder wählen Sie einen anderen Namen.',
  ],
  'profile-settings-not-written': (p) => [
    `Die Zugangsdaten von ${p.profile} wurden geschrieben, aber nicht ${p.settings}. ${p.reason}`,
    `Schreiben Sie das selbst in das Profil ${p.profile} der Konfigurationsdatei, oder setzen Sie AWS_REGION.`,
  ],
  'session-name-changed': (p) => [
    `Das Profil ${p.profile} ist für Anmeldungen als ${p.known}. Diese ist als ${p.given} und wurde nicht gespeichert.`,
    'Sind Sie beides, verwenden Sie ab jetzt den neuen Namen. Sonst ist es die Anmeldung von jemand anderem: Vergessen Sie sie, und melden Sie sich noch einmal an.',
  ],
  'left-profile-changed': (p) => [
    `${p.profile} enthält inzwischen etwas anderes und wurde nicht entfernt.`,
    'Es wurde nichts geändert. Den Inhalt zeigt:',
  ],
  'chain-source-unbound': (p) => [
    `Im Profil ${p.profile} ist keine Anmeldung gespeichert, von der aus eine zweite Rolle angenommen werden könnte.`,
    'Speichern Sie dort zuerst eine Anmeldung.',
  ],
  'env-value-unfit': (p) => [
    `Der Wert von ${p.variable} hat Zeichen, die ${p.format} ausführen oder ersetzen würde. Es wurde nichts kopiert.`,
    'Wählen Sie eine andere Shell oder ein anderes Format. Ist es die Region, korrigieren Sie sie.',
  ],
  'file-not-understood': (p) => [
    `Zeile ${p.line} von ${p.file} ist unverständlich: ${p.reason}. Die Datei wurde nicht geändert.`,
    'Korrigieren Sie die Zeile in einem Editor, und versuchen Sie es noch einmal.',
  ],
  'file-unreadable': (p) => [
    `${p.file} lässt sich nicht lesen: ${p.reason}.`,
    'Prüfen Sie, ob die Datei Ihnen gehört und Sie sie lesen dürfen.',
  ],
  'file-not-writable': (p) => [
    `${p.file} lässt sich nicht schreiben: ${p.reason}. Die Datei wurde nicht geändert.`,
    p.folder === undefined
      ? 'Prüfen Sie die Rechte der Datei und ihres Ordners.'
      : `Machen Sie den Ordner ${p.folder} beschreibbar (im Container: den Ordner einbinden, nicht die Datei).`,
  ],
  'file-no-space': (p) => [
    `Für ${p.file} ist kein Platz mehr. Die Datei wurde nicht geändert.`,
    'Schaffen Sie Platz auf dem Datenträger, und versuchen Sie es noch einmal.',
  ],
  'file-link-broken': (p) => [
    `${p.file} ist ein Link auf ${p.target}, und der führt ins Leere.`,
    'Reparieren oder entfernen Sie den Link, und versuchen Sie es noch einmal.',
  ],
  'file-busy': (p) => [
    `Ein anderes Programm ändert ${p.file} immer wieder.`,
    'Versuchen Sie es noch einmal, wenn es fertig ist.',
  ],
  'file-exposed': (p) => [
    `Andere auf diesem Rechner können die Zugangsdaten in ${p.file} benutzen.`,
    'Beheben Sie das:',
  ],
  'file-not-for-aws-cli': (p) => [
    `Die AWS CLI kann ${p.file} nicht lesen und damit keines der Profile: ${p.reason}.`,
    'Korrigieren Sie das in einem Editor, und speichern Sie als UTF-8 ohne BOM. Zum Prüfen:',
  ],
  'place-is-link': (p) => [
    `${p.path} ist ein Link. Dahinter liest, schreibt und löscht Roleferry nichts.`,
    'Entfernen Sie den Link (nicht sein Ziel), und versuchen Sie es noch einmal.',
  ],
} satisfies Partial<FailureWords>;
