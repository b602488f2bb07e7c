import { expect, test } from 'vitest';
import { notOursToOverwrite, profileKind, unfitValue } from './classify.ts';

const settings = (keys: Record<string, string>) =>
  Object.entries(keys).map(([key, value]) => ({ key, value }));

const temporary = { aws_access_key_id: 'ASIAX', aws_secret_access_key: 's', aws_session_token: 't' };

test.each([
  [temporary, 'temporary', undefined],
  [{ ...temporary, aws_session_token: '', aws_security_token: 't' }, 'temporary', undefined],
  [{ ...temporary, aws_access_key_id: 'AKIAX' }, 'long-lived', 'a long-lived access key'],
  [{ ...temporary, aws_session_token: '' }, 'long-lived', 'an access key without a session token'],
  [{ aws_secret_access_key: 's' }, 'long-lived', 'a secret key without a session token'],
  [{ credential_process: 'x' }, 'process', 'credential_process'],
  [{ ...temporary, credential_process: 'x' }, 'temporary', 'credential_process'],
  [{ sso_start_url: 'x', sso_region: 'y' }, 'sso', 'sso_start_url, sso_region'],
  [{ ...temporary, role_arn: 'x' }, 'role', 'role_arn'],
  [{ region: 'x' }, 'other', undefined],
  [{ aws_access_key_id: '', aws_secret_access_key: '' }, 'other', undefined],
])('%j is %s', (keys, kind, found) => {
  expect(profileKind(settings(keys))).toBe(kind);
  expect(notOursToOverwrite(settings(keys))).toBe(found);
});

const inQuotes = 'in quotes, which AWS tools take for a part of it';
const strange = 'with a blank or another character that AWS does not take';

test.each([
  [{ aws_access_key_id: '"AKIAX"' }, 'a long-lived access key'],
  [{ aws_access_key_id: "'AKIAX'" }, 'a long-lived access key'],
  [{ aws_access_key_id: '\u00a0AKIAX' }, 'a long-lived access key'],
  // As latin1, which is how a file is read, a no-break space is two characters, and a word processor's quote is three.
  [{ aws_access_key_id: '\u00c2\u00a0AKIAX' }, 'a long-lived access key'],
  [{ aws_access_key_id: '\u00e2\u0080\u009cAKIAX\u00e2\u0080\u009d' }, 'a long-lived access key'],
  [{ aws_access_key_id: '\u00ef\u00bb\u00bfAKIAX' }, 'a long-lived access key'],
  [{ aws_access_key_id: 'akiax' }, 'a long-lived access key'],
  [{ aws_access_key_id: 'AKIAX # ASIAX' }, 'a long-lived access key'],
  [{ aws_access_key_id: 'ASIAX\nAKIAX' }, `an access key ${strange}`],
  [{ aws_access_key_id: 'asiax' }, 'an access key that is none of a role'],
  [{ aws_access_key_id: 'ABIAX' }, 'an access key that is none of a role'],
  [{ aws_access_key_id: 'minioadmin' }, 'an access key that is none of a role'],
  [{ aws_access_key_id: 'XASIA' }, 'an access key that is none of a role'],
  [{ aws_access_key_id: '"ASIAX"' }, `an access key ${inQuotes}`],
  [{ aws_access_key_id: 'ASIAX ASIAX' }, `an access key ${strange}`],
  [{ aws_access_key_id: '' }, 'a secret key without an access key'],
  [{ aws_access_key_id: '# AKIAX' }, 'a secret key without an access key'],
  [{ aws_session_token: '"t"' }, `a session token ${inQuotes}`],
  [{ aws_session_token: "'t'" }, `a session token ${inQuotes}`],
  [{ aws_session_token: '""' }, `a session token ${inQuotes}`],
  [{ aws_session_token: 't t' }, `a session token ${strange}`],
  [{ aws_session_token: '' }, 'an access key without a session token'],
  [{ aws_session_token: '# t' }, 'an access key without a session token'],
])('what AWS tools would not take for temporary is not: %j', (keys, found) => {
  expect(notOursToOverwrite(settings({ ...temporary, ...keys }))).toBe(found);
  expect(profileKind(settings({ ...temporary, ...keys }))).toBe('long-lived');
});

const noSuchCharacter = 'with a character that AWS does not take';

test.each([
  [{}, undefined],
  [{ aws_access_key_id: '"ASIAX"' }, `an access key ${inQuotes}`],
  [{ aws_secret_access_key: 's"' }, `a secret key ${inQuotes}`],
  [{ aws_session_token: "'t" }, `a session token ${inQuotes}`],
  [{ aws_session_token: 't"t' }, `a session token ${noSuchCharacter}`],
  [{ aws_security_token: 't t' }, `a session token ${strange}`],
  [{ aws_access_key_id: 'AKIAX', aws_secret_access_key: '"s"' }, undefined],
  [{ aws_access_key_id: '"AKIAASIAX"', aws_secret_access_key: '"s"' }, undefined],
  [{ aws_access_key_id: 'XASIA', aws_secret_access_key: '"s"' }, undefined],
  [{ aws_access_key_id: 'ASIAAKIA', aws_secret_access_key: '"s"' }, `a secret key ${inQuotes}`],
])('of temporary credentials it is said which value AWS tools would not take: %j', (keys, found) => {
  expect(unfitValue(settings({ ...temporary, ...keys }))).toBe(found);
});

test('one of two values is enough for what is said of them', () => {
  const twice = (key: string, value: string) => [...settings(temporary), { key, value }];
  expect(unfitValue(twice('aws_access_key_id', 'AKIAX'))).toBeUndefined();
  expect(unfitValue(twice('aws_access_key_id', 'x'))).toBe('an access key that is none of a role');
  expect(unfitValue(twice('aws_session_token', 't t'))).toBe(`a session token ${strange}`);
  expect(notOursToOverwrite(twice('aws_session_token', 't t'))).toBe(`a session token ${strange}`);
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
  expect(found).toBe('a long-lived access key, credential_process');
});
