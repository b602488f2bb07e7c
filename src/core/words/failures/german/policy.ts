import { type FailureWords, reasonWords as words } from '../../../failure-words.ts';
import { file } from './reasons/files.ts';
import { audit, forbidden, policyFile, policy as policyReasons } from './reasons/policies.ts';

const ofMachine = { ...file, ...policyReasons, ...policyFile };
const ofAudit = { ...file, ...audit };

export const policy = {
  'policy-invalid': (p) => [
    `Die Richtlinie deines Administrators für Roleferry ist fehlerhaft: ${words(policyReasons, p.where)}. Deshalb passiert nichts.`,
    'Zeige dies dem Administrator dieses Browsers. Was in der Richtlinie stehen kann, beschreibt das Handbuch für Administratoren.',
  ],
  'policy-forbids': (p) => [
    `Dein Administrator erlaubt das nicht: ${words(forbidden, p.what)}.`,
    'Verwende eine andere Anmeldung, oder frage deinen Administrator.',
  ],
  'policy-no-profiles': () => [
    'Dein Administrator erlaubt nicht, Zugangsdaten in Dateien zu speichern.',
    'Kopiere sie stattdessen als Umgebungsvariablen.',
  ],
  'policy-no-copy': () => [
    'Dein Administrator erlaubt nicht, Zugangsdaten zu kopieren.',
    'Speichere sie stattdessen in ein Profil.',
  ],
  'policy-no-imports': () => [
    'Dein Administrator erlaubt nicht, Einstellungen aus einer Datei zu importieren.',
    'Stelle alles von Hand ein, oder frage den Administrator dieses Browsers.',
  ],
  'policy-awaited': () => [
    'Der Browser hat die Richtlinie deines Administrators noch nicht geladen. Bis dahin passiert nichts.',
    'Versuche es gleich noch einmal. Sobald die Richtlinie da ist, geht es von selbst weiter, solange die Anmeldung noch gilt.',
  ],
  'policy-fixed-profile': (p) => [
    `Dein Administrator hat festgelegt, was wohin gespeichert wird: ${p.profile}.`,
    'Wenn es woandershin soll, frage deinen Administrator.',
  ],
  'policy-session-name': (p) => [
    `Dein Administrator hat festgelegt: ${p.profile} ist für Anmeldungen als ${p.known}. Du bist als ${p.given} angemeldet.`,
    'Melde dich unter dem anderen Namen an, oder frage den Administrator dieses Browsers.',
  ],
  'policy-demands-session-policy': (p) => [
    `Dein Administrator erlaubt ${p.roleArn} nur mit einer Session Policy, und was angefordert wird, könnte mehr erlauben.`,
    `Fordere die Rolle ohne eigene Session Policy an, dann gilt die vorgegebene; oder nur mit Teilen davon: ${p.demanded}`,
  ],
  'machine-policy-invalid': (p, roleferry) => [
    `Die Richtlinie dieses Rechners, ${p.file}, ist nicht verwendbar: ${words(ofMachine, p.reason)}. Deshalb werden keine Zugangsdaten gespeichert oder ausgegeben.`,
    `Zeige dies dem Administrator dieses Rechners. Ist die Datei in Ordnung, zeigt dies, was sie festlegt: ${roleferry} doctor`,
  ],
  'machine-policy-source-unknown': () => [
    'Die Richtlinie dieses Rechners erlaubt nur bestimmte Identitätsanbieter, und die Erweiterung hat nicht mitgeteilt, von welchem diese Anmeldung stammt.',
    'Aktualisiere die Roleferry-Erweiterung und melde dich noch einmal an.',
  ],
  'audit-not-written': (p) => [
    `Die Richtlinie dieses Rechners verlangt für jedes Profil eine Zeile ${p.file === undefined ? 'im Systemprotokoll' : `in ${p.file}`}, und die lässt sich nicht schreiben: ${words(ofAudit, p.reason)}. Deshalb wurden keine Zugangsdaten gespeichert.`,
    'Zeige dies dem Administrator dieses Rechners.',
  ],
} satisfies Partial<FailureWords>;
