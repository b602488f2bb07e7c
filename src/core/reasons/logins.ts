import * as v from 'valibot';

const text = v.string();
const number = v.number();

/** Why a response is not well-formed XML. */
const xml = {
  encoding: { encoding: text },
  'other-encoding': { encoding: text },
  'two-marks': {},
  name: { name: text },
  malformed: { line: number, column: number, parser: text },
};

/** Why a response is none of SAML 2.0. */
const saml = {
  'too-deep': {},
  'after-response': {},
  'misplaced-assertion': {},
  'no-response': {},
  'no-assertion': {},
  status: { status: text },
  issuers: {},
  root: { name: text },
  namespace: {},
};

/** What to do when AWS says that an assertion is wrong, by what is wrong with it. */
const token = {
  'session-name-missing': {},
  'session-name-unfit': {},
  'source-identity-unfit': {},
  signature: {},
  'other-issuer': {},
  'provider-missing': {},
  audience: {},
  'too-early': {},
  metadata: {},
  unknown: {},
};

/** Why a connection did not come about; `unclear` where neither Node nor the browser tells. */
const connection = {
  'unknown-name': {},
  refused: {},
  certificate: {},
  timeout: {},
  offline: {},
  unclear: {},
};

/** Why a variable names no proxy that can be used. */
const proxy = {
  'no-address': {},
  scheme: { scheme: text },
  'more-than-host': {},
  'percent-sign': {},
};

/** Why a file has no authorities to trust, though it can be read. */
const authorities = { 'no-certificate': {} };

const login = { account: text, role: text, provider: text, issuer: text };

/** Who a profile belongs to. */
const holder = {
  login,
  'login-in-container': { ...login, container: number },
  chain: { account: text, role: text, source: text },
  'lesser-login': login,
  'lesser-login-in-container': { ...login, container: number },
};

export const ofLogins = { xml, saml, token, connection, proxy, authorities, holder };
