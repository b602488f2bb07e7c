import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awsFilesIn } from '../../../test/fixtures/aws-files.ts';
import { failure } from '../../core/failure.ts';
import { failed, ok } from '../../core/result.ts';
import type { AwsFiles } from '../files/locate.ts';
import { readCredentials } from '../read-credentials.ts';
import { allOrNothing } from './all-or-nothing.ts';
import { readCache, writeCache } from './cache.ts';
import { makeProcessProfile } from './make-process-profile.ts';
import { undoProcessProfile } from './undo-process-profile.ts';

let root: string;
let files: AwsFiles & { cacheFolder: string };
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'roleferry-'));
  const machine = {
    policyFile: join(root, 'none', 'policy.json'),
    administrator: undefined,
    logger: undefined,
    logSocket: undefined,
  };
  files = { ...awsFilesIn(root), machine };
});
afterEach(() => rmSync(root, { recursive: true }));

const command = '/opt/roleferry credential-process --profile dev';
const principalArn = 'arn:aws:sts::111122223333:assumed-role/Dev/jo';
const inAnHour = new Date(Math.floor(Date.now() / 1000) * 1000 + 3_600_000).toISOString();
const given = {
  credentials: {
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'secret',
    sessionToken: 'token',
    expiration: inAnHour,
  },
  principalArn,
};
const keys =
  'aws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_secret_access_key = secret\naws_session_token = token\n';
const about = `x_security_token_expires = ${inAnHour}\nx_principal_arn = ${principalArn}\n`;
const section = `[dev]\n${keys}${about}`;
const line = `[profile dev]\ncredential_process = ${command}\n`;

const put = (file: 'credentialsFile' | 'configFile', content: string) => writeFileSync(files[file], content);
const text = (file: 'credentialsFile' | 'configFile') =>
  existsSync(files[file]) ? readFileSync(files[file], 'utf8') : undefined;
const make = (options = {}) => makeProcessProfile(files, 'dev', command, options);
const undo = () => undoProcessProfile(files, 'dev');
const cached = () => readCache(files, 'dev');
const nothing = { ok: true, value: undefined };

describe('a process profile that is made', () => {
  it('runs the command, and is new where neither file had it', async () => {
    expect(await make()).toEqual(ok({ isNew: true, setAside: [] }));
    expect([text('configFile'), text('credentialsFile')]).toEqual([line, undefined]);
  });

  it('is not new where one of the files had it', async () => {
    put('configFile', '[profile dev]\nregion = x\n');
    expect(await make()).toEqual(ok({ isNew: false, setAside: [] }));
    rmSync(files.configFile);
    put('credentialsFile', '[dev]\ncli_pager = less\n');
    expect(await make()).toEqual(ok({ isNew: false, setAside: [] }));
  });

  it('takes its temporary credentials along into the cache, and leaves those of others', async () => {
    const other = '[b]\naws_access_key_id = AKIAX\n# caf\u00e9\n';
    put('credentialsFile', other + section);
    expect(await make()).toEqual(ok({ isNew: false, setAside: [] }));
    expect(text('credentialsFile')).toBe(other);
    expect(await cached()).toEqual(ok(given));
  });

  it('has a path in another alphabet as it is', async () => {
    const path = '/opt/ünï/roleferry';
    await makeProcessProfile(files, 'dev', `'${path}' credential-process --profile dev`);
    expect(text('configFile')).toContain(`'${path}' credential-process`);
  });

  it('may be made again', async () => {
    await make();
    await writeCache(files, 'dev', given);
    expect(await make()).toEqual(ok({ isNew: false, setAside: [] }));
    expect(text('configFile')).toBe(line);
    expect(await cached()).toEqual(ok(given));
  });
});

describe('a process profile is not made, and nothing changes,', () => {
  const longLived = { code: 'profile-long-lived' };
  it.each<[string, { config?: string; credentials?: string; replace?: boolean }, object]>([
    [
      'where another source would win, may it be replaced or not',
      { config: '[profile dev]\nrole_arn = r\nsource_profile = s\n', replace: true },
      { code: 'process-profile-elsewhere', params: { keys: 'role_arn, source_profile' } },
    ],
    [
      'where another program gives credentials',
      { config: '[profile dev]\ncredential_process = /bin/x\n' },
      longLived,
    ],
    [
      'where an access key is beside the command',
      { config: `${line}aws_access_key_id = ASIAX\naws_session_token = t\n` },
      { code: 'profile-long-lived', params: { found: 'access-key' } },
    ],
    [
      'where the config file has long-lived keys',
      { config: '[profile dev]\naws_access_key_id = AKIAX\naws_secret_access_key = s\n' },
      { code: 'profile-long-lived', params: { found: 'long-lived-key' } },
    ],
    [
      'where the credentials file has long-lived keys',
      { credentials: '[dev]\naws_access_key_id = AKIAX\n' },
      longLived,
    ],
    [
      'where nobody knows when its credentials end',
      { credentials: `[dev]\n${keys}` },
      { code: 'profile-no-expiry' },
    ],
    [
      'where nobody knows whose its credentials are',
      { credentials: section.replace(/x_principal_arn.*\n/, '') },
      { code: 'profile-no-principal', params: { profile: 'dev' } },
    ],
    [
      'where the config file cannot be understood',
      { config: '[profile dev\n' },
      { code: 'file-not-understood' },
    ],
    [
      'where the credentials file cannot be understood',
      { credentials: '[dev\n' },
      { code: 'file-not-understood' },
    ],
    [
      'where AWS tools read the config file in different ways',
      { config: '[profile dev]\ncredential_process: x = y\n', credentials: section, replace: true },
      { code: 'file-not-understood' },
    ],
  ])('%s', async (_, { config, credentials, replace = false }, expected) => {
    if (config !== undefined) put('configFile', config);
    if (credentials !== undefined) put('credentialsFile', credentials);
    expect(await make({ replace })).toMatchObject({ ok: false, failure: expected });
    expect([text('configFile'), text('credentialsFile')]).toEqual([config, credentials]);
    expect(await cached()).toEqual(nothing);
  });

  it('unless it is said that what is there may be replaced', async () => {
    const config = '[profile dev]\ncredential_process = /bin/x\n';
    put('configFile', config);
    expect(await makeProcessProfile(files, 'dev', command)).toMatchObject({ failure: longLived });
    expect(text('configFile')).toBe(config);
  });

  it('under a name that no profile may have', async () => {
    expect(await makeProcessProfile(files, 'DEFAULT', command)).toMatchObject({
      failure: { code: 'profile-name-invalid' },
    });
    expect(readdirSync(root)).toEqual([]);
  });

  it.each(['configFile', 'credentialsFile'] as const)('where the %s cannot be read', async (file) => {
    mkdirSync(files[file]);
    expect(await make()).toMatchObject({ failure: { code: 'file-unreadable' } });
    expect(readdirSync(root)).toHaveLength(1);
  });

  it('where its credentials have no place in the cache', async () => {
    put('credentialsFile', section);
    writeFileSync(files.cacheFolder, '');
    expect(await make()).toMatchObject({ ok: false });
    expect([text('configFile'), text('credentialsFile')]).toEqual([undefined, section]);
  });

  it('in the credentials file where the config file is read-only', async () => {
    put('credentialsFile', section);
    put('configFile', '');
    chmodSync(files.configFile, 0o444);
    expect(await make()).toMatchObject({ failure: { code: 'file-not-writable' } });
    expect(text('credentialsFile')).toBe(section);
  });
});

describe('a process profile that may replace what is there', () => {
  const mark = '# set aside by roleferry configure-process dev: ';
  const keys = 'aws_access_key_id = AKIAX\naws_secret_access_key = s\n';
  const marked = (lines: string) => lines.replace(/^(?=.)/gm, mark);

  it('sets long-lived keys aside in both files, where they are', async () => {
    put('configFile', '[profile dev]\naws_access_key_id = AKIAX\nregion = x\ncredential_process = /bin/x\n');
    put('credentialsFile', `[dev]\n${keys}`);
    expect(await make({ replace: true })).toEqual(
      ok({ isNew: false, setAside: [files.configFile, files.credentialsFile] }),
    );
    expect(text('configFile')).toBe(
      `[profile dev]\n${mark}aws_access_key_id = AKIAX\nregion = x\ncredential_process = ${command}\n${mark}credential_process = /bin/x\n`,
    );
    expect(text('credentialsFile')).toBe(marked(`[dev]\n${keys}`));
    expect(await cached()).toEqual(nothing);
  });

  const theirs: [what: string, credentials: string][] = [
    ['an only profile', `[dev]\n${keys}`],
    ['a profile between others', `[a]\nk = 1\n\n# of dev\n[dev]\n${keys}# end of dev\n\n[b]\nk = 1\n`],
    ['a file without a last line break', '[dev]\r\naws_access_key_id=AKIAX\r\naws_secret_access_key = s'],
    ['lines of Windows', `[a]\r\nk = 1\r\n[dev]\r\n${keys.replaceAll('\n', '\r\n')}\r\n[b]\r\nk = 1\r\n`],
    ['comments behind, below and between', `[dev]  # mine\n${keys.replace('\n', ' # c\n  # d\n; e\n')}`],
    ['indented lines', `[dev]\n  ${keys.replace('\n', '\n  ')}`],
    ['another account and other settings', `[dev]\n${keys}aws_account_id = 123456789012\nregion = x\n`],
    ['another program', '[dev]\ncredential_process = /bin/x\n[b]\nk = 1\n'],
    ['credentials that do not say when they end', `[dev]\n${keys}aws_session_token = t\n`],
    ['bytes that are no UTF-8', `# \u00ff\n[dev]\n${keys}`],
  ];

  it.each(theirs)('gives %s back, to the byte', async (_, credentials) => {
    const config = '[profile dev]\r\nregion = x\r\ncredential_process = /bin/x';
    put('configFile', config);
    const inCredentials = () => readFileSync(files.credentialsFile, 'latin1');
    writeFileSync(files.credentialsFile, credentials, 'latin1');
    expect(await make()).toMatchObject({ failure: { code: 'profile-long-lived' } });
    for (let run = 0; run < 2; run++) expect(await make({ replace: true })).toMatchObject({ ok: true });
    await writeCache(files, 'dev', given);
    expect(await undo()).toEqual(ok({ restored: true, kept: [] }));
    expect([inCredentials(), text('configFile')]).toEqual([credentials, config]);
    expect(await cached()).toEqual(nothing);
    expect(await undo()).toMatchObject({ failure: { code: 'profile-not-process' } });
    expect([inCredentials(), text('configFile')]).toEqual([credentials, config]);
  });

  it('gives back what is around it as others have changed it in between', async () => {
    put('credentialsFile', `[a]\nk = 1\n[dev]\n${keys}[b]\nk = 1\n`);
    await make({ replace: true });
    put('credentialsFile', (text('credentialsFile') ?? '').replace('[a]\nk = 1', '[a]\nk = 2\nl = 3'));
    expect(await undo()).toMatchObject({ value: { restored: true } });
    expect(text('credentialsFile')).toBe(`[a]\nk = 2\nl = 3\n[dev]\n${keys}[b]\nk = 1\n`);
  });

  it('gives it back where somebody has taken our line away', async () => {
    put('credentialsFile', `[dev]\n${keys}`);
    await make({ replace: true });
    put('configFile', '[profile dev]\nregion = x\n');
    expect(await undo()).toMatchObject({ value: { restored: true } });
    expect([text('credentialsFile'), text('configFile')]).toEqual([
      `[dev]\n${keys}`,
      '[profile dev]\nregion = x\n',
    ]);
  });

  it.each([
    ['other keys', '[dev]\naws_access_key_id = AKIAY\naws_secret_access_key = t\n'],
    ['a section of that name', '[dev]\nregion = x\n'],
  ])('leaves it as comments where the profile has %s by now', async (_, now) => {
    put('credentialsFile', `[dev]\n${keys}`);
    await make({ replace: true });
    const changed = `${text('credentialsFile')}${now}`;
    put('credentialsFile', changed);
    await writeCache(files, 'dev', given);
    expect(await undo()).toEqual(ok({ restored: false, kept: [files.credentialsFile] }));
    expect(text('credentialsFile')).toBe(changed);
    expect(text('configFile')).toBe('');
  });

  it('keeps what it sets aside for each profile apart', async () => {
    put('credentialsFile', `[dev]\n${keys}[dev2]\n${keys}`);
    await make({ replace: true });
    await makeProcessProfile(files, 'dev2', command.replace('dev', 'dev2'), { replace: true });
    expect(await undo()).toMatchObject({ value: { restored: true } });
    expect(text('credentialsFile')).toBe(
      `[dev]\n${keys}${marked(`[dev2]\n${keys}`).replaceAll('process dev:', 'process dev2:')}`,
    );
  });

  it('moves temporary credentials of ours all the same', async () => {
    put('credentialsFile', section);
    expect(await make({ replace: true })).toMatchObject({ ok: true });
    expect(text('credentialsFile')).toBe('');
    expect(await undo()).toEqual(ok({ restored: false, kept: [] }));
    expect(text('credentialsFile')).toBe(section);
  });
});

describe('a process profile that is undone', () => {
  beforeEach(async () => {
    put('configFile', `[profile dev]\nregion = x\ncredential_process = ${command}\n`);
  });

  it('has its credentials in the credentials file again, and none in the cache', async () => {
    await writeCache(files, 'dev', given);
    expect(await undo()).toMatchObject({ ok: true });
    expect(text('credentialsFile')).toBe(section);
    expect(text('configFile')).toBe('[profile dev]\nregion = x\n');
    expect(readdirSync(files.cacheFolder)).toEqual([]);
  });

  it('has none of credentials that have expired', async () => {
    const expiration = new Date(Date.now() - 1000).toISOString();
    await writeCache(files, 'dev', { ...given, credentials: { ...given.credentials, expiration } });
    expect(await undo()).toMatchObject({ ok: true });
    expect(text('credentialsFile')).toBeUndefined();
    expect(readdirSync(files.cacheFolder)).toEqual([]);
  });

  it('has to be one of ours', async () => {
    put('configFile', '[profile dev]\ncredential_process = /bin/x\n');
    expect(await undo()).toMatchObject({
      failure: { code: 'profile-not-process', params: { profile: 'dev', file: files.configFile } },
    });
    expect(await undoProcessProfile(files, 'a b')).toMatchObject({
      failure: { code: 'profile-name-invalid' },
    });
  });

  it('stays as it is where its credentials have no place in the credentials file', async () => {
    await writeCache(files, 'dev', given);
    put('credentialsFile', '[dev]\naws_access_key_id = AKIAX\n');
    expect(await undo()).toMatchObject({ failure: { code: 'profile-long-lived' } });
    expect(text('configFile')).toContain(command);
    expect(await cached()).toEqual(ok(given));
  });

  it('stays as it is where its cache is behind a link, or the config file cannot be read', async () => {
    mkdirSync(join(root, 'elsewhere'));
    symlinkSync(join(root, 'elsewhere'), files.cacheFolder);
    expect(await undo()).toMatchObject({ failure: { code: 'place-is-link' } });
    expect(text('configFile')).toContain(command);
    rmSync(files.configFile);
    mkdirSync(files.configFile);
    expect(await undo()).toMatchObject({ failure: { code: 'file-unreadable' } });
  });
});

describe('what tools are given of a process profile', () => {
  const read = () => readCredentials(files, 'dev');
  beforeEach(() => put('configFile', `${line}region = eu-west-1\n`));

  it('is what its cache has, with the region', async () => {
    put('credentialsFile', '[dev]\nk = 1\n');
    expect(await read()).toMatchObject({
      failure: { code: 'profile-no-credentials', params: { profile: 'dev' } },
    });
    await writeCache(files, 'dev', given);
    expect(await read()).toEqual(ok({ ...given, region: 'eu-west-1', isProcess: true }));
  });

  it('is nothing where its cache is behind a link', async () => {
    symlinkSync(root, files.cacheFolder);
    expect(await read()).toMatchObject({ failure: { code: 'place-is-link' } });
  });
});

describe('what tools are given of another profile', () => {
  const read = (name = 'dev') => readCredentials(files, name);

  it('is what the credentials file has', async () => {
    put('credentialsFile', section);
    expect(await read()).toEqual(ok(given));
    put('configFile', '[profile dev]\nregion = eu-west-1\n');
    expect(await read()).toEqual(ok({ ...given, region: 'eu-west-1' }));
  });

  it('is nothing where there is no such profile, or no file, or none that can be understood', async () => {
    expect(await read()).toMatchObject({
      failure: { code: 'profile-not-found', params: { profile: 'dev' } },
    });
    put('credentialsFile', section);
    expect(await read('b')).toMatchObject({ failure: { code: 'profile-not-found' } });
    put('credentialsFile', '[dev\n');
    expect(await read()).toMatchObject({ failure: { code: 'file-not-understood' } });
    rmSync(files.credentialsFile);
    mkdirSync(files.credentialsFile);
    expect(await read()).toMatchObject({ failure: { code: 'file-unreadable' } });
  });

  it('does not depend on a config file that cannot be read, which is told where the profile may be in it', async () => {
    mkdirSync(files.configFile);
    put('credentialsFile', `${section}[long]\naws_access_key_id = AKIAX\n`);
    expect(await read()).toEqual(ok(given));
    expect(await read('b')).toMatchObject({
      failure: { code: 'file-unreadable', params: { file: files.configFile } },
    });
    expect(await read('long')).toMatchObject({ failure: { code: 'profile-not-temporary' } });
  });
});

describe('a change of both files and the cache', () => {
  const refusal = failure('profile-no-expiry', { profile: 'dev' });
  const told: object[] = [];
  const change = (run: () => unknown, fails = true) =>
    allOrNothing(
      files,
      'dev',
      async () => {
        await run();
        return fails ? failed(refusal) : ok('done');
      },
      (reason) => told.push(reason),
    );
  beforeEach(() => {
    told.length = 0;
    put('configFile', line);
  });

  it('stays when it is done', async () => {
    expect(await change(() => put('credentialsFile', section), false)).toEqual(ok('done'));
    expect(text('credentialsFile')).toBe(section);
  });

  it('is undone as a whole when it fails', async () => {
    put('credentialsFile', section);
    await writeCache(files, 'dev', given);
    const failing = change(async () => {
      put('credentialsFile', '');
      put('configFile', '');
      await writeCache(files, 'dev', { ...given, principalArn: `${principalArn}2` });
    });
    expect(await failing).toEqual(failed(refusal));
    expect([text('credentialsFile'), text('configFile')]).toEqual([section, line]);
    expect(await cached()).toEqual(ok(given));
    expect(told).toEqual([]);
  });

  it('leaves nothing that was not there before', async () => {
    await change(async () => {
      put('credentialsFile', section);
      await writeCache(files, 'dev', given);
    });
    expect(text('credentialsFile')).toBeUndefined();
    expect(await cached()).toEqual(nothing);
    expect(told).toEqual([]);
  });

  it('leaves a file that is gone meanwhile as it is', async () => {
    put('credentialsFile', section);
    await change(() => rmSync(files.credentialsFile));
    expect(text('credentialsFile')).toBeUndefined();
    expect(told).toEqual([]);
  });

  it('tells of each file that could not be put back, and puts back the others', async () => {
    put('credentialsFile', section);
    await change(() => {
      rmSync(files.credentialsFile);
      mkdirSync(files.credentialsFile);
      put('configFile', '');
    });
    expect(told).toMatchObject([{ code: 'file-unreadable', params: { file: files.credentialsFile } }]);
    expect(text('configFile')).toBe(line);
  });

  it('does not begin where a file or the cache cannot be read', async () => {
    let begun = false;
    const begin = () => {
      begun = true;
    };
    mkdirSync(files.credentialsFile);
    expect(await change(begin)).toMatchObject({ failure: { code: 'file-unreadable' } });
    rmSync(files.credentialsFile, { recursive: true });
    symlinkSync(root, files.cacheFolder);
    expect(await change(begin)).toMatchObject({ failure: { code: 'place-is-link' } });
    expect(begun).toBe(false);
  });
});
