import { execFile } from 'node:child_process';
import { lstat, mkdir, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { redirectTo } from '../rehearsal/fault.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';
import { soon } from '../soon.ts';
import { openStage, type Stage, savedAs } from './stage.ts';
import { startOver } from './start-over.ts';

const run = promisify(execFile);
const missing = needs('chromium').missing || needs('certutil').missing;
const aws = needs('aws');
const role = (name: string) => iamArn(accounts.development, `role/${name}`);

describe.skipIf(missing)('the main job, in a real browser', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage();
  });

  beforeEach(() => startOver(stage));

  afterAll(() => stage?.close());

  /** What AWS says who `profile` is, asked with the real AWS CLI. */
  async function identityOf(profile: string): Promise<string> {
    const args = [
      'sts',
      'get-caller-identity',
      '--profile',
      profile,
      '--region',
      'us-east-1',
      '--output',
      'text',
    ];
    const { stdout } = await run(aws.path, [...args, '--endpoint-url', stage.rehearsal.stsHttpUrl], {
      env: stage.home.env,
    });
    return stdout;
  }

  const stsAsked = () => stage.rehearsal.requests.filter(({ action }) => action === 'AssumeRoleWithSAML');

  it('asks once for the profile name, writes nothing before, and all else in the file stays as it was', async () => {
    const old = '# mine\r\n[other]\naws_access_key_id = AKIAOTHEROTHEROTHER1\n  s3 =\n    a = b';
    await writeFile(stage.home.credentialsFile, old, { mode: 0o600 });
    await stage.logIn('alice');
    const popup = await stage.openPopup();
    await popup.reads('Developer');
    expect(await popup.text()).toContain('1111-2222-3333');
    await expect.poll(() => stage.badge(), soon).toBe('new');
    expect(await stage.credentialsFile()).toBe(old);
    expect(await popup.profileName()).toBe('developer');
    await savedAs(popup, 'dev');
    const file = await stage.credentialsFile();
    expect(file.startsWith(old)).toBe(true);
    expect(file).toMatch(/\[dev\]\r?\naws_access_key_id = ASIA\w{16}\r?\n/);
    expect((await stat(stage.home.credentialsFile)).mode & 0o777).toBe(0o600);
    await expect.poll(() => stage.badge(), soon).toBe('1');
  });

  it.skipIf(aws.missing)('writes a profile with which the real AWS CLI makes a signed call', async () => {
    await stage.logIn('alice');
    await savedAs(await stage.openPopup(), 'dev');
    expect(await identityOf('dev')).toContain('arn:aws:sts::111122223333:assumed-role/Developer/alice');
  });

  it('writes by itself at the second login, new credentials, without the popup', async () => {
    await stage.logIn('alice');
    const popup = await stage.openPopup();
    await savedAs(popup, 'dev');
    await popup.close();
    const first = await stage.credentialsFile();
    await stage.logIn('alice');
    await expect.poll(() => stage.credentialsFile(), soon).not.toBe(first);
    expect(await stage.credentialsFile()).toMatch(/^\[dev\]\n(?:\w+ = .+\n){5}$/);
  });

  it.skipIf(aws.missing)(
    'takes the exact role that was chosen on the page of AWS, not one that begins alike',
    async () => {
      await stage.logIn('bob', { roleArn: role('AdminReadOnly') });
      await savedAs(await stage.openPopup(), 'look');
      expect(await identityOf('look')).toContain('assumed-role/AdminReadOnly/bob');
      await stage.logIn('bob', { roleArn: role('Admin') });
      const popup = await stage.openPopup();
      expect(await popup.profileName()).toBe('admin');
      await savedAs(popup, 'do');
      expect(await identityOf('do')).toContain('assumed-role/Admin/bob');
      expect(await identityOf('look')).toContain('assumed-role/AdminReadOnly/bob');
      // The second login also offers the first one's role, which is refreshed with it.
      expect(stsAsked().map(({ form }) => form.get('RoleArn'))).toEqual([
        role('AdminReadOnly'),
        role('AdminReadOnly'),
        role('Admin'),
      ]);
    },
  );

  it('waits for a choice while a login has several roles, and takes it in the popup too', async () => {
    await stage.logIn('bob');
    const popup = await stage.openPopup();
    await popup.reads('Which role?');
    await expect.poll(() => stage.badge(), soon).toBe('?');
    expect(stsAsked()).toEqual([]);
    await popup.page
      .locator('::-p-aria([name="AdminReadOnly Account 1111-2222-3333"][role="checkbox"])')
      .click();
    await popup.press('Get without saving');
    await popup.reads('via idp.rehearsal.test');
    expect(await popup.profileName()).toBe('adminreadonly');
    expect(stsAsked().map(({ form }) => form.get('RoleArn'))).toEqual([role('AdminReadOnly')]);
  });

  it('copies env vars that bash takes and that make a signed call, and remembers the shell', async () => {
    await stage.logIn('alice');
    const popup = await stage.openPopup();
    await popup.press('Copy as env vars');
    await popup.reads('Copied');
    const text = await stage.clipboard();
    expect(text).not.toContain('REGION');
    const aws = '/usr/bin/aws sts get-caller-identity --output text --region us-east-1 --endpoint-url';
    const script = `${text}\n${aws} ${stage.rehearsal.stsHttpUrl}`;
    const { stdout } = await run('bash', ['--norc', '-c', script], { env: stage.home.env });
    expect(stdout).toContain('assumed-role/Developer/alice');
    await popup.choose('Format of the env vars', 'fish');
    await popup.readsNoMore('Copied');
    await popup.press('Copy as env vars');
    await popup.reads('Copied');
    expect(await stage.clipboard()).toContain('set -gx AWS_SESSION_TOKEN ');
    await popup.close();
    const again = await stage.openPopup();
    await again.press('Copy as env vars');
    await again.reads('Copied');
    expect(await stage.clipboard()).toContain('set -gx ');
  });

  it('sees a login that wakes the stopped worker', async () => {
    await stage.stopWorker();
    await stage.logIn('alice');
    await savedAs(await stage.openPopup(), 'dev');
    await stage.stopWorker();
    const first = await stage.credentialsFile();
    await stage.logIn('alice');
    await expect.poll(() => stage.credentialsFile(), soon).not.toBe(first);
  });

  it('keeps what it holds when the worker is stopped and started', async () => {
    await stage.logIn('alice');
    const popup = await stage.openPopup();
    // Stopped while it asks STS, it asks again.
    await popup.reads('Profile name');
    await stage.stopWorker();
    await savedAs(popup, 'dev');
    expect(stsAsked()).toHaveLength(1);
  });

  it('keeps what it holds when the worker is stopped again and again while it only starts', async () => {
    await stage.logIn('alice');
    const popup = await stage.openPopup();
    await popup.reads('Profile name');
    // The popup wakes it each time.
    for (let times = 0; times < 5; times += 1) await stage.stopWorker();
    await savedAs(popup, 'dev');
    expect(stsAsked()).toHaveLength(1);
  });

  it('takes one login for one, though a redirect to a regional host shows it twice, and suggests that region', async () => {
    stage.rehearsal.onSignIn = redirectTo('eu-west-1.signin.aws.amazon.com');
    await stage.logIn('alice');
    const popup = await stage.openPopup();
    await popup.reads('Developer');
    const region = popup.page.locator('::-p-aria([name="Region"])');
    await expect
      .poll(
        async () => (await region.waitHandle()).evaluate((field) => (field as HTMLInputElement).value),
        soon,
      )
      .toBe('eu-west-1');
    await savedAs(popup, 'dev');
    expect(stsAsked()).toHaveLength(1);
  });

  it('says how long the role grants, when the login asked for more', async () => {
    stage.rehearsal.onLogin = () => ({ sessionDuration: 43_200 });
    await stage.logIn('bob', { roleArn: role('Admin') });
    const popup = await stage.openPopup();
    await popup.reads('You asked for 12 h; this role allows 4 h.');
    // A popup opened before STS has answered uses too early a time until its clock ticks.
    await expect.poll(() => popup.text(), soon).toContain('3 h 59 min');
  });

  it('follows a linked credentials file and leaves the link', async () => {
    const dotfiles = join(stage.home.path, 'dotfiles');
    await mkdir(dotfiles);
    await writeFile(join(dotfiles, 'aws'), '# linked\n', { mode: 0o600 });
    await symlink('../dotfiles/aws', stage.home.credentialsFile);
    await stage.logIn('alice');
    await savedAs(await stage.openPopup(), 'dev');
    expect((await lstat(stage.home.credentialsFile)).isSymbolicLink()).toBe(true);
    expect(await readlink(stage.home.credentialsFile)).toBe('../dotfiles/aws');
    expect(await stage.credentialsFile()).toMatch(/^# linked\n\n?\[dev\]\n/);
  });

  it('overwrites long-lived keys only after an explicit yes', async () => {
    const old = '[dev]\naws_access_key_id = AKIAOTHEROTHEROTHER1\naws_secret_access_key = mine\n';
    await writeFile(stage.home.credentialsFile, old, { mode: 0o600 });
    await stage.logIn('alice');
    const popup = await stage.openPopup();
    await popup.typeProfileName('dev');
    await popup.press('Save');
    // The list of names that begin alike has the first of these words too.
    await popup.reads('Roleferry does not overwrite the profile');
    expect(await stage.credentialsFile()).toBe(old);
    await popup.press('Replace what is there');
    await popup.reads('Saved.');
    expect(await stage.credentialsFile()).toMatch(/^\[dev\]\naws_access_key_id = ASIA/);
  });

  it('gives a profile to another login only after an explicit yes that names whose it was', async () => {
    await stage.logIn('bob', { roleArn: role('Admin') });
    await savedAs(await stage.openPopup(), 'dev');
    const first = await stage.credentialsFile();
    await stage.logIn('alice');
    const popup = await stage.openPopup();
    await popup.typeProfileName('dev');
    await popup.press('Save');
    await popup.reads('belongs to account 1111-2222-3333, role Admin');
    expect(await stage.credentialsFile()).toBe(first);
    await popup.press('Take over the profile');
    await popup.reads('Saved.');
    expect(await stage.credentialsFile()).toContain('assumed-role/Developer/alice');
  });

  it('is not fooled by a stranger whose page logs the browser in to an account of theirs', async () => {
    await stage.logIn('alice');
    await savedAs(await stage.openPopup(), 'dev');
    const file = await stage.credentialsFile();
    const page = await stage.browser.newPage();
    await page.goto('https://prize.rehearsal.test/');
    await page.waitForSelector('#account');
    const popup = await stage.openPopup();
    await popup.reads('9999-8888-7777');
    expect(await popup.text()).toContain('via prize.rehearsal.test');
    await expect.poll(() => stage.badge(), soon).toBe('new');
    expect(await stage.credentialsFile()).toBe(file);
  });
});

describe.skipIf(missing)('a browser that starts', () => {
  it('finds the host that was installed after it, without being started again', async () => {
    const stage = await openStage({ host: false });
    try {
      await stage.logIn('alice');
      const popup = await stage.openPopup();
      await popup.reads('node dist/node/roleferry.cjs install');
      await popup.press('Copy as env vars');
      await popup.reads('Copied');
      expect(await stage.clipboard()).toContain('AWS_ACCESS_KEY_ID');
      await popup.typeProfileName('dev');
      await popup.press('Save');
      await popup.reads('The Roleferry host is not installed');
      await expect.poll(() => stage.badge(), soon).toBe('!');
      await stage.installHost();
      await popup.press('Save');
      await popup.reads('Saved.');
      expect(await stage.credentialsFile()).toContain('[dev]');
    } finally {
      await stage.close();
    }
  });
});
