import { expect, test } from 'vitest';
import { accountSetting, profileKeys, settingsToAdd } from './profile-keys.ts';

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
const keys = (more: object) => [...profileKeys({ ...update, ...more })];
const written = [
  ['aws_access_key_id', 'ASIAX'],
  ['aws_secret_access_key', 's'],
  ['aws_session_token', 't'],
  ['x_security_token_expires', '2030-01-01T00:00:00Z'],
  ['x_principal_arn', update.principalArn],
];

test('region and output go to the config file, as far as they are known', () => {
  expect(keys({ region: 'eu-west-1', output: 'json' })).toEqual(written);
  expect([...settingsToAdd({ ...update, region: 'eu-west-1', output: 'json' })]).toEqual([
    ['region', 'eu-west-1'],
    ['output', 'json'],
  ]);
  expect([...settingsToAdd({ ...update, output: 'json' })]).toEqual([['output', 'json']]);
  expect([...settingsToAdd(update)]).toEqual([]);
});

test('all in one, they go beside the credentials, and the token is there under its old name too', () => {
  const [id, secret, ...rest] = written;
  const all = { region: 'eu-west-1', allInOne: true };
  expect(keys(all)).toEqual([['region', 'eu-west-1'], id, secret, ['aws_security_token', 't'], ...rest]);
  expect([...settingsToAdd({ ...update, ...all })]).toEqual([]);
});

test('the account is written where it is wanted and known', () => {
  expect(keys({ withAccount: true })).toEqual([...written, ['aws_account_id', '111122223333']]);
  expect([...accountSetting({ principalArn: 'unknown' })]).toEqual([]);
});
