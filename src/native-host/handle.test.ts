import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { saying } from '../../test/fixtures/said.ts';
import { failure } from '../core/failure.ts';
import type { Reason } from '../core/failure-reasons.ts';
import { answerEnvelopeSchema, answerSchemas } from '../core/protocol/answers.ts';
import type { ProfileWrite } from '../core/protocol/requests.ts';
import { failed, ok } from '../core/result.ts';
import { type HandleContext, handle } from './handle.ts';

let home: string;
let credentialsFile: string;
let context: HandleContext;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'roleferry-'));
  credentialsFile = join(home, 'credentials');
  context = {
    folder: join(home, 'host'),
    env: { AWS_SHARED_CREDENTIALS_FILE: credentialsFile, AWS_CONFIG_FILE: join(home, 'config') },
    hostVersion: '1.2.3',
    isConnected: () => true,
    putProcessProgram: async () => ok('/home/jo/roleferry/roleferry'),
    untilNext: () => AbortSignal.timeout(1000),
    told: new Set(),
  };
});
afterEach(() => rmSync(home, { recursive: true }));

const bytes = (message: unknown) => Buffer.from(JSON.stringify(message));
const send = async (message: unknown) => {
  const answer = await handle(bytes(message), context);
  expect(v.is(answerEnvelopeSchema, answer)).toBe(true);
  return answer;
};

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYSECRETKEY0';
const profile = (name = 'dev'): ProfileWrite => ({
  name,
  credentials: {
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    secretAccessKey: secret,
    sessionToken: 'FwoGZXIvYXdzEXAMPLETOKEN==',
    expiration: '2030-01-01T00:00:00Z',
  },
  principalArn: 'arn:aws:sts::123456789012:assumed-role/Admin/ann@example.org',
});
const write = (profiles: unknown[]) => ({ version: 1, id: 'w', type: 'write-profiles', profiles });

describe('handle', () => {
  it('says hello with its version, and the files and the folder that it works on', async () => {
    const answer = await send({ version: 1, id: 'a-1', type: 'hello' });
    expect(answer).toEqual({
      version: 1,
      id: 'a-1',
      ok: true,
      value: {
        hostVersion: '1.2.3',
        credentialsFile,
        configFile: join(home, 'config'),
        folder: join(home, 'host'),
        understands: ['source', 'on-demand', 'renamed', 'rights'],
      },
    });
  });

  const recordCall = (command: unknown) => {
    mkdirSync(context.folder);
    const record = { extensionIds: [], manifests: [], folders: [], command };
    writeFileSync(join(context.folder, 'host.json'), JSON.stringify(record));
  };

  it('says with its hello how the command line was called that installed it', async () => {
    recordCall("node '/home/jo/my tools/roleferry.cjs'");
    const answer = await send({ version: 1, id: 'a-1', type: 'hello' });
    expect(answer).toMatchObject({ value: { called: "node '/home/jo/my tools/roleferry.cjs'" } });
  });

  it.each([
    ['has two lines', 'roleferry\nrm -rf ~'],
    ['hides something', 'roleferry \u202e'],
    ['is empty', ''],
    ['is a flood', 'r'.repeat(5000)],
    ['is no text', 7],
  ])('says the plain name where the recorded call %s, and serves as before', async (_, command) => {
    recordCall(command);
    const answer = await send({ version: 1, id: 'a-1', type: 'hello' });
    expect(answer).toMatchObject({ value: { called: 'roleferry' } });
    expect(answer.ok && v.is(answerSchemas.hello, answer.value)).toBe(true);
  });

  it('tells the names of accounts that the config file has, with the profiles', async () => {
    writeFileSync(join(home, 'config'), '[profile prod]\nrole_arn = arn:aws:iam::111122223333:role/Admin\n');
    expect(await send({ version: 1, id: 'l', type: 'list-profiles' })).toMatchObject({
      value: { accountNames: { '111122223333': 'prod' } },
    });
  });

  it('tells the profiles of the config file and where their credentials come from, without a value', async () => {
    const config = [
      '[default]',
      'region = eu-west-1',
      '[profile admin]',
      'sso_start_url = https://jo.awsapps.com/start',
      '[profile build]',
      'role_arn = arn:aws:iam::111122223333:role/Build',
      'source_profile = admin',
      '[profile tool]',
      'credential_process = /opt/vault print',
      '[profile keys]',
      'aws_access_key_id = AKIDEXAMPLE',
      'aws_secret_access_key = s',
      '[profile plain]',
      'output = json',
      '[profile no name]',
      '[sso-session corp]',
    ];
    writeFileSync(join(home, 'config'), config.join('\n'));
    const answer = await send({ version: 1, id: 'l', type: 'list-profiles' });
    expect(answer).toMatchObject({
      value: {
        profiles: [],
        configProfiles: [
          { name: 'default', kind: 'other' },
          { name: 'admin', kind: 'sso' },
          { name: 'build', kind: 'role' },
          { name: 'tool', kind: 'process' },
          { name: 'keys', kind: 'long-lived' },
          { name: 'plain', kind: 'other' },
        ],
      },
    });
    expect(JSON.stringify(answer)).not.toMatch(/awsapps|vault|AKIDEXAMPLE/);
    expect(answer.ok && v.is(answerSchemas['list-profiles'], answer.value)).toBe(true);
  });

  it('changes the region of a profile on purpose, and tells the regions with the profiles', async () => {
    writeFileSync(join(home, 'config'), '[default]\nregion = us-west-2\n[profile dev]\nregion = us-west-2\n');
    const change = { version: 1, id: 'r', type: 'set-region', name: 'dev', region: 'eu-central-1' };
    expect(await send(change)).toMatchObject({ ok: true, value: { configFile: join(home, 'config') } });
    const answer = await send({ version: 1, id: 'l', type: 'list-profiles' });
    expect(answer).toMatchObject({ value: { regions: { default: 'us-west-2', dev: 'eu-central-1' } } });
    expect(answer.ok && v.is(answerSchemas['list-profiles'], answer.value)).toBe(true);
  });

  it.each([
    ['a region that is none', { name: 'dev', region: 'x\ncredential_process = sh' }],
    ['a name that is none', { name: 'a]b', region: 'eu-west-1' }],
    ['no region', { name: 'dev' }],
  ])('changes no region for %s', async (_, fields) => {
    const answer = await send({ version: 1, id: 'r', type: 'set-region', ...fields });
    expect(answer).toMatchObject({ ok: false, failure: { code: 'message-invalid' } });
    expect(() => readFileSync(join(home, 'config'))).toThrow('ENOENT');
  });

  it.runIf(process.platform !== 'win32')('says with its hello that others can read the file', async () => {
    writeFileSync(credentialsFile, '', { mode: 0o600 });
    chmodSync(credentialsFile, 0o640);
    const answer = await send({ version: 1, id: 'a-1', type: 'hello' });
    expect(answer).toMatchObject({ value: { exposed: { code: 'file-exposed' } } });
    expect(answer.ok && v.is(answerSchemas.hello, answer.value)).toBe(true);
  });

  it('writes profiles and tells what became of each', async () => {
    const answer = await send(write([profile('dev'), profile('prod')]));
    expect(answer).toMatchObject({
      ok: true,
      value: {
        profiles: [
          { name: 'dev', ok: true },
          { name: 'prod', ok: true },
        ],
      },
    });
    expect(answer.ok && v.is(answerSchemas['write-profiles'], answer.value)).toBe(true);
    expect(readFileSync(credentialsFile, 'utf8')).toContain('[prod]');
  });

  it('says so when the AWS CLI cannot read what was written', async () => {
    writeFileSync(credentialsFile, '[a]\n[a]\n');
    const answer = await send(write([profile(), profile('prod')]));
    expect(answer).toMatchObject({
      value: {
        profiles: [
          {
            name: 'dev',
            ok: true,
            warnings: [{ code: 'file-not-for-aws-cli', message: expect.any(String) }],
          },
          { name: 'prod', ok: true },
        ],
      },
    });
    expect(answer.ok && v.is(answerSchemas['write-profiles'], answer.value)).toBe(true);
  });

  it('lists profiles without any of their secrets', async () => {
    await send(write([profile()]));
    const answer = await send({ version: 1, id: 'l', type: 'list-profiles' });
    expect(answer.ok && v.is(answerSchemas['list-profiles'], answer.value)).toBe(true);
    expect(answer).toMatchObject({ value: { profiles: [{ name: 'dev', kind: 'temporary' }] } });
    expect(JSON.stringify(answer)).not.toContain(secret);
  });

  it('passes on what is wrong with the file, and leaves it alone', async () => {
    const text = '[dev\naws_access_key_id = x\n';
    writeFileSync(credentialsFile, text);
    expect(await send(write([profile()]))).toMatchObject({ id: 'w', ok: false });
    expect(await send({ version: 1, id: 'l', type: 'list-profiles' })).toMatchObject({ id: 'l', ok: false });
    expect(readFileSync(credentialsFile, 'utf8')).toBe(text);
  });

  it.each<[string, Uint8Array, Reason<'message'>]>([
    ['nothing', Buffer.alloc(0), 'empty'],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'not-utf-8'],
    ['half a JSON text', Buffer.from('{"version":1'), 'not-json'],
    ['an array', bytes([1]), { is: 'missing', field: 'version' }],
    ['null', bytes(null), 'not-an-object'],
    ['a message without a version', bytes({ id: '1', type: 'hello' }), { is: 'missing', field: 'version' }],
    [
      'a version that is text',
      bytes({ version: '1', id: '1', type: 'hello' }),
      { is: 'unfit', field: 'version' },
    ],
    ['a message without an id', bytes({ version: 1, type: 'hello' }), { is: 'missing', field: 'id' }],
    ['a message without a type', bytes({ version: 1, id: '1' }), { is: 'missing', field: 'type' }],
    [
      'a type from the future',
      bytes({ version: 1, id: '1', type: 'dance' }),
      { is: 'unknown-value', field: 'type' },
    ],
    [
      'a field too many',
      bytes({ version: 1, id: '1', type: 'hello', [secret]: 1 }),
      { is: 'unknown-field', owner: '' },
    ],
    ['no profiles at all', bytes(write([])), { is: 'unfit', field: 'profiles' }],
    [
      'a profile name with a line break',
      bytes(write([{ ...profile(), name: 'a\n[b]' }])),
      { is: 'unfit', field: 'profiles.0.name' },
    ],
    [
      'a region with a line break',
      bytes(write([profile(), { ...profile(), region: 'eu-west-1\nx=y' }])),
      { is: 'unfit', field: 'profiles.1.region' },
    ],
    [
      'a profile with a field too many',
      bytes(write([{ ...profile(), [secret]: 1 }])),
      { is: 'unknown-field', owner: 'profiles.0' },
    ],
  ])('refuses %s and says why', async (_, message, reason) => {
    const answer = await handle(message, context);
    expect(answer).toMatchObject({ ok: false, failure: failure('message-invalid', { reason }) });
    expect(() => readFileSync(credentialsFile)).toThrow();
  });

  it('answers without an id what cannot be read, also to a caller that is not served', async () => {
    context.refusal = failure('origin-not-allowed', { origin: 'x' });
    expect(await handle(Buffer.from('{'), context)).toMatchObject({ id: '', ok: false });
  });

  it.each(['accessKeyId', 'secretAccessKey', 'sessionToken', 'expiration'] as const)(
    'never repeats a %s that it refuses',
    async (key) => {
      const bad = { ...profile(), credentials: { ...profile().credentials, [key]: `${secret}\n` } };
      const answer = await send(write([bad]));
      expect(answer).toMatchObject({ failure: { code: 'message-invalid' } });
      expect(JSON.stringify(answer)).toContain(`profiles.0.credentials.${key}`);
      expect(JSON.stringify(answer)).not.toContain(secret);
    },
  );

  it('removes a profile, and says when there is none', async () => {
    await send(write([profile('dev'), profile('prod')]));
    const remove = { version: 1, id: 'r', type: 'remove-profile', name: 'dev' };
    expect(await send(remove)).toEqual({ version: 1, id: 'r', ok: true, value: { credentialsFile } });
    expect(readFileSync(credentialsFile, 'utf8')).toMatch(/^\n?\[prod\]/);
    expect(await send(remove)).toMatchObject({ ok: false, failure: { code: 'profile-not-found' } });
  });

  it('begins nothing once the browser has gone', async () => {
    await send(write([profile('dev')]));
    context.isConnected = () => false;
    for (const request of [
      { ...write([profile('prod')]), id: '1' },
      { version: 1, id: '1', type: 'remove-profile', name: 'dev' },
      { version: 1, id: '1', type: 'settings', signInLinks: [] },
    ]) {
      expect(await send(request)).toMatchObject({ id: '1', failure: { code: 'host-gone' } });
    }
    expect(readFileSync(credentialsFile, 'utf8')).toMatch(/^\[dev\][^[]*$/);
  });

  it('does nothing where AWS tools would look in different places', async () => {
    context.env.AWS_CONFIG_FILE = '$HOME/config';
    expect(await send(write([profile()]))).toMatchObject({ failure: { code: 'path-variable' } });
    expect(() => readFileSync(credentialsFile)).toThrow();
  });

  it('obeys the policy of its machine', async () => {
    const policyFile = join(home, 'policy.json');
    writeFileSync(policyFile, '{"forbidProfiles":true}', { mode: 0o600 });
    context.machine = {
      policyFile,
      administrator: process.getuid?.(),
      logger: undefined,
      logSocket: undefined,
    };
    expect(await send(write([profile()]))).toMatchObject({
      value: { profiles: [{ ok: false, failure: { code: 'policy-no-profiles' } }] },
    });
  });

  it('says where something unexpected happened, and not what', async () => {
    context.isConnected = () => {
      throw new Error(secret);
    };
    const answer = await send({ version: 1, id: 's', type: 'settings' });
    expect(answer).toMatchObject({ id: 's', failure: failure('unexpected', { where: 'host' }) });
    expect(JSON.stringify(answer)).not.toContain(secret);
  });

  it('answers another version with its own, under the id of the request, whatever else is in it', async () => {
    const answer = await send({ version: 2, id: 'new', type: 'dance', steps: 3 });
    expect(answer).toEqual({
      version: 1,
      id: 'new',
      ok: false,
      failure: saying('message-version', 'roleferry install'),
    });
  });

  it('answers without an id when the id itself is not one', async () => {
    expect(await send({ version: 1, id: 'a b', type: 'hello' })).toMatchObject({ id: '', ok: false });
  });

  it('does nothing for a caller that is not served', async () => {
    context.refusal = failure('origin-not-allowed', { origin: 'chrome-extension://x/' });
    expect(await send(write([profile()]))).toMatchObject({
      id: 'w',
      failure: { code: 'origin-not-allowed' },
    });
    expect(() => readFileSync(credentialsFile)).toThrow();
  });

  it('is not taken in by a message that reaches for object prototypes', async () => {
    const message = Buffer.from('{"__proto__":{"version":1,"id":"1","type":"hello"}}');
    expect(await handle(message, context)).toMatchObject({ ok: false, id: '' });
  });
});

describe('on-demand profiles', () => {
  const make = (more: object) => send({ version: 1, id: 'm', type: 'make-on-demand', ...more });
  const remove = (more: object = {}) => send({ version: 1, id: 'r', type: 'remove-on-demand', ...more });
  const config = () => readFileSync(join(home, 'config'), 'utf8');

  it('run a command that the host composes', async () => {
    const answer = await make({ profiles: [{ name: 'dev', region: 'eu-west-1' }] });
    expect(answer).toMatchObject({ ok: true, value: { configFile: join(home, 'config') } });
    expect(answer.ok && v.is(answerSchemas['make-on-demand'], answer.value)).toBe(true);
    expect(config()).toBe(
      '[profile dev]\n' +
        'credential_process = /home/jo/roleferry/roleferry credential-process --profile dev --login\n' +
        'region = eu-west-1\n',
    );
  });

  it.each([
    ['a command', { profiles: [{ name: 'dev', command: '/bin/sh' }] }],
    ['a path', { profiles: [{ name: 'dev' }], program: '/bin/sh' }],
    ['a setting', { profiles: [{ name: 'dev', credential_process: 'sh' }] }],
    ['a region that is none', { profiles: [{ name: 'dev', region: 'x\ncredential_process = sh' }] }],
    ['a name with a line break', { profiles: [{ name: 'dev]\ncredential_process = sh\n[x' }] }],
    ['a name twice', { profiles: [{ name: 'dev' }, { name: 'dev' }] }],
    ['no profile', { profiles: [] }],
  ])('are refused with %s in the message', async (_, more) => {
    expect(await make(more)).toMatchObject({ failure: { code: 'message-invalid' } });
    expect(() => config()).toThrow();
  });

  it('are not made if the program cannot be put in place', async () => {
    const reason = failure('host-file-missing', { file: '/x' });
    context.putProcessProgram = async () => failed(reason);
    expect(await make({ profiles: [{ name: 'dev' }] })).toMatchObject({ failure: reason });
    expect(() => config()).toThrow();
  });

  it('are written into the cache by a login, and gone after undoing', async () => {
    await make({ profiles: [{ name: 'dev' }, { name: 'prod' }] });
    expect(await send(write([profile('dev')]))).toMatchObject({ value: { profiles: [{ ok: true }] } });
    expect(await send({ version: 1, id: 'l', type: 'list-profiles' })).toMatchObject({
      value: {
        profiles: [
          { name: 'dev', kind: 'process', onDemand: true, principalArn: expect.any(String) },
          { name: 'prod', kind: 'process', onDemand: true },
        ],
      },
    });
    expect(await remove({ profiles: ['prod'] })).toMatchObject({ value: { profiles: ['prod'] } });
    const answer = await remove();
    expect(answer).toMatchObject({ value: { profiles: ['dev'] } });
    expect(answer.ok && v.is(answerSchemas['remove-on-demand'], answer.value)).toBe(true);
    expect(() => config()).toThrow();
    expect(() => readFileSync(credentialsFile)).toThrow();
  });

  it('stay as they are if the config file cannot be understood', async () => {
    await make({ profiles: [{ name: 'dev' }] });
    writeFileSync(join(home, 'config'), `${config()}[broken\n`);
    expect(await remove()).toMatchObject({ failure: { code: 'file-not-understood' } });
  });

  it('stay as they are once the browser is gone', async () => {
    context.isConnected = () => false;
    context.putProcessProgram = () => Promise.reject(new Error('a program was put in place'));
    expect(await make({ profiles: [{ name: 'dev' }] })).toMatchObject({ failure: { code: 'host-gone' } });
    expect(await remove()).toMatchObject({ failure: { code: 'host-gone' } });
  });
});

describe('the settings of the host', () => {
  const ask = (change: object = {}) => send({ version: 1, id: 's', type: 'settings', ...change });
  const signInLinks = [{ profile: 'dev', url: 'https://idp.example/aws' }];

  it('are told when nothing is to change', async () => {
    expect(await ask()).toMatchObject({
      value: { credentialsFile, configFile: join(home, 'config'), fixedByEnvironment: true, signInLinks: [] },
    });
    expect(() => readFileSync(join(home, 'host/host.json'))).toThrow();
  });

  it('are kept until they change, each for itself', async () => {
    const elsewhere = join(home, 'elsewhere');
    context.env = { AWS_CONFIG_FILE: join(home, 'config') };
    const kept = { credentialsFile: elsewhere, fixedByEnvironment: false, signInLinks };
    expect(await ask({ credentialsFile: elsewhere })).toMatchObject({
      value: { credentialsFile: elsewhere },
    });
    expect(await ask({ signInLinks })).toMatchObject({ value: kept });
    expect(await ask()).toMatchObject({ value: kept });
    const usual = await ask({ credentialsFile: null });
    expect(usual).toMatchObject({ value: { signInLinks } });
    expect(usual).not.toMatchObject({ value: { credentialsFile: elsewhere } });
    expect(await ask({ signInLinks: [] })).toMatchObject({ value: { signInLinks: [] } });
  });

  it.each(['config', 'host/cache/x'])('never name %s for the credentials', async (name) => {
    expect(await ask({ credentialsFile: join(home, name) })).toMatchObject({
      failure: { code: 'credentials-file-refused' },
    });
    expect(() => readFileSync(join(home, 'host/host.json'))).toThrow();
  });

  it('say so when they cannot be kept', async () => {
    context.folder = join(home, 'taken');
    writeFileSync(context.folder, '');
    expect(await ask({ signInLinks })).toMatchObject({ ok: false });
  });
});
