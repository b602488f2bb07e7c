import { expect, test } from 'vitest';
import { saying } from '../../../test/fixtures/said.ts';
import { profileFailure } from './validate-profile.ts';

const update = {
  name: 'dev',
  credentials: {
    accessKeyId: 'ASIAX',
    secretAccessKey: 's',
    sessionToken: 't',
    expiration: '2030-01-01T00:00:00Z',
  },
  principalArn: 'arn:aws:sts::111122223333:assumed-role/Dev/jo',
};
const failureOf = (sessionToken: unknown, more: object = {}) =>
  profileFailure({
    ...update,
    ...more,
    credentials: { ...update.credentials, sessionToken: sessionToken as string },
  });

test('a profile of usual values can be written', () => {
  expect(failureOf('AZaz09+/=_.,@:-', { region: 'eu-west-1', output: 'json' })).toBeUndefined();
});

test.each([
  ['', 'it is empty'],
  [undefined, 'it is empty'],
  [7, 'it is empty'],
  ['a\nb', 'it has a line break in it'],
  ['a\rb', 'it has a line break in it'],
  ['a b', 'it has a space in it'],
  ['a\tb', 'it has a space in it'],
  ['a#b', 'it has a character in it that begins a comment'],
  ['a;b', 'it has a character in it that begins a comment'],
  ['"a"', 'it has a character in it that no such value has'],
  ['caf\u00e9', 'it has a character in it that no such value has'],
])('a token like %j cannot be written, and it is said why', (token, reason) => {
  expect(failureOf(token)).toEqual(
    saying('profile-value-invalid', `The value of aws_session_token cannot be written: ${reason}.`),
  );
});

test('a region that cannot be written is told as one', () => {
  expect(failureOf('t', { region: 'eu west' })).toMatchObject({ params: { key: 'region' } });
});

test('a name that no profile may have is told before the values are looked at', () => {
  expect(failureOf('', { name: 'DEFAULT' })).toMatchObject({
    code: 'profile-name-invalid',
    params: { reason: 'default' },
  });
  expect(failureOf('', { name: 'a b' })).toMatchObject({ code: 'profile-name-invalid' });
});
