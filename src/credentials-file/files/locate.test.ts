import { expect, test } from 'vitest';
import { saying } from '../../../test/fixtures/said.ts';
import { locateFiles, placesFailure } from './locate.ts';

test('both files are in ~/.aws', () => {
  expect(locateFiles({ HOME: '/home/ann' }, 'linux', '/x')).toEqual({
    credentialsFile: '/home/ann/.aws/credentials',
    configFile: '/home/ann/.aws/config',
  });
});

test('the variables of the SDKs name other places', () => {
  const env = { HOME: '/home/ann', AWS_SHARED_CREDENTIALS_FILE: '/run/c', AWS_CONFIG_FILE: '/run/f' };
  expect(locateFiles(env, 'darwin', '/x')).toEqual({ credentialsFile: '/run/c', configFile: '/run/f' });
});

test('a tilde that no shell expanded is home', () => {
  const env = { AWS_SHARED_CREDENTIALS_FILE: '~/aws/c' };
  expect(locateFiles(env, 'linux', '/home/ann').credentialsFile).toBe('/home/ann/aws/c');
});

test.each(['$HOME/x/creds', '/home/$USER/creds', 'a/$\u007bHOME}/creds', '~bob/creds'])(
  'a place that AWS tools do not agree on, %s, is refused by the name of its variable',
  (path) => {
    for (const variable of ['AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE']) {
      const refusal = placesFailure({ [variable]: path }, 'linux');
      expect(refusal).toEqual(saying('path-variable', `${variable} is ${path}`));
    }
  },
);

test.each(['%USERPROFILE%\\creds', '$HOME\\creds', '~bob\\creds'])('on Windows likewise %s', (path) => {
  expect(placesFailure({ AWS_CONFIG_FILE: path }, 'win32')).toMatchObject({ code: 'path-variable' });
});

test.each(['~/aws/c', '/srv/100%/a%b', '/srv/a$/c', 'C:/x', './creds', '', '~'])(
  'a place that all AWS tools find, such as %j, is taken',
  (path) => {
    expect(placesFailure({ AWS_SHARED_CREDENTIALS_FILE: path }, 'linux')).toBeUndefined();
  },
);

test('a tilde anywhere else is part of a name', () => {
  const place = (path: string, platform: NodeJS.Platform = 'linux') =>
    locateFiles({ AWS_CONFIG_FILE: path }, platform, '/home/ann').configFile;
  expect(place('~')).toBe('/home/ann');
  expect(place('/srv/~/c')).toBe('/srv/~/c');
  expect(place('~\\c')).toBe('~\\c');
  expect(place('C:\\aws', 'win32')).toBe('C:\\aws');
  for (const platform of ['linux', 'win32'] as const) {
    expect(placesFailure({ AWS_CONFIG_FILE: '/srv/~ann/c' }, platform)).toBeUndefined();
    expect(placesFailure({ AWS_CONFIG_FILE: '/srv/c' }, platform)).toBeUndefined();
  }
});

test('an empty variable counts as none', () => {
  const env = { HOME: '', AWS_SHARED_CREDENTIALS_FILE: '' };
  expect(locateFiles(env, 'linux', '/home/ann').credentialsFile).toBe('/home/ann/.aws/credentials');
});

test('Windows looks for home in HOME, USERPROFILE, HOMEDRIVE with HOMEPATH, and asks the system last', () => {
  const place = (env: Record<string, string>) => locateFiles(env, 'win32', 'C:\\os').credentialsFile;
  expect(place({ HOME: 'D:\\h', USERPROFILE: 'C:\\u' })).toBe('D:\\h\\.aws\\credentials');
  expect(place({ USERPROFILE: 'C:\\u', HOMEPATH: '\\p' })).toBe('C:\\u\\.aws\\credentials');
  expect(place({ HOMEDRIVE: 'E:', HOMEPATH: '\\p' })).toBe('E:\\p\\.aws\\credentials');
  expect(place({ AWS_SHARED_CREDENTIALS_FILE: '~\\c' })).toBe('C:\\os\\c');
  expect(place({ HOMEPATH: '\\p' })).toBe('C:\\p\\.aws\\credentials');
  expect(place({})).toBe('C:\\os\\.aws\\credentials');
});

test('USERPROFILE means nothing outside of Windows', () => {
  expect(locateFiles({ USERPROFILE: '/u' }, 'linux', '/home/ann').configFile).toBe('/home/ann/.aws/config');
});
