import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chromiumExtensionId } from '../../src/core/product.ts';
import { needs } from '../needs.ts';
import { launchChromium } from '../rehearsal/chromium.ts';
import { stsError } from '../rehearsal/fault.ts';
import { makeScratchHome, type ScratchHome } from '../rehearsal/scratch-home.ts';
import { type Rehearsal, startRehearsal } from '../rehearsal/server.ts';
import { makeSts } from '../rehearsal/sts.ts';
import { accounts, iamArn, userNamed } from '../rehearsal/world.ts';
import { soon } from '../soon.ts';
import { tries } from '../tries.ts';
import { openStage, type Stage, savedAs, submitLogin } from './stage.ts';
import { type Secret, secretsIn, tracesIn } from './traces.ts';

const missing = needs('chromium').missing || needs('certutil').missing;
const role = (name: string) => iamArn(accounts.development, `role/${name}`);

/** The file of the scratch home that may hold credentials. */
const credentialsFile = '.aws/credentials';

/**
 * Where Chromium itself keeps what was posted to get the page of a tab, so that it can load the page again after a
 * start: of a tab that stays on AWS's choice of roles that is the assertion, with the product or without it.
 */
const sessionStore = ['chromium/Default/Sessions/Session_#', 'chromium/Default/Sessions/Tabs_#'];

/** Browsers number their files: without the numbers those of two runs can be compared. */
const kindOf = (file: string): string => file.replaceAll(/\d+/g, '#');

describe('the search for secrets', () => {
  let folder: string;
  const secret: Secret = { name: 'key', value: 'Zk/9+aQ2xV7tLw0cN4pRb8yHs6JdU1eGm3oKfT5i' };
  const value = Buffer.from(secret.value);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'roleferry-traces-'));
    await mkdir(join(folder, '.hidden'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it.each([
    ['in plain text', value],
    ['in UTF-16', Buffer.from(secret.value, 'utf16le')],
    ['in a form', Buffer.from(new URLSearchParams({ key: secret.value }).toString())],
    [
      'in an address with small letters',
      Buffer.from(encodeURIComponent(secret.value).replaceAll('%2F', '%2f')),
    ],
    ['in base64', Buffer.from(value.toString('base64'))],
    ['in the base64 of something longer', Buffer.from(Buffer.from(`ab<x>${value}</x>`).toString('base64'))],
    ['in JSON with escaped slashes', Buffer.from(JSON.stringify(secret.value).replaceAll('/', '\\/'))],
    ['without its beginning', value.subarray(15)],
    ['without its end', value.subarray(0, 25)],
  ])('finds one %s', async (_, bytes) => {
    await writeFile(join(folder, '.hidden', 'file'), Buffer.concat([Buffer.alloc(999, 7), bytes]));
    expect(await tracesIn(folder, [secret])).toEqual([{ secret: 'key', file: '.hidden/file' }]);
  });

  it('finds nothing where nothing is', async () => {
    await writeFile(join(folder, '.hidden', 'file'), value.toReversed());
    expect(await tracesIn(folder, [secret])).toEqual([]);
  });
});

describe.skipIf(missing)('what a browser leaves behind', () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await openStage();
    await keepHostErrors(stage);
  });

  afterEach(() => stage?.close());

  const endings = [
    { ending: 'was closed', end: (browser: Browser) => ended(browser, () => browser.close()) },
    { ending: 'was killed', end: kill },
  ];

  it.each(endings.slice(0, tries(1, 2)))(
    'that $ending holds no secret but the newest credentials of the profile',
    async ({ end }) => {
      const { rehearsal, browser, home } = stage;
      const said = listenTo(browser);
      const answers = overhearSts(rehearsal, role('Admin'));

      await stage.logIn('alice');
      const popup = await stage.openPopup();
      await savedAs(popup, 'dev');
      await stage.logIn('bob', { roleArn: role('AdminReadOnly') });
      // Right after a login has moved what is shown, no click acts.
      await popup.reopen();
      // Until AWS has answered, that button is the one of the other role.
      await popup.offersToCopy('AdminReadOnly', accounts.development);
      await popup.press('Copy as env vars');
      await popup.reads('Copied');
      await stage.logIn('dave');
      await popup.reads('Which role?');
      await stage.logIn('bob', { roleArn: role('Admin') });
      await popup.reads('AWS does not let this login');
      await stage.stopWorker();
      const options = await browser.newPage();
      await options.goto(`chrome-extension://${chromiumExtensionId}/src/options/index.html`);
      await options.waitForSelector('h1');
      const before = await stage.credentialsFile();
      await stage.logIn('alice');
      await expect.poll(() => stage.credentialsFile(), soon).not.toBe(before);

      const assertions = assertionsOf(rehearsal);
      const credentials = credentialsOf(answers);
      expect([credentials, assertions].map((list) => list.length)).toEqual([6, 5]);
      // Those that were not saved are really held, and in memory: the search is for the right things.
      const held = await options.evaluate('chrome.storage.session.get().then(JSON.stringify)');
      expect(secretsIn(String(held), [...credentials, ...assertions])).toEqual(
        expect.arrayContaining(['SecretAccessKey 2', 'SessionToken 2', 'assertion 3']),
      );
      const onPages = await Promise.all(
        (await browser.pages()).map(
          async (page) => `${await page.title()} ${page.url()} ${await page.content()}`,
        ),
      );
      await end(browser);

      expect(secretsIn([...said, ...onPages].join('\n'), credentials)).toEqual([]);
      expect(secretsIn(said.join('\n'), assertions)).toEqual([]);
      const traces = await tracesIn(home.path, [...credentials, ...assertions]);
      const ofCredentials = traces.filter(({ secret }) => !secret.startsWith('assertion'));
      expect(ofCredentials).toEqual([
        { secret: 'SecretAccessKey 3', file: credentialsFile },
        { secret: 'SessionToken 3', file: credentialsFile },
      ]);
      const ofAssertions = traces.filter(({ secret }) => secret.startsWith('assertion'));
      expect(ofAssertions.filter(({ file }) => !sessionStore.includes(kindOf(file)))).toEqual([]);
      expect(await readFile(join(home.path, hostErrors), 'utf8')).toBe('');
    },
  );

  it('in which everything was forgotten holds no secret, in memory or on the disk', async () => {
    const { rehearsal, browser, home } = stage;
    const answers = overhearSts(rehearsal, role('Admin'));
    await stage.logIn('alice');
    const popup = await stage.openPopup();
    await savedAs(popup, 'dev');
    await stage.logIn('bob', { roleArn: role('AdminReadOnly') });
    await popup.offersToCopy('AdminReadOnly', accounts.development);
    const secrets = [...credentialsOf(answers), ...assertionsOf(rehearsal)];
    const held = async () =>
      secretsIn(
        String(await popup.page.evaluate('chrome.storage.session.get().then(JSON.stringify)')),
        secrets,
      );
    await expect
      .poll(held, soon)
      .toEqual(expect.arrayContaining(['SecretAccessKey 1', 'SecretAccessKey 2', 'assertion 2']));

    await popup.press('Forget everything now');
    await popup.reads('Forgotten');
    expect(await held()).toEqual([]);
    await kill(browser);
    const traces = await tracesIn(home.path, secrets);
    expect(traces.filter(({ file }) => !sessionStore.includes(kindOf(file)))).toEqual([]);
  });
});

describe.skipIf(missing)('Chromium without the product', () => {
  let rehearsal: Rehearsal;
  let home: ScratchHome;

  beforeEach(async () => {
    rehearsal = await startRehearsal();
    home = await makeScratchHome(rehearsal.caCertificatePem);
  });

  afterEach(async () => {
    await home?.close();
    await rehearsal?.close();
  });

  it('keeps an assertion by itself, of a tab that stays on the choice of roles, in its session store', async () => {
    const browser = await launchChromium({ rehearsal, home });
    try {
      const { idp } = userNamed(rehearsal.world, 'dave');
      const page = await browser.newPage();
      await page.goto(`https://${idp.host}/?user=dave`);
      await submitLogin(page, 'button');
    } finally {
      await ended(browser, () => browser.close());
    }
    const traces = await tracesIn(home.path, assertionsOf(rehearsal));
    expect([...new Set(traces.map(({ file }) => kindOf(file)))].sort()).toEqual(sessionStore);
  });
});

/** Has STS's answers written down as they go out. One role is refused. */
function overhearSts(rehearsal: Rehearsal, refused: string): string[] {
  const answers: string[] = [];
  const sts = makeSts(rehearsal.world, Date.now);
  rehearsal.onSts = (request) => {
    if (request.form.get('RoleArn') === refused) return stsError(403, 'AccessDenied', 'Not authorized');
    const answer = sts(request);
    answers.push(answer.body);
    return answer;
  };
  return answers;
}

/** The secret key and the token of every answer of STS, numbered as they were given. */
const credentialsOf = (answers: string[]): Secret[] =>
  answers.flatMap((xml, index) =>
    ['SecretAccessKey', 'SessionToken'].map((name) => ({
      name: `${name} ${index + 1}`,
      value: textOf(xml, name),
    })),
  );

/** The signatures of the assertions that were posted to AWS: no other part of one is as surely its own. */
function assertionsOf({ requests }: Rehearsal): Secret[] {
  const responses = requests.flatMap(({ path, form }) =>
    path === '/saml' ? (form.get('SAMLResponse') ?? []) : [],
  );
  return [...new Set(responses)].map((response, index) => ({
    name: `assertion ${index + 1}`,
    value: textOf(Buffer.from(response, 'base64').toString('utf8'), 'SignatureValue'),
  }));
}

const textOf = (xml: string, element: string): string =>
  new RegExp(`<(?:\\w+:)?${element}[^>]*>([^<]+)<`).exec(xml)?.[1] ?? '';

/** Collects the addresses that were visited and all that pages and the worker wrote to their consoles. */
function listenTo(browser: Browser): string[] {
  const said: string[] = [];
  const note = (thing: unknown) => said.push(JSON.stringify(thing));
  browser.on('targetchanged', (target) => note(target.url()));
  browser.on('targetcreated', async (target) => {
    note(target.url());
    try {
      const session = await target.createCDPSession();
      session.on('Runtime.consoleAPICalled', note);
      session.on('Runtime.exceptionThrown', note);
      session.on('Log.entryAdded', note);
      await Promise.all([session.send('Runtime.enable'), session.send('Log.enable')]);
    } catch {
      // Gone again before it could be listened to.
    }
  });
  return said;
}

const hostErrors = 'host-errors';

/** What the host writes to stderr ends nowhere in this browser: here it is kept in the home. */
async function keepHostErrors({ home }: Stage): Promise<void> {
  const wrapper = join(home.path, '.local', 'share', 'roleferry', 'roleferry-host');
  const text = await readFile(wrapper, 'utf8');
  await writeFile(
    wrapper,
    text.replaceAll('exec "$node" "$program" "$@"', (call) => `${call} 2>>"$HOME/${hostErrors}"`),
  );
}

/**
 * Ends a browser and waits for its last process: the network process writes for a moment after the main one is gone.
 * All of them hold the output pipe, which the last one closes.
 */
async function ended(browser: Browser, end: (process: ChildProcess) => unknown): Promise<void> {
  const process = browser.process();
  if (process === null) throw new Error('The browser has no process.');
  const closed = once(process, 'close');
  await end(process);
  await closed;
}

const kill = (browser: Browser) => ended(browser, (process) => process.kill('SIGKILL'));
