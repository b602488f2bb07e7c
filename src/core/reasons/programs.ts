import * as v from 'valibot';

const text = v.string();

/** What is wrong with a message to the native host or to the background. */
const message = {
  empty: {},
  'not-utf-8': {},
  'not-json': {},
  'not-an-object': {},
  missing: { field: text },
  unfit: { field: text },
  'unknown-field': { owner: text },
  'unknown-value': { field: text },
  'unknown-request': {},
};

/** Where something unexpected happened. */
const where = {
  extension: {},
  browser: {},
  'browser-storage': {},
  host: {},
  'credentials-file': {},
  command: { name: text },
};

export const ofPrograms = { message, where };
