import type { Reason } from '../../../../failure-reasons.ts';
import type { ReasonWords } from '../../../../failure-words.ts';

export const message: ReasonWords<Reason<'message'>> = {
  empty: 'it is empty',
  'not-utf-8': 'it is not UTF-8',
  'not-json': 'it is not JSON',
  'not-an-object': 'it is not an object',
  missing: (p) => `${p.field} is missing`,
  unfit: (p) => `${p.field} is invalid`,
  'unknown-field': (p) => `${p.owner || 'it'} has a field that this host does not know`,
  'unknown-value': (p) => `this host does not know this value of ${p.field}`,
  'unknown-request': 'unknown request',
};

export const where: ReasonWords<Reason<'where'>> = {
  extension: 'in the extension',
  browser: 'in the browser',
  'browser-storage': "in the browser's storage",
  host: 'in the native host',
  'credentials-file': 'in the credentials file',
  command: (p) => `in ${p.name}`,
};
