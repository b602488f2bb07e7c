import type { Reason } from '../../../../failure-reasons.ts';
import type { ReasonWords } from '../../../../failure-words.ts';

export const xml: ReasonWords<Reason<'xml'>> = {
  encoding: (p) => `Die Kodierung ist ${p.encoding}`,
  'other-encoding': (p) => `Die Bytes sind kein ${p.encoding}`,
  'two-marks': 'Am Anfang stehen zwei BOMs',
  name: (p) => `Ungültiger Name: ${p.name}`,
  malformed: (p) => `Zeile ${p.line}, Spalte ${p.column}`,
};

export const saml: ReasonWords<Reason<'saml'>> = {
  'too-deep': 'Die Elemente sind zu tief verschachtelt',
  'after-response': 'Hinter der Response stehen noch Elemente',
  'misplaced-assertion': 'Eine Assertion steht, wo keine hingehört',
  'no-response': 'Die Response fehlt',
  'no-assertion': 'Die Assertion fehlt',
  status: (p) => `Der Status ist ${p.status}`,
  issuers: 'Die Assertion hat mehr als einen Aussteller',
  root: (p) => `Am Anfang steht ${p.name} statt einer Response im Namensraum von SAML 2.0`,
  namespace: 'Ein Namensraum ist kein URI',
};

export const connection: ReasonWords<Reason<'connection'>> = {
  'unknown-name': 'Der Name ist in diesem Netzwerk unbekannt (DNS)',
  refused: 'Die Verbindung wurde abgelehnt',
  certificate: 'Diesem Zertifikat vertraut dieser Rechner nicht',
  timeout: 'Es kam nicht rechtzeitig eine Antwort',
  offline: 'Dieser Rechner ist offline',
  unclear: 'Keine Verbindung, ein unbekannter Name (DNS) oder ein Zertifikat, dem nicht vertraut wird',
};

const login = (p: { account: string; role: string; provider: string; issuer: string }, rights = '') =>
  `Konto ${p.account}, Rolle ${p.role}${rights}, über ${p.provider} (${p.issuer})`;

const lesserLogin: typeof login = (p) => login(p, ' mit weniger Rechten');

export const holder: ReasonWords<Reason<'holder'>> = {
  login: (p) => login(p),
  'login-in-container': (p) => `${login(p)}, Tab-Umgebung ${p.container}`,
  chain: (p) => `Konto ${p.account}, Rolle ${p.role}, angenommen aus dem Profil ${p.source}`,
  'lesser-login': (p) => lesserLogin(p),
  'lesser-login-in-container': (p) => `${lesserLogin(p)}, Tab-Umgebung ${p.container}`,
};
