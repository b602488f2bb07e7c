import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awsFilesIn } from '../../test/fixtures/aws-files.ts';
import { said } from '../../test/fixtures/said.ts';
import type { Policy } from '../core/policy/policy.ts';
import { narrowedBeforeAsking, policyBeforeAsking } from '../machine-policy/judge.ts';
import type { Machine } from '../machine-policy/read-policy.ts';
import type { AwsFiles } from './files/locate.ts';
import type { ProfileUpdate } from './format/profile-keys.ts';
import { readCache, writeCache } from './process/cache.ts';
import { makeProcessProfile } from './process/make-process-profile.ts';
import { undoProcessProfile } from './process/undo-process-profile.ts';
import { removeProfile } from './remove-profile.ts';
import { writeProfiles } from './write-profiles.ts';

let root: string;
let machine: Machine;
let files: AwsFiles;
let auditFile: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'roleferry-'));
  mkdirSync(join(root, 'roleferry'), { mode: 0o755 });
  machine = {
    policyFile: join(root, 'roleferry', 'policy.json'),
    administrator: process.getuid?.(),
    logger: undefined,
    logSocket: undefined,
  };
  files = { ...awsFilesIn(root), machine };
  auditFile = join(root, 'audit.log');
});
afterEach(() => rmSync(root, { recursive: true }));

const setPolicy = (policy: Policy | string) =>
  writeFileSync(machine.policyFile, typeof policy === 'string' ? policy : JSON.stringify(policy), {
    mode: 0o644,
  });
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const login = { issuer: 'https://idp.example', providerArn: 'arn:aws:iam::111122223333:saml-provider/Idp' };
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYSECRETKEY0';
const update = (name = 'dev', more: Partial<ProfileUpdate> = {}): ProfileUpdate => ({
  name,
  credentials: {
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    secretAccessKey: secret,
    sessionToken: 'FwoGZXIvYXdzEXAMPLETOKEN==',
    expiration: inMinutes(60),
  },
  principalArn: 'arn:aws:sts::111122223333:assumed-role/Dev/jo@example.com',
  source: login,
  ...more,
});
const stranger = { principalArn: 'arn:aws:sts::999999999999:assumed-role/Dev/jo' };
const credentials = () =>
  existsSync(files.credentialsFile) ? readFileSync(files.credentialsFile, 'utf8') : '';
const codesOf = async (...updates: ProfileUpdate[]) => {
  const written = await writeProfiles(files, updates);
  if (!written.ok) return written.failure.code;
  return written.value.map((one) => (one.ok ? 'written' : one.failure.code));
};
const lines = (file = auditFile) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('profiles on a machine with a policy', () => {
  it('are written one by one as it allows', async () => {
    setPolicy({ allowedAccounts: ['111122223333'] });
    expect(await codesOf(update('a', stranger), update('b'))).toEqual(['policy-forbids', 'written']);
    expect(credentials()).toContain('[b]');
    expect(credentials()).not.toContain('[a]');
    expect(existsSync(files.configFile)).toBe(false);
  });

  it('get no region either when they are refused', async () => {
    setPolicy({ allowedAccounts: [] });
    expect(await codesOf(update('a', { region: 'eu-central-1' }))).toEqual(['policy-forbids']);
    expect([existsSync(files.configFile), existsSync(files.credentialsFile)]).toEqual([false, false]);
  });

  it('of one name are refused together when one of them is', async () => {
    setPolicy({ allowedAccounts: ['111122223333'] });
    expect(await codesOf(update('a', stranger), update('a'))).toEqual(['policy-forbids', 'policy-forbids']);
    expect(credentials()).toBe('');
  });

  it.each<[string, Policy, Partial<ProfileUpdate>, string]>([
    ['another partition', { allowedPartitions: ['aws-cn'] }, {}, 'policy-forbids'],
    ['another issuer', { allowedIssuers: ['https://other.example'] }, {}, 'policy-forbids'],
    ['no files', { forbidProfiles: true }, {}, 'policy-no-profiles'],
    ['too long a session', { maxSessionDuration: 3000 }, {}, 'policy-forbids'],
    [
      'a profile that is for another role',
      { profiles: [{ ...login, roleArn: 'arn:aws:iam::111122223333:role/Admin', profile: 'dev' }] },
      {},
      'policy-fixed-profile',
    ],
  ])('are refused: %s', async (_, policy, more, code) => {
    setPolicy(policy);
    expect(await codesOf(update('dev', more))).toEqual([code]);
    expect(credentials()).toBe('');
  });

  it('are refused where an extension does not say which login they are of and only some may be', async () => {
    setPolicy({ allowedIssuers: ['https://idp.example'] });
    const { source: _, ...unsaid } = update('dev');
    expect(await codesOf(unsaid)).toEqual(['machine-policy-source-unknown']);
    expect(await codesOf(update('dev'))).toEqual(['written']);
    expect(await codesOf(update('assumed', { source: 'none' }))).toEqual(['written']);
  });

  it.each<[string, () => void]>([
    ['is no JSON', () => setPolicy('{')],
    ['has an entry that is unknown', () => setPolicy('{"allowedAcounts":[]}')],
    [
      'can be changed by others',
      () => {
        setPolicy({});
        chmodSync(machine.policyFile, 0o666);
      },
    ],
  ])('are not written at all while it %s', async (_, make) => {
    await codesOf(update('before'));
    const before = credentials();
    make();
    expect(await codesOf(update('dev'))).toBe('machine-policy-invalid');
    expect(credentials()).toBe(before);
    // What is there can be taken out all the same.
    expect(await removeProfile(files, 'before')).toMatchObject({ ok: true });
    expect(credentials()).toBe('');
  });

  it('can be forgotten whatever it forbids', async () => {
    await codesOf(update());
    setPolicy({ forbidProfiles: true, allowedAccounts: [], audit: { file: '/dev/full' } });
    expect(await removeProfile(files, 'dev')).toMatchObject({ ok: true });
    expect(credentials()).toBe('');
  });
});

describe('process profiles on a machine with a policy', () => {
  const command = (name: string) => `/usr/bin/roleferry credential-process --profile ${name}`;

  it('get nothing into their cache that it forbids', async () => {
    await makeProcessProfile(files, 'dev', command('dev'));
    setPolicy({ forbidProfiles: true });
    expect(await codesOf(update())).toEqual(['policy-no-profiles']);
    expect(await readCache(files, 'dev')).toEqual({ ok: true, value: undefined });
    setPolicy({ allowedAccounts: [] });
    expect(await codesOf(update())).toEqual(['policy-forbids']);
    expect(await readCache(files, 'dev')).toEqual({ ok: true, value: undefined });
  });

  it('are not made where there may be no credentials in files, or where it cannot be read', async () => {
    await codesOf(update());
    const before = credentials();
    for (const [policy, code] of [
      [{ forbidProfiles: true }, 'policy-no-profiles'],
      [{ allowedAccounts: [] }, 'policy-forbids'],
      ['{', 'machine-policy-invalid'],
    ] as const) {
      setPolicy(typeof policy === 'string' ? policy : (policy as Policy));
      expect(await makeProcessProfile(files, 'dev', command('dev'))).toMatchObject({ failure: { code } });
      expect(credentials()).toBe(before);
      expect([existsSync(files.configFile), existsSync(join(root, 'cache'))]).toEqual([false, false]);
    }
  });

  it('are not made for later either where there may be no credentials in files', async () => {
    setPolicy({ forbidProfiles: true });
    expect(await makeProcessProfile(files, 'new', command('new'))).toMatchObject({
      failure: { code: 'policy-no-profiles' },
    });
    setPolicy('{');
    expect(await makeProcessProfile(files, 'new', command('new'))).toMatchObject({
      failure: { code: 'machine-policy-invalid' },
    });
    expect(existsSync(files.configFile)).toBe(false);
  });

  it('stay as they are while it cannot be read', async () => {
    await makeProcessProfile(files, 'dev', command('dev'));
    const { credentials: given, principalArn } = update();
    await writeCache(files, 'dev', { credentials: given, principalArn });
    setPolicy('{');
    expect(await undoProcessProfile(files, 'dev')).toMatchObject({
      failure: { code: 'machine-policy-invalid' },
    });
    expect(readFileSync(files.configFile, 'utf8')).toContain(command('dev'));
  });

  it('leave lines of the credentials that move, and of those that then do not', async () => {
    await codesOf(update());
    setPolicy({ audit: { file: auditFile } });
    writeFileSync(join(root, 'cache'), '');
    expect(await makeProcessProfile(files, 'dev', command('dev'))).toMatchObject({ ok: false });
    rmSync(join(root, 'cache'));
    expect(await makeProcessProfile(files, 'dev', command('dev'))).toMatchObject({ ok: true });
    expect(lines()).toMatchObject([
      { outcome: 'allowed', program: 'cli', profile: 'dev', account: '111122223333' },
      { outcome: 'failed', program: 'cli', profile: 'dev' },
      { outcome: 'allowed', program: 'cli', profile: 'dev' },
    ]);
  });

  it('can be undone under a policy of logins, which these credentials come from none of', async () => {
    await makeProcessProfile(files, 'dev', command('dev'));
    const { credentials: given, principalArn } = update();
    await writeCache(files, 'dev', { credentials: given, principalArn });
    setPolicy({ allowedIssuers: ['https://other.example'] });
    expect(await undoProcessProfile(files, 'dev')).toMatchObject({ ok: true });
    expect(credentials()).toContain('[dev]');
  });

  it.each<[string, Policy]>([
    ['no files', { forbidProfiles: true }],
    [
      'a profile that is for another role',
      { profiles: [{ ...login, roleArn: 'arn:aws:iam::111122223333:role/Admin', profile: 'dev' }] },
    ],
  ])('can be undone, and credentials are dropped, under a policy that wants %s', async (_, policy) => {
    await makeProcessProfile(files, 'dev', command('dev'));
    const { credentials: given, principalArn } = update();
    await writeCache(files, 'dev', { credentials: given, principalArn });
    setPolicy(policy);
    expect(await undoProcessProfile(files, 'dev')).toMatchObject({ ok: true });
    expect(credentials()).toBe('');
    expect(await readCache(files, 'dev')).toEqual({ ok: true, value: undefined });
  });

  it('can be undone, and what is forbidden by then is dropped', async () => {
    await makeProcessProfile(files, 'dev', command('dev'));
    const { credentials: given, principalArn } = update();
    await writeCache(files, 'dev', { credentials: given, principalArn });
    setPolicy({ allowedAccounts: [] });
    expect(await undoProcessProfile(files, 'dev')).toMatchObject({ ok: true });
    expect(credentials()).toBe('');
    expect(await readCache(files, 'dev')).toEqual({ ok: true, value: undefined });
    expect(readFileSync(files.configFile, 'utf8')).toBe('');
  });
});

describe('the lines that the policy of a machine wants', () => {
  beforeEach(() => setPolicy({ allowedAccounts: ['111122223333'], audit: { file: auditFile } }));

  it('tell of each decision, and no secret', async () => {
    await codesOf(update('a', stranger), update('b'));
    expect(lines()).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        id: expect.stringMatching(/^[\w-]{36}$/),
        program: 'host',
        outcome: 'refused',
        code: 'policy-forbids',
        profile: 'a',
        account: '999999999999',
        role: 'Dev',
        session: 'jo',
        issuer: 'https://idp.example',
        provider: 'arn:aws:iam::111122223333:saml-provider/Idp',
      },
      expect.objectContaining({ outcome: 'allowed', profile: 'b', session: 'jo@example.com' }),
    ]);
    const text = readFileSync(auditFile, 'utf8');
    for (const value of Object.values(update().credentials).slice(0, 3)) expect(text).not.toContain(value);
    expect(statSync(auditFile).mode & 0o777).toBe(0o600);
  });

  it('are added to a file as it is, with its mode', async () => {
    writeFileSync(auditFile, '{"before":1}\n');
    chmodSync(auditFile, 0o622);
    await codesOf(update());
    expect(lines()).toMatchObject([{ before: 1 }, { outcome: 'allowed' }]);
    expect(statSync(auditFile).mode & 0o777).toBe(0o622);
  });

  it('tell, under the same id, of what was allowed and then failed', async () => {
    writeFileSync(files.credentialsFile, '[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n');
    expect(await codesOf(update())).toEqual(['profile-long-lived']);
    const [first, second, ...more] = lines();
    expect(more).toEqual([]);
    expect([first.outcome, second.outcome, second.code]).toEqual(['allowed', 'failed', 'profile-long-lived']);
    expect(second.id).toBe(first.id);
  });

  it('tell of a write that nobody wanted any more', async () => {
    const written = await writeProfiles(files, [update()], () => false, 'cli');
    expect(written).toMatchObject({ failure: { code: 'host-gone' } });
    expect(lines()).toMatchObject([
      { outcome: 'allowed', program: 'cli' },
      { outcome: 'failed', code: 'host-gone' },
    ]);
  });

  it.each([
    ['line breaks', 'a\r\n{"outcome":"allowed"}\n'],
    ['quotes and backslashes', '","outcome":"x\\'],
    ['controls and other directions of writing', '\u0000\u001b[2J\u009b\u2028\u202e\ud800'],
    ['a name without end', 'x'.repeat(1000)],
  ])('stay one line of JSON whatever is in a name: %s', async (_, issuer) => {
    await codesOf(update('dev', { source: { issuer, providerArn: `arn"\n${issuer}` } }));
    const text = readFileSync(auditFile, 'utf8');
    expect(text).toMatch(/^[ -~]{1,1000}\n$/);
    expect(lines()).toMatchObject([{ outcome: 'allowed', issuer: issuer.slice(0, 200) }]);
  });

  it.each<[string, string, () => string]>([
    ['is full', 'there is no space left', () => '/dev/full'],
    ['is a folder', 'it is a folder', () => root],
    ['is in a folder that is not there', 'its folder is not there', () => join(root, 'none', 'audit.log')],
    ['is on a disk of Windows', 'its path is not absolute on this system', () => 'C:\\audit.log'],
    [
      'is a link',
      'it is a link',
      () => {
        symlinkSync(join(root, 'target'), auditFile);
        return auditFile;
      },
    ],
    [
      'is a pipe that nobody reads',
      'the system says ENXIO',
      () => {
        execFileSync('mkfifo', [auditFile]);
        return auditFile;
      },
    ],
  ])('have to be written: nothing else is, where the file %s', async (_, why, make) => {
    const file = make();
    setPolicy({ audit: { file } });
    const written = await writeProfiles(files, [update('a'), update('b', { region: 'eu-central-1' })]);
    expect(written).toMatchObject({ failure: { code: 'audit-not-written' } });
    expect(said(written)).toContain(file);
    expect(said(written)).toContain(why);
    expect([existsSync(files.credentialsFile), existsSync(files.configFile)]).toEqual([false, false]);
    expect(existsSync(join(root, 'target'))).toBe(false);
  });

  it('of the system go to its logger, one on stdin', async () => {
    const taken = join(root, 'taken');
    const logger = join(root, 'logger');
    writeFileSync(logger, `#!/bin/sh\necho "$@" >>${taken}\nexec /bin/cat >>${taken}\n`, { mode: 0o755 });
    files.machine = { ...machine, logger, logSocket: undefined };
    setPolicy({ audit: { system: true } });
    expect(await codesOf(update())).toEqual(['written']);
    const [options, line] = readFileSync(taken, 'utf8').split('\n');
    expect(options).toBe('-t roleferry -p auth.info');
    expect(JSON.parse(line ?? '')).toMatchObject({ outcome: 'allowed', profile: 'dev' });
  });

  it('of the system have to be taken: nothing is written where nobody does', async () => {
    setPolicy({ audit: { system: true } });
    const failing = join(root, 'logger');
    writeFileSync(failing, '#!/bin/sh\n/bin/cat >/dev/null\nexit 3\n', { mode: 0o755 });
    const machines: [Machine, string][] = [
      [machine, 'does not write to the log of Windows'],
      [{ ...machine, logger: join(root, 'none') }, 'none is not there'],
      [{ ...machine, logger: failing, logSocket: join(root, 'socket') }, 'nothing listens on'],
      [{ ...machine, logger: failing }, 'ended with 3'],
      [{ ...machine, logger: root }, 'permission denied'],
    ];
    for (const [one, why] of machines) {
      const written = await writeProfiles({ ...files, machine: one }, [update()]);
      expect(written).toMatchObject({ failure: { code: 'audit-not-written' } });
      expect(said(written)).toContain(why);
      expect(said(written)).toContain("the system's log");
      expect(policyBeforeAsking(one).ok).toBe(why === 'ended with 3' || why === 'permission denied');
      expect(credentials()).toBe('');
    }
  });

  it('tell of what was allowed that it failed, where the line of the next one cannot be written', async () => {
    const taken = join(root, 'taken');
    const logger = join(root, 'logger');
    writeFileSync(
      logger,
      `#!/bin/sh\nread line\necho "$line" >>${taken}\n[ $(/usr/bin/wc -l <${taken}) != 2 ]\n`,
      { mode: 0o755 },
    );
    files.machine = { ...machine, logger };
    setPolicy({ audit: { system: true } });
    expect(await codesOf(update('a'), update('b'), update('c'))).toBe('audit-not-written');
    expect(lines(taken).map(({ outcome, profile, code }) => [outcome, profile, code])).toEqual([
      ['allowed', 'a', undefined],
      ['allowed', 'b', undefined],
      ['failed', 'a', 'audit-not-written'],
    ]);
  });

  it.skipIf(process.platform !== 'linux')('leave no file open', async () => {
    const open = () => readdirSync('/proc/self/fd').length;
    await codesOf(update('warm'));
    const before = open();
    for (const name of ['a', 'b', 'c']) await codesOf(update(name));
    expect(open()).toBeLessThan(before + 3);
  });
});

describe('before AWS is asked', () => {
  const question = { arn: 'arn:aws:iam::111122223333:role/team/Dev', profile: 'dev', source: login };

  it('it is known what is forbidden, and there is a line of it', async () => {
    const rules = { allowedAccounts: [], audit: { file: auditFile } };
    expect(await narrowedBeforeAsking(rules, machine, 'cli', question)).toMatchObject({
      failure: { code: 'policy-forbids' },
    });
    expect(lines()).toMatchObject([
      { outcome: 'refused', account: '111122223333', role: 'Dev', program: 'cli' },
    ]);
    expect(await narrowedBeforeAsking({}, machine, 'cli', question)).toEqual({ ok: true, value: undefined });
  });

  it.each([
    ['arn:aws:iam::111122223333:role/team/blue/Dev', { account: '111122223333', role: 'Dev' }],
    ['arn:aws-cn:sts::111122223333:assumed-role/Dev/jo', { role: 'Dev', session: 'jo' }],
    ['my arn:aws:iam::111122223333:role/Dev', {}],
    ['arn:aws:iam::111122223333:role/Dev\n', {}],
    ['', {}],
  ])('the line tells of the ARN %j what it says, and no more', async (arn, told) => {
    const rules = { allowedAccounts: [], audit: { file: auditFile } };
    await narrowedBeforeAsking(rules, machine, 'cli', { arn, source: 'none' });
    const [{ time: _, id: __, program: ___, outcome: ____, code: _____, ...line }] = lines();
    expect(line).toEqual(expect.objectContaining(told));
    if (Object.keys(told).length === 0) expect(line).toEqual({});
  });

  it('a policy that is none is told', () => {
    setPolicy('{');
    expect(policyBeforeAsking(machine)).toMatchObject({ failure: { code: 'machine-policy-invalid' } });
  });

  it('a file for lines that is there is tried as it is', () => {
    setPolicy({ audit: { file: auditFile } });
    writeFileSync(auditFile, 'before\n');
    expect(policyBeforeAsking(machine)).toMatchObject({ ok: true });
    expect(readFileSync(auditFile, 'utf8')).toBe('before\n');
    rmSync(auditFile);
    symlinkSync(join(root, 'target'), auditFile);
    expect(said(policyBeforeAsking(machine))).toContain('it is a link');
    setPolicy({ audit: { file: root } });
    expect(said(policyBeforeAsking(machine))).toContain('it is a folder');
  });

  it('it is known that no line can be written, and nothing is made to find out', () => {
    setPolicy({ audit: { file: auditFile } });
    expect(policyBeforeAsking(machine)).toMatchObject({ ok: true });
    expect(existsSync(auditFile)).toBe(false);
    setPolicy({ audit: { file: join(root, 'none', 'x') } });
    expect(policyBeforeAsking(machine)).toMatchObject({ failure: { code: 'audit-not-written' } });
  });

  it('a machine without a policy has none that could stand in the way', () => {
    expect(policyBeforeAsking(machine)).toEqual({ ok: true, value: {} });
  });
});
