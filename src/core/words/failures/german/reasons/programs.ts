import type { Reason } from '../../../../failure-reasons.ts';
import type { ReasonWords } from '../../../../failure-words.ts';

export const message: ReasonWords<Reason<'message'>> = {
  empty: 'Sie ist leer',
  'not-utf-8': 'Sie ist kein UTF-8',
  'not-json': 'Sie ist kein JSON',
  'not-an-object': 'Sie ist kein Objekt',
  missing: (p) => `${p.field} fehlt`,
  unfit: (p) => `${p.field} ist ungültig`,
  'unknown-field': (p) => `${p.owner || 'Sie'} enthält ein Feld, das der Host nicht kennt`,
  'unknown-value': (p) => `Diesen Wert von ${p.field} kennt der Host nicht`,
  'unknown-request': 'Unbekannte Anfrage',
};

export const where: ReasonWords<Reason<'where'>> = {
  extension: 'in der Erweiterung',
  browser: 'im Browser',
  'browser-storage': 'im Speicher des Browsers',
  host: 'im nativen Host',
  'credentials-file': 'in der Credentials-Datei',
  command: (p) => `in ${p.name}`,
};
