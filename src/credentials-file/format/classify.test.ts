import { expect, test } from 'vitest';
import { notOursToOverwrite, profileKind, unfitValue } from './classify.ts';

const settings = (keys: Record<string, string>) =>
  Object.entries(keys).map(([key, value]) => ({ key, value }));

const temporary = { aws_access_key_id: 'ASIAX', aws_secret_access_key: 's', aws_session_token: 't' };

test.each([
  [temporary, 'temporary', undefined],
  [{ ...temporary, aws_session_token: '', aws_security_token: 't' }, 'temporary', undefined],
  [{ ...temporary, aws_access_key_id: 'AKIAX' }, 'long-lived', { found: 'long-lived-key' }],
  [{ ...temporary, aws_session_token: '' }, 'long-lived', { found: 'key-without-token' }],
  [{ aws_secret_access_key: 's' }, 'long-lived', { found: 'secret-without-token' }],
  [{ credential_process: 'x' }, 'process', { found: 'other-sources', sources: 'credential_process' }],
  [
    { ...temporary, credential_process: 'x' },
    'temporary',
    { found: 'other-sources', sources: 'credential_process' },
  ],
  [
    { sso_start_url: 'x', sso_region: 'y' },
    'sso',
    { found: 'other-sources', sources: 'sso_start_url, sso_region' },
  ],
  [{ ...temporary, role_arn: 'x' }, 'role', { found: 'other-sources', sources: 'role_arn' }],
  [{ region: 'x' }, 'other', undefined],
  [{ aws_access_key_id: '', aws_secret_access_key: '' }, 'other', undefined],
])('%j is %s', (keys, kind, found) => {
  expect(profileKind(settings(keys))).toBe(kind);
  expect(notOursToOverwrite(settings(keys))).toEqual(found);
});

test.each([
  [{ aws_access_key_id: '"AKIAX"' }, 'long-lived-key'],
  [{ aws_access_key_id: "'AKIAX'" }, 'long-lived-key'],
  [{ aws_access_key_id: '\u00a0AKIAX' }, 'long-lived-key'],
  // As latin1, which is how a file is read, a no-break space is two characters, and a word processor's quote is three.
  [{ aws_access_key_id: '\u00c2\u00a0AKIAX' }, 'long-lived-key'],
  [{ aws_access_key_id: '\u00e2\u0080\u009cAKIAX\u00e2\u0080\u009d' }, 'long-lived-key'],
  [{ aws_access_key_id: '\u00ef\u00bb\u00bfAKIAX' }, 'long-lived-key'],
  [{ aws_access_key_id: 'akiax' }, 'long-lived-key'],
  [{ aws_access_key_id: 'AKIAX # ASIAX' }, 'long-lived-key'],
  [{ aws_access_key_id: 'ASIAX\nAKIAX' }, 'key-blank'],
  [{ aws_access_key_id: 'asiax' }, 'key-kind'],
  [{ aws_access_key_id: 'ABIAX' }, 'key-kind'],
  [{ aws_access_key_id: 'minioadmin' }, 'key-kind'],
  [{ aws_access_key_id: 'XASIA' }, 'key-kind'],
  [{ aws_access_key_id: '"ASIAX"' }, 'key-quotes'],
  [{ aws_access_key_id: 'ASIAX ASIAX' }, 'key-blank'],
  [{ aws_access_key_id: '' }, 'secret-without-key'],
  [{ aws_access_key_id: '# AKIAX' }, 'secret-without-key'],
  [{ aws_session_token: '"t"' }, 'token-quotes'],
  [{ aws_session_token: "'t'" }, 'token-quotes'],
  [{ aws_session_token: '""' }, 'token-quotes'],
  [{ aws_session_token: 't t' }, 'token-blank'],
  [{ aws_session_token: '' }, 'key-without-token'],
  [{ aws_session_token: '# t' }, 'key-without-token'],
])('what AWS tools would not take for temporary is not: %j', (keys, found) => {
  expect(notOursToOverwrite(settings({ ...temporary, ...keys }))).toEqual({ found });
  expect(profileKind(settings({ ...temporary, ...keys }))).toBe('long-lived');
});

test.each([
  [{}, undefined],
  [{ aws_access_key_id: '"ASIAX"' }, 'key-quotes'],
  [{ aws_secret_access_key: 's"' }, 'secret-quotes'],
  [{ aws_session_token: "'t" }, 'token-quotes'],
  [{ aws_session_token: 't"t' }, 'token-character'],
  [{ aws_security_token: 't t' }, 'token-blank'],
  [{ aws_access_key_id: 'AKIAX', aws_secret_access_key: '"s"' }, undefined],
  [{ aws_access_key_id: '"AKIAASIAX"', aws_secret_access_key: '"s"' }, undefined],
  [{ aws_access_key_id: 'XASIA', aws_secret_access_key: '"s"' }, undefined],
  [{ aws_access_key_id: 'ASIAAKIA', aws_secret_access_key: '"s"' }, 'secret-quotes'],
])('of temporary credentials it is said which value AWS tools would not take: %j', (keys, found) => {
  expect(unfitValue(settings({ ...temporary, ...keys }))).toBe(found);
});

test('one of two values is enough for what is said of them', () => {
  const twice = (key: string, value: string) => [...settings(temporary), { key, value }];
  expect(unfitValue(twice('aws_access_key_id', 'AKIAX'))).toBeUndefined();
  expect(unfitValue(twice('aws_access_key_id', 'x'))).toBe('key-kind');
  expect(unfitValue(twice('aws_session_token', 't t'))).toBe('token-blank');
  expect(notOursToOverwrite(twice('aws_session_token', 't t'))).toEqual({ found: 'token-blank' });
});

test.each([
  [{ aws_access_key_id: 'ASIAX # a note', aws_session_token: 't \t; a note' }],
  [{ aws_access_key_id: 'ASIAX  # a note' }],
  [{ aws_security_token: 't' }],
])('temporary keys are temporary: %j', (keys) => {
  expect(notOursToOverwrite(settings({ ...temporary, ...keys }))).toBeUndefined();
});

test('a token without keys is nothing to keep', () => {
  expect(notOursToOverwrite(settings({ aws_session_token: 't' }))).toBeUndefined();
  expect(notOursToOverwrite(settings({ aws_session_token: 't t' }))).toBeUndefined();
});

test('no value is ever said', () => {
  const found = notOursToOverwrite(settings({ aws_access_key_id: 'AKIASECRET', credential_process: 'hush' }));
  expect(found).toEqual({ found: 'long-lived-key', sources: 'credential_process' });
});
