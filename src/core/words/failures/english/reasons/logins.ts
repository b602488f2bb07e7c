import type { Reason } from '../../../../failure-reasons.ts';
import type { ReasonWords } from '../../../../failure-words.ts';

export const xml: ReasonWords<Reason<'xml'>> = {
  encoding: (p) => `its encoding is ${p.encoding}`,
  'other-encoding': (p) => `its bytes are not ${p.encoding}`,
  'two-marks': 'it begins with two byte order marks',
  name: (p) => `malformed name: ${p.name}`,
  malformed: (p) => `line ${p.line}, column ${p.column}: ${p.parser}`,
};

export const saml: ReasonWords<Reason<'saml'>> = {
  'too-deep': 'its elements are nested too deep',
  'after-response': 'it has elements behind its Response',
  'misplaced-assertion': 'it has an assertion where none belongs',
  'no-response': 'it has no Response',
  'no-assertion': 'it has no assertion',
  status: (p) => `its status is ${p.status}`,
  issuers: 'its assertion has more than one issuer',
  root: (p) => `it begins with ${p.name}, not with a Response in the SAML 2.0 namespace`,
  namespace: 'it has a namespace that is not a URI',
};

export const connection: ReasonWords<Reason<'connection'>> = {
  'unknown-name': 'its name is not known in this network (DNS)',
  refused: 'the connection was refused',
  certificate: 'its certificate is not one that this machine trusts',
  timeout: 'it did not answer in time',
  offline: 'this machine is offline',
  unclear: 'no connection, an unknown name (DNS), or a certificate that is not trusted',
};

export const proxy: ReasonWords<Reason<'proxy'>> = {
  'no-address': 'it is not an address like http://proxy.example:3128',
  scheme: (p) => `${p.scheme} is not spoken here, only http and https`,
  'more-than-host': 'there is more than a host and a port in it',
  'percent-sign': 'its user or password has a % that is not part of a code such as %40',
};

export const authorities: ReasonWords<Reason<'authorities'>> = {
  'no-certificate': 'it has no certificate in PEM form',
};

const login = (p: { account: string; role: string; provider: string; issuer: string }, rights = '') =>
  `account ${p.account}, role ${p.role}${rights}, via ${p.provider} (${p.issuer})`;

const lesserLogin: typeof login = (p) => login(p, ' with fewer rights');

export const holder: ReasonWords<Reason<'holder'>> = {
  login: (p) => login(p),
  'login-in-container': (p) => `${login(p)}, container ${p.container}`,
  chain: (p) => `account ${p.account}, role ${p.role}, assumed from the profile ${p.source}`,
  'lesser-login': (p) => lesserLogin(p),
  'lesser-login-in-container': (p) => `${lesserLogin(p)}, container ${p.container}`,
};
