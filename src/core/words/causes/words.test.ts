import { describe, expect, it } from 'vitest';
import type { Cause, CauseCode } from '../../cause.ts';
import { type CauseWords, wordsOfCause } from './cause-words.ts';
import { english } from './english.ts';
import { remedyForAdministrator } from './for-administrator.ts';
import { german } from './german.ts';

const arns = { roleArn: '<roleArn>', providerArn: '<providerArn>' };

/** Every cause, and each of its variants. */
const examples: { [C in CauseCode]: Omit<Extract<Cause, { code: C }>, 'code'>[] } = {
  'login-failed': [{ status: '<status>' }, { status: '' }],
  'too-large': [{ characters: 123_456 }],
  audience: [
    { found: ['<a>', '<b>'], expected: '<expected>' },
    { found: [], expected: '<expected>' },
  ],
  recipient: [
    { found: ['<a>'], expected: '<expected>' },
    { found: [], expected: '<expected>' },
  ],
  'roles-missing': [{}],
  'roles-unread': [{ count: 47 }, { count: 1 }],
  'role-reserved': [{ roleArn: '<roleArn>' }],
  'arn-invalid': [{ arn: '<arn>' }],
  'accounts-differ': [arns],
  'session-name-missing': [{}],
  'session-name-invalid': [
    { problem: { is: 'short' } },
    { problem: { is: 'long', length: 65 } },
    { problem: { is: 'characters', characters: [' ', 'ö'] } },
    {},
  ],
  'session-duration': [{ seconds: 47 }],
  'source-identity-invalid': [{ problem: { is: 'reserved' } }],
  'tags-invalid': [
    { problem: { is: 'many', count: 51 } },
    { problem: { is: 'key', key: '<key>' } },
    { problem: { is: 'value', key: '<key>' } },
    { problem: { is: 'doubled', key: '<key>' } },
    { problem: { is: 'transitive', key: '<key>' } },
    {},
  ],
  'tags-too-large': [{ count: 47 }, { count: 0 }],
  'subject-missing': [{}],
  unsigned: [{}],
  'too-early': [{ from: '<from>', minutes: 47 }, {}],
  'old-when-seen': [{ minutes: 47 }],
  expired: [{ until: '<until>' }, {}],
  'short-lived': [{ seconds: 47 }],
  'provider-missing': [{ providerArn: '<providerArn>' }],
  'other-issuer': [
    { issuer: '<issuer>', providerArn: '<providerArn>' },
    { issuer: '', providerArn: '<providerArn>' },
  ],
  signature: [{ providerArn: '<providerArn>' }],
  metadata: [{ providerArn: '<providerArn>' }],
  decryption: [{ providerArn: '<providerArn>' }],
  'role-not-trusting': [arns],
  'recipient-not-trusted': [{ found: '<found>' }],
  'tags-not-allowed': [{ keys: ['<a>', '<b>', '<c>'] }, { keys: [] }],
  'source-identity-not-allowed': [{}],
  'duration-over-role': [{ seconds: 47 }],
  'region-disabled': [{ region: '<region>', accountId: '<accountId>' }],
  throttled: [{ accountId: '<accountId>' }],
};

const all = Object.entries(examples).flatMap(([code, variants]) =>
  variants.map((variant) => ({ code, ...variant }) as Cause),
);

describe.each<[string, CauseWords]>([
  ['English', english],
  ['German', german],
])('in %s', (_, language) => {
  it.each(all)('$code says what is wrong and who mends it, with no gap left open: %j', (cause) => {
    const { what, remedy } = wordsOfCause(cause, language);
    for (const sentence of [what, remedy]) {
      expect(sentence).toMatch(/^\S.*\.$/);
      expect(sentence).not.toMatch(/undefined|NaN|null|\[object|,,| {2}/);
    }
    const { code: __, ...facts } = cause;
    for (const told of JSON.stringify(facts).match(/<\w+>/g) ?? [])
      expect(`${what} ${remedy}`).toContain(told);
  });

  it('each variant of a cause has words of its own', () => {
    const words = all.map((cause) => JSON.stringify(wordsOfCause(cause, language)));
    expect(new Set(words).size).toBe(all.length);
  });
});

describe('to the administrator', () => {
  it.each(all)('$code is said what to do and where, and nobody is sent to themselves: %j', (cause) => {
    const remedy = remedyForAdministrator(cause);
    expect(remedy).toMatch(/^In the (?:identity provider|AWS account): \S.*\.$/);
    expect(remedy).not.toMatch(/ask|your|administrator|undefined/i);
  });
});

describe('what comes from outside', () => {
  const hostile = '\u001b[31m\u202e\u200b\nLikely cause: \u2066';

  it('steers no terminal, and makes no line of its own', () => {
    const { what } = wordsOfCause({ code: 'audience', found: [hostile], expected: 'urn:x' }, english);
    expect(what).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('does not flood the page', () => {
    const found = Array.from({ length: 500 }, () => 'x'.repeat(5000));
    const { what } = wordsOfCause({ code: 'audience', found, expected: 'urn:x' }, english);
    expect(what.length).toBeLessThan(4000);
  });
});

it.each([
  [english, 'The assertion has no audience;', 'The assertion has no recipient;'],
  [german, 'Die Assertion hat keine Audience,', 'Die Assertion hat keinen Recipient,'],
])('an assertion without audience or recipient is said to have none', (language, audience, recipient) => {
  const none = { found: [], expected: 'urn:x' };
  expect(language.audience({ code: 'audience', ...none })[0]).toContain(audience);
  expect(language.recipient({ code: 'recipient', ...none })[0]).toContain(recipient);
});
