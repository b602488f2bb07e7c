import type { ParamsOf } from '../../../failure-codes.ts';
import type { ConnectionProblem, ForbiddenThing, NameProblem } from '../../../failure-reasons.ts';

export const connectionWords: Record<ConnectionProblem, string> = {
  'unknown-name': 'Der Name ist in diesem Netzwerk unbekannt (DNS)',
  refused: 'Die Verbindung wurde abgelehnt',
  certificate: 'Diesem Zertifikat vertraut dieser Rechner nicht',
  timeout: 'Es kam nicht rechtzeitig eine Antwort',
  offline: 'Dieser Rechner ist offline',
  unclear: 'Keine Verbindung, ein unbekannter Name (DNS) oder ein Zertifikat, dem nicht vertraut wird',
};

/** What is wrong with the name of a profile. */
export function nameWords({ reason, character, known }: ParamsOf<'profile-name-invalid'>): string {
  const words: Record<NameProblem, string> = {
    empty: 'Er ist leer',
    'too-long': 'Er ist länger als 128 Zeichen',
    'line-break': 'Er enthält einen Zeilenumbruch',
    space: 'Er enthält ein Leerzeichen',
    invisible: 'Er enthält ein unsichtbares Zeichen',
    character: `Er enthält ${character}`,
    'sdk-for-javascript': 'Das AWS SDK für JavaScript liest ihn nicht',
    default: 'Unter [DEFAULT] in Großbuchstaben sucht die AWS CLI Einstellungen für alle Profile',
    placeholder: `Er enthält ${character}, und ausgefüllt werden nur ${known}`,
    'command-line': `Eine Befehlszeile versteht ${character} darin anders`,
  };
  return words[reason];
}

/** What the policy of an administrator does not allow. */
export function forbiddenWords({ what, named, most, minutes }: ParamsOf<'policy-forbids'>): string {
  const words: Record<ForbiddenThing, string> = {
    account: `Konto ${named}`,
    'unknown-account': 'Zugangsdaten eines unbekannten Kontos',
    issuer: `Aussteller ${named}`,
    partition: `Partition ${named}`,
    session: `Sitzungen über ${most} Minuten, und diese dauert ${minutes}`,
  };
  return words[what];
}
