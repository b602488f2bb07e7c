import { describe, expect, it } from 'vitest';
import { anyFailure, reasonsOf, withEachReason } from '../../../../test/fixtures/any-failure.ts';
import { type Failure, failure } from '../../failure.ts';
import { type FailureCode, failureCodes } from '../../failure-codes.ts';
import { wordsOf } from '../../failure-words.ts';
import { english } from './english.ts';
import { german } from './german.ts';

/** What only a terminal reports. */
const ofTerminals: FailureCode[] = [
  'assertion-cut',
  'assertion-encrypted',
  'assertion-missing',
  'assertion-not-in-page',
  'assertion-not-recognised',
  'aws-cli-renews',
  'aws-login-needed',
  'authorities-unreadable',
  'aws-setting-refused',
  'browser-in-windows',
  'browser-not-found',
  'browser-not-here',
  'browser-not-opened',
  'browser-sandboxed',
  'command-not-found',
  'command-not-run',
  'command-unsaid',
  'console-endpoint-invalid',
  'console-long-lived',
  'console-not-opened',
  'console-print-to-file',
  'console-refused',
  'console-unanswered',
  'endpoint-not-listening',
  'extension-id-invalid',
  'home-missing',
  'host-file-missing',
  'instance-metadata-disabled',
  'lesser-profile-missing',
  'long-lived-not-handed-out',
  'login-not-delivered',
  'mfa-code-needed',
  'mfa-refused',
  'node-gone',
  'output-not-written',
  'process-path-unfit',
  'process-profile-elsewhere',
  'profile-expired',
  'profile-mfa-needed',
  'profile-no-credentials',
  'profile-no-expiry',
  'profile-no-principal',
  'profile-not-process',
  'profile-not-temporary',
  'profile-process-failed',
  'profile-settings-unusable',
  'profile-source-failed',
  'profile-unsaid',
  'profile-value-unfit',
  'profiles-or-all',
  'profiles-same-name',
  'provider-not-in-assertion',
  'proxy-invalid',
  'proxy-login-needed',
  'proxy-refused',
  'proxy-strange',
  'proxy-unreachable',
  'registry-refused',
  'role-choice-needed',
  'sign-in-link-invalid',
  'sign-in-link-missing',
  'source-profile-loop',
  'source-profile-missing',
  'sts-endpoint-invalid',
  'sts-endpoint-password',
  'sts-plain-http',
  'tls-unverified',
  'web-identity-token-unreadable',
  'wsl-not-found',
];

/** What only happens to whoever asks a broker, which the extension does not. */
const ofBrokers: FailureCode[] = [
  'broker-address-invalid',
  'broker-answer-invalid',
  'broker-login-failed',
  'broker-login-late',
  'broker-login-missing',
  'broker-no-role',
  'broker-refused',
  'broker-role-unsaid',
  'broker-unreachable',
  'machine-token-missing',
  'redirect-port-busy',
];

const ofPages = failureCodes.filter((code) => !ofTerminals.includes(code) && !ofBrokers.includes(code));

/** Words that no German sentence has, as names of things or otherwise. */
const englishWords =
  /\b(?:the|it|its|is|are|has|have|of|and|or|not|no|with|without|cannot|which|that|this|than|to|from|by|for|only|there)\b/i;

describe('a page in German', () => {
  it.each(ofPages)('speaks German of %s', (code) => {
    const told = anyFailure(code);
    const inGerman = wordsOf(told, german);
    const inEnglish = wordsOf(told, english);
    expect(inGerman.message).not.toBe(inEnglish.message);
    expect(inGerman.hint).not.toBe(inEnglish.hint);
  });

  it.each(ofPages.filter((code) => reasonsOf(code).length > 0))(
    'says in German for which reason %s',
    (code) => {
      for (const told of withEachReason(code)) {
        const words = wordsOf(told, german);
        expect(words.message + words.hint).not.toMatch(englishWords);
        expect(wordsOf(told, english).message).not.toBe(words.message);
      }
    },
  );

  it('quotes in English only what AWS or its SDK says', () => {
    const quotes = ofPages.filter((code) => anyFailure(code, true).params?.reason === '<reason>');
    expect(quotes.sort()).toEqual([
      'source-credentials-missing',
      'source-credentials-refused',
      'sts-endpoint-unclear',
      'sts-invalid-token',
      'sts-refused',
      'sts-session-policy-missing',
      'sts-session-policy-refused',
      'sts-tags-too-large',
    ]);
  });

  it('has words of its own for no failure that only a terminal reports', () => {
    const same = failureCodes.filter((code) => german[code] === english[code]);
    expect(same.sort()).toEqual([...ofTerminals, ...ofBrokers].sort());
  });

  it.each(ofPages)('calls who reads of %s “du”, as everything else on the page does', (code) => {
    const { message, hint } = wordsOf(anyFailure(code), german);
    expect(`${message} ${hint}`).not.toMatch(/\b(?:Ihnen|Ihr(?:e[mnrs]?)?)\b|[a-zäöü]en Sie\b/);
  });

  it('leads on to the command exactly where English does', () => {
    for (const code of ofPages) {
      const ends = [german, english].map((language) =>
        wordsOf(anyFailure(code), language).hint.endsWith(':'),
      );
      expect([code, ends[0]]).toEqual([code, ends[1]]);
    }
  });
});

it('says in German what the popup says most', () => {
  const { message, hint } = wordsOf({ code: 'host-not-installed', command: 'roleferry install' }, german);
  expect(message).toContain('nicht installiert');
  expect(hint).toBe('Installiere ihn, im Ordner deines Roleferry-Builds:');
});

it('says in German what to do about an assertion that AWS does not take', () => {
  const params = { reason: 'Response signature invalid', remedy: 'signature' };
  const { message, hint } = wordsOf({ code: 'sts-invalid-token', params }, german);
  expect(message).toContain('Response signature invalid');
  expect(hint).toContain('Das Zertifikat deines Identitätsanbieters hat sich geändert');
});

it('says in German what is wrong with a profile name, and with a connection', () => {
  const messageOf = (failure: Failure) => wordsOf(failure, german).message;
  expect(messageOf(failure('profile-name-invalid', { reason: { is: 'character', character: '#' } }))).toBe(
    'Dieser Profilname geht nicht: Er enthält #.',
  );
  const timeout = failure('sts-unreachable', { host: 'sts.amazonaws.com', reason: 'timeout' });
  expect(messageOf(timeout)).toContain('nicht rechtzeitig eine Antwort');
});

it('says in German what an administrator does not allow', () => {
  const told = failure('policy-forbids', { what: { is: 'session', most: 60, minutes: 90 } });
  expect(wordsOf(told, german).message).toBe(
    'Dein Administrator erlaubt das nicht: Sitzungen über 60 Minuten, und diese dauert 90.',
  );
});
