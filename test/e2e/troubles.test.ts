import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { redirect } from '../rehearsal/exchange.ts';
import { captivePortal, hold, stsError } from '../rehearsal/fault.ts';
import { resultAnswer } from '../rehearsal/query-protocol.ts';
import { soon } from '../soon.ts';
import { hostProcesses, openStage, type Popup, type Stage, savedAs } from './stage.ts';
import { startOver } from './start-over.ts';

const run = promisify(execFile);

const missing = needs('chromium').missing || needs('certutil').missing;

describe.skipIf(missing)('when something goes wrong, in a real browser', () => {
  let stage: Stage;
  let popup: Popup;

  beforeAll(async () => {
    stage = await openStage();
  });

  beforeEach(async () => {
    await startOver(stage);
    popup = await stage.openPopup();
  });

  afterAll(() => stage?.close());

  const fileOrNothing = () => readFile(stage.home.credentialsFile, 'utf8').catch(() => '');

  /** Saves alice's login as dev, as far as to the host, which writes once the lock is released. */
  async function saveHeldAtWriting() {
    await stage.logIn('alice');
    await popup.reads('Profile name');
    const lock = await stage.holdWrites();
    await popup.typeProfileName('dev');
    await popup.press('Save');
    await popup.reads('Saving…');
    // Said before the host is asked, which may have to be started for it.
    await expect.poll(() => hostProcesses(stage), soon).not.toEqual([]);
    return lock;
  }

  it('says so before the first login', async () => {
    await popup.reads('No login yet');
    await expect.poll(() => stage.badge(), soon).toBe('');
  });

  it('shows that AWS is being asked while it is', async () => {
    const { hook, release } = hold();
    stage.rehearsal.onSts = hook;
    await stage.logIn('alice');
    await popup.reads('Asking AWS');
    await expect.poll(() => stage.badge(), soon).toBe('…');
    release();
    await popup.reads('Profile name');
  });

  it('shows what AWS refused, why, what to do, and its own words on demand; trying again may help', async () => {
    stage.rehearsal.onSts = () =>
      stsError(403, 'AccessDenied', 'Not authorized to perform sts:AssumeRoleWithSAML');
    await stage.logIn('alice');
    await popup.reads('AWS does not let this login assume arn:aws:iam::111122223333:role/Developer');
    expect(await popup.text()).toContain('trust policy');
    await expect.poll(() => stage.badge(), soon).toBe('!');
    await popup.page.bringToFront();
    await popup.page.locator('.note summary').click();
    await popup.reads('AccessDenied: Not authorized');
    expect(await fileOrNothing()).toBe('');
    stage.rehearsal.onSts = undefined;
    await popup.press('Try again');
    await popup.reads('Profile name');
  });

  it('names the cause of a refusal in one line, and copies a text for the administrator without secrets', async () => {
    const tags = { Team: 'blue-team' };
    stage.rehearsal.onLogin = () => ({ tags });
    await stage.logIn('alice');
    await popup.reads('Likely cause: The assertion has session tags (Team), and the trust policy');
    await popup.reads('Ask the administrator of the AWS account to add sts:TagSession');
    await popup.page.bringToFront();
    await popup.press('Copy for your administrator');
    await popup.reads('Copied');
    const copied = await stage.clipboard();
    expect(copied).toContain('AssumeRoleWithSAML at sts.us-east-1.amazonaws.com');
    expect(copied).toMatch(/AccessDenied: Not authorized .*\n {2}HTTP 403\n {2}request ID [\w-]{36}\n/);
    expect(copied).toContain('Likely cause\n  The assertion has session tags (Team)');
    expect(copied).toContain('In the AWS account: add sts:TagSession');
    expect(copied).not.toContain('Ask the administrator');
    expect(copied).toContain('"Action": "sts:TagSession"');
    expect(copied).not.toMatch(/blue-team|alice|[\w+/=]{80}/);
  });

  it('says that STS cannot be reached', async () => {
    stage.rehearsal.onSts = () => 'cut';
    await stage.logIn('alice');
    await popup.reads('sts.us-east-1.amazonaws.com could not be reached');
    expect(await popup.text()).toContain('VPN');
  });

  it('says that something else answers in the place of AWS', async () => {
    stage.rehearsal.onSts = () => captivePortal();
    await stage.logIn('alice');
    await popup.reads('is not AWS');
  });

  it.each(['elsewhere.rehearsal.test', 'sts.eu-west-1.amazonaws.com'])(
    'sends nothing on to %s, to which what answers as STS redirects it, and says so',
    async (elsewhere) => {
      stage.rehearsal.onSts = ({ host }) =>
        host === elsewhere ? undefined : redirect(`https://${elsewhere}/`, 307);
      await stage.logIn('alice');
      await popup.reads('Roleferry does not follow');
      expect(stage.rehearsal.requests.filter(({ host }) => host === elsewhere)).toEqual([]);
      expect(await fileOrNothing()).toBe('');
    },
  );

  it('may connect to no host but those of STS', async () => {
    const asked = () =>
      popup.page.evaluate(() => fetch('https://elsewhere.rehearsal.test/').catch((error) => error.message));
    expect(await asked()).toBe('Failed to fetch');
    expect(stage.rehearsal.requests.filter(({ host }) => host === 'elsewhere.rehearsal.test')).toEqual([]);
  });

  it('writes nothing of an answer for another role, and says for which it is', async () => {
    await stage.logIn('alice');
    await popup.reads('Profile name');
    await savedAs(popup, 'dev');
    const before = await fileOrNothing();
    stage.rehearsal.onSts = () =>
      resultAnswer('AssumeRoleWithSAML', {
        AssumedRoleUser: { Arn: 'arn:aws:sts::444455556666:assumed-role/Developer/alice' },
        Credentials: {
          AccessKeyId: 'ASIAKIDAKIDAKID1',
          SecretAccessKey: 'abc',
          SessionToken: 't',
          Expiration: '2031-01-02T03:04:05Z',
        },
      });
    await stage.logIn('alice');
    await popup.reads('answered with arn:aws:sts::444455556666:assumed-role/Developer/alice');
    expect(await fileOrNothing()).toBe(before);
  });

  it('says why a POST that is no SAML is of no use', async () => {
    const page = await stage.browser.newPage();
    await page.goto('https://notes.rehearsal.test/');
    await page.evaluate(() => {
      document.body.innerHTML =
        '<form method="post" action="https://signin.aws.amazon.com/saml"><input name="SAMLResponse" value="bm90IFhNTA=="></form>';
      document.forms[0]?.submit();
    });
    await popup.reads('The last login can’t be used');
    expect(await popup.text()).toContain('not well-formed XML');
    await expect.poll(() => stage.badge(), soon).toBe('!');
  });

  it('is silent about a POST without a SAMLResponse, which is no login', async () => {
    const page = await stage.browser.newPage();
    await page.goto('https://notes.rehearsal.test/');
    await page.evaluate(() => {
      document.body.innerHTML =
        '<form method="post" action="https://signin.aws.amazon.com/saml"><input name="other" value="x"></form>';
      document.forms[0]?.submit();
    });
    await stage.rehearsal.waitForRequest(({ path, status }) => path === '/saml' && status !== undefined);
    await stage.logIn('alice');
    await popup.reads('Developer');
    expect(await popup.text()).not.toContain('can’t be used');
    expect(await popup.page.$$('.entry')).toHaveLength(1);
  });

  it('shows a host that dies in the middle of a write, and the next try goes through', async () => {
    const lock = await saveHeldAtWriting();
    for (const pid of await hostProcesses(stage)) process.kill(pid, 'SIGKILL');
    await popup.reads('The Roleferry host stopped before it answered');
    expect(await fileOrNothing()).toBe('');
    await lock.release();
    await savedAs(popup, 'dev');
    expect(await fileOrNothing()).toContain('[dev]');
  });

  it('keeps a name that is typed while another is being written', async () => {
    const lock = await saveHeldAtWriting();
    await popup.typeProfileName('prod');
    await lock.release();
    await expect.poll(fileOrNothing, soon).toContain('[dev]');
    await popup.readsNoMore('Saving…');
    expect(await popup.profileName()).toBe('prod');
  });

  it('leaves nothing in the file of what is forgotten while it is being written', async () => {
    const lock = await saveHeldAtWriting();
    await popup.press('Forget everything now');
    await lock.release();
    await popup.reads('Forgotten');
    expect(await fileOrNothing()).not.toContain('aws_access_key_id');
    const kept = await popup.page.evaluate('chrome.storage.local.get().then(JSON.stringify)');
    expect(kept).not.toContain('arn:aws');
  });

  it('saves beside a byte that the AWS CLI cannot read, and says so', async () => {
    await writeFile(stage.home.credentialsFile, Buffer.from([...Buffer.from('# caf'), 0xe9, 10]), {
      mode: 0o600,
    });
    await stage.logIn('alice');
    await popup.reads('Profile name');
    await popup.typeProfileName('dev');
    await popup.press('Save');
    await popup.reads('line 1 has a byte that is not UTF-8');
    expect(await fileOrNothing()).toContain('[dev]');
    // The command beside it works in any folder.
    await popup.press('Copy command');
    const command = await stage.clipboard();
    expect(command).toMatch(/ doctor$/);
    expect(await popup.text()).toContain(command);
    const { home } = stage;
    const { stdout } = await run('sh', ['-c', `${command} --help`], { cwd: home.path, env: home.env });
    expect(stdout).toContain('doctor');
  });

  it('says which line of the file cannot be understood, and leaves the file alone', async () => {
    await writeFile(stage.home.credentialsFile, '[ok]\na = b\n[broken\n', { mode: 0o600 });
    await stage.logIn('alice');
    await popup.reads('Profile name');
    await popup.typeProfileName('dev');
    await popup.press('Save');
    await popup.reads('line 3 cannot be understood');
    expect(await fileOrNothing()).toBe('[ok]\na = b\n[broken\n');
  });
});
