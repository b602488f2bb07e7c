import { contentWords, type FailureWords, reasonWords as words } from '../../../failure-words.ts';
import { content, name, value } from './reasons/files.ts';
import { holder } from './reasons/logins.ts';

export const profiles = {
  'profile-name-invalid': (p) => [
    `Dieser Profilname geht nicht: ${words(name, p.reason)}.`,
    'Erlaubt sind Buchstaben, Ziffern und - _ . / % @ : +',
  ],
  'profile-value-invalid': (p) => [
    `Der Wert von ${p.key} lässt sich nicht speichern: ${words(value, p.reason)}.`,
    'Es wurde nichts gespeichert. Melde dich noch einmal an.',
  ],
  'profile-long-lived': (p) => [
    `Das Profil ${p.profile} stammt nicht von Roleferry. Darin steht: ${contentWords(content, p)}.`,
    'Wähle einen anderen Namen, oder erlaube ausdrücklich, dass es ersetzt wird.',
  ],
  'profile-bound-elsewhere': (p) => [
    `Das Profil ${p.profile} gehört zu ${words(holder, p.boundTo)}. Diese Anmeldung ist ${words(holder, p.given)}${p.newIssuer ? ', und diesen Identitätsanbieter sieht Roleferry zum ersten Mal' : ''}.`,
    'Wähle einen anderen Namen. Übernimm das Profil nur, wenn du beide kennst.',
  ],
  'profile-other-account': (p) => [
    `Das Profil ${p.profile} enthält Zugangsdaten von Konto ${p.found}, diese hier sind von Konto ${p.given}.`,
    'Wähle einen anderen Namen. Übernimm das Profil nur, wenn du beide Konten kennst.',
  ],
  'profile-not-found': (p) => [
    `In den AWS-Dateien gibt es kein Profil ${p.profile}.`,
    'Welche es gibt, zeigt:',
  ],
  'profile-shadowed': (p) => [
    `Zugangsdaten für ${p.profile} hätten keine Wirkung: AWS-Tools bevorzugen ${p.keys} in ${p.file}.`,
    'Nimm das dort aus dem Profil heraus, oder wähle einen anderen Namen.',
  ],
  'profile-settings-not-written': (p) => [
    `Die Zugangsdaten von ${p.profile} sind gespeichert, aber das nicht: ${p.settings}.`,
    `Trage es selbst in das Profil ${p.profile} der Konfigurationsdatei ein, oder setze AWS_REGION.`,
  ],
  'session-name-changed': (p) => [
    `Das Profil ${p.profile} ist für Anmeldungen als ${p.known}. Angemeldet bist du als ${p.given}, deshalb wurde nichts gespeichert.`,
    'Bist du beides, verwende ab jetzt den neuen Namen. Wenn nicht, hat sich hier jemand anderes angemeldet: Vergiss diese Anmeldung und melde dich selbst an.',
  ],
  'left-profile-changed': (p) => [
    `In ${p.profile} steht inzwischen etwas anderes. Es wurde nicht entfernt.`,
    'Es wurde nichts geändert. Was darin steht, zeigt:',
  ],
  'chain-source-unbound': (p) => [
    `Im Profil ${p.profile} ist keine Anmeldung gespeichert, von der aus eine zweite Rolle angenommen werden könnte.`,
    'Speichere zuerst eine Anmeldung in dieses Profil.',
  ],
  'env-value-unfit': (p) => [
    `Der Wert von ${p.variable} enthält Zeichen, die ${p.format} ausführen, ersetzen oder falsch lesen würde. Es wurde nichts kopiert.`,
    'Wähle eine andere Shell oder ein anderes Format. Wenn es die Region ist, korrigiere sie.',
  ],
  'profiles-exist': (p) => [
    `Profile mit diesen Namen gibt es schon, in ${p.file} oder der Credentials-Datei: ${p.profiles}.`,
    'Es wurde nichts gespeichert. Wähle andere Namen.',
  ],
  'on-demand-unknown': (p) => [
    `Zum Profil ${p.profile} gehört keine Rolle mehr.`,
    'Speichere im Roleferry-Popup eine Rolle in dieses Profil, oder entferne es dort.',
  ],
  'on-demand-gone': (p) => [
    `Dein Identitätsanbieter bietet die Rolle von ${p.profile} nicht mehr an.`,
    'Brauchst du sie noch, frage dessen Administrator. Das Roleferry-Popup entfernt das Profil mit einem Klick.',
  ],
  'on-demand-waits': (p) => [
    `Für ${p.profile} gibt es Zugangsdaten. Roleferry fragt dich, bevor es sie speichert.`,
    'Öffne das Roleferry-Popup, speichere die Rolle und versuche es noch einmal.',
  ],
  'on-demand-no-link': (p) => [
    `Für ${p.profile} ist keine Anmeldung offen, und es gibt keinen Anmeldelink dafür.`,
    'Melde dich im Browser bei AWS an und versuche es innerhalb von fünf Minuten noch einmal. Mit einem Anmeldelink in den Einstellungen von Roleferry geht das von selbst.',
  ],
} satisfies Partial<FailureWords>;
