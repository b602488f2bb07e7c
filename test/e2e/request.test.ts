import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { callerIdentity } from '../rehearsal/caller-identity.ts';
import { startGlewlwyd } from '../rehearsal/glewlwyd.ts';
import { startOidcProvider } from '../rehearsal/oidc-provider.ts';
import { openRequestStage, type RequestStage } from './request-stage.ts';

// The built CLI and the built broker; `npm test` builds first.
const missing = needs('chromium').missing || needs('certutil').missing;
const session = 'arn:aws:sts::111122223333:assumed-role/Dev/alice@example.com';

const providers = [
  { name: 'oidc-provider', start: startOidcProvider, scopes: ['openid', 'email', 'groups'], absent: false },
  { name: 'Glewlwyd', start: startGlewlwyd, scopes: ['openid'], absent: needs('glewlwyd').missing },
];

describe.each(providers)('roleferry request with $name', ({ start, scopes, absent }) => {
  let stage: RequestStage;
  beforeAll(async () => {
    if (!missing && !absent) stage = await openRequestStage({ startProvider: start, scopes });
  });
  afterAll(() => stage?.close());

  const request = (...more: string[]) => ['request', stage.broker.url, ...more];

  async function inBrowser(address: string, name = 'alice'): Promise<void> {
    const context = await stage.browser.createBrowserContext();
    const page = await context.newPage();
    await page.goto(address);
    await stage.provider.logIn(page, name);
    // biome-ignore lint/performance/useDomNodeTextContent: only what is rendered is read by a person
    expect(await page.$eval('body', (body) => body.innerText)).toContain('go back to the terminal');
    await context.close();
  }

  const expired = async () => {
    const content = await readFile(stage.home.credentialsFile, 'utf8');
    await writeFile(stage.home.credentialsFile, content.replace(/(expires = )\S+/, '$12020-01-01T00:00:00Z'));
  };

  it.skipIf(missing || absent)('writes the profile of who logs in, and AWS takes it', async () => {
    const { status, stdout, stderr } = await stage.run(request('dev', '--profile', 'dev'), inBrowser);
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: 'wrote dev: arn:aws:iam::111122223333:role/brokered/Dev, 59 min left\n',
      stderr: expect.stringContaining(
        `opening the login of ${new URL(stage.broker.url).host} in the browser`,
      ),
    });
    const { answer } = await callerIdentity({
      env: { ...stage.home.env, AWS_PROFILE: 'dev' },
      stsHttpUrl: stage.rehearsal.stsHttpUrl,
    });
    expect(answer).toContain(session);
  });

  it.skipIf(missing || absent)('leaves no token of the login on the disk', async () => {
    const { credentialsFile, configFile, path } = stage.home;
    const data = join(path, '.local');
    const files = (await readdir(data, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    for (const file of [...files, credentialsFile, configFile]) {
      expect(await readFile(file, 'utf8'), file).not.toMatch(/eyJ[\w-]+\.eyJ/);
    }
    expect(
      JSON.parse(await readFile(join(data, 'share/roleferry/host.json'), 'utf8')).brokerProfiles,
    ).toEqual([
      {
        profile: 'dev',
        url: stage.broker.url,
        role: 'dev',
        roleArn: 'arn:aws:iam::111122223333:role/brokered/Dev',
      },
    ]);
  });

  it.skipIf(missing || absent)(
    'heals the profile by a new login, for the program that wants it',
    async () => {
      await expired();
      const program = ['exec', '--profile', 'dev', '--', 'sh', '-c', 'echo $AWS_ACCOUNT_ID'];
      expect(await stage.run(program, inBrowser)).toMatchObject({ status: 0, stdout: '111122223333\n' });
      await expired();
      const process = ['credential-process', '--profile', 'dev', '--login'];
      const printed = await stage.run(process, inBrowser);
      expect(printed).toMatchObject({ status: 0 });
      expect(JSON.parse(printed.stdout)).toMatchObject({ Version: 1, AccountId: '111122223333' });
      const { status, stdout } = await stage.run(['login'], inBrowser);
      expect([status, stdout]).toEqual([0, expect.stringMatching(/^dev has credentials until /)]);
    },
  );

  it.skipIf(missing || absent)('gives the role to nobody else', async () => {
    const before = await readFile(stage.home.credentialsFile, 'utf8');
    const asMallory = (address: string) => inBrowser(address, 'mallory');
    expect(await stage.run(request('dev', '--profile', 'dev'), asMallory)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('(AccessDenied)'),
    });
    expect(await readFile(stage.home.credentialsFile, 'utf8')).toBe(before);
  });

  it.skipIf(missing || absent)('takes the end of a login by paste where there is no browser', async () => {
    const child = stage.start(request('--list', '--no-browser'));
    let said = '';
    const address = new Promise<string>((resolve) => {
      child.stderr?.on('data', (chunk) => {
        said += chunk;
        const [, found] = /log in:\n\n(\S+)\n\n/.exec(said) ?? [];
        if (found !== undefined) resolve(found);
      });
    });
    const stdout = text(child.stdout as NodeJS.ReadableStream);
    const context = await stage.browser.createBrowserContext();
    const page = await context.newPage();
    const end = page.waitForRequest((sent) => sent.url().startsWith(stage.redirectUri));
    await page.goto(await address);
    // Nobody listens there.
    await Promise.all([end, stage.provider.logIn(page, 'alice').catch(() => {})]);
    child.stdin?.write(`https://elsewhere.example/?code=x\n${(await end).url()}\n`);
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(said).toContain('Paste it again');
    expect(await stdout).toMatch(
      /^ROLE .*\ndev +111122223333 +arn:aws:iam::111122223333:role\/brokered\/Dev +1 h\n$/,
    );
    await context.close();
  });
});
