import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';
import { soon } from '../soon.ts';
import { type ExtensionPage, openExtensionPage } from './extension-page.ts';
import { openStage, type Stage } from './stage.ts';

const run = promisify(execFile);

const missing = needs('chromium').missing || needs('certutil').missing;
const aws = needs('aws');

const developer = {
  roleArn: iamArn(accounts.development, 'role/Developer'),
  providerArn: iamArn(accounts.development, 'saml-provider/Rehearsal'),
};
const deploy = iamArn(accounts.production, 'role/Deploy');

describe.skipIf(missing)('a second role that is assumed from the first', () => {
  let stage: Stage;
  let extension: ExtensionPage;

  beforeAll(async () => {
    stage = await openStage();
    extension = await openExtensionPage(stage);
  });

  afterAll(() => stage?.close());

  const chain = async () => (await extension.view()).chains[0];
  const assumed = () => stage.rehearsal.requests.filter(({ action }) => action === 'AssumeRole');

  it('cannot be set for a profile that no login is saved to', async () => {
    const message = { type: 'set-chain', source: 'dev', roleArn: deploy, profile: 'deploy' } as const;
    expect(await extension.ask(message)).toMatchObject({ failure: { code: 'chain-source-unbound' } });
  });

  it('gets credentials of an hour in a profile of its own, with the session name of the first', async () => {
    await stage.logIn('alice');
    await expect.poll(async () => (await extension.view()).logins[0]?.roles[0]?.state, soon).toBe('ready');
    const [login] = (await extension.view()).logins;
    const save = { type: 'save', loginId: login?.id ?? '', role: developer, profile: 'dev' } as const;
    await extension.ask({ ...save, takeOver: false, replace: false });
    await extension.ask({ type: 'set-chain', source: 'dev', roleArn: deploy, profile: 'deploy' });
    await expect.poll(async () => (await chain())?.state, soon).toBe('saved');
    const { endsAt = 0, startedAt = 0 } = (await chain()) ?? {};
    expect((endsAt - startedAt) / 60_000).toBeCloseTo(60, 0);
    expect(assumed()[0]?.form.get('RoleSessionName')).toBe('alice@rehearsal.test');
    expect(await stage.credentialsFile()).toMatch(/^\[deploy\]$/m);
    expect((await extension.view()).logins[0]?.roles[0]?.chained).toMatchObject([{ profile: 'deploy' }]);
    await expect.poll(() => stage.badge(), soon).toBe('2');
  });

  it.skipIf(aws.missing)('is somebody to AWS', async () => {
    const args = ['sts', 'get-caller-identity', '--profile', 'deploy', '--region', 'us-east-1'];
    const endpoint = ['--endpoint-url', stage.rehearsal.stsHttpUrl];
    const { stdout } = await run(aws.path, [...args, ...endpoint], { env: stage.home.env });
    expect(JSON.parse(stdout).Arn).toBe('arn:aws:sts::444455556666:assumed-role/Deploy/alice@rehearsal.test');
  });

  it('is copied from its row in the popup, with keys of its own', async () => {
    const popup = await stage.openPopup();
    await popup.offersToCopy('Deploy', accounts.production);
    const row = `::-p-aria([name="Deploy, account ${accounts.production}"])`;
    await popup.page.locator(`${row} ::-p-aria([name="Copy as env vars"][role="button"])`).click();
    await popup.reads('Copied');
    await popup.close();
    const given = await stage.clipboard();
    expect(given).toMatch(/^export AWS_ACCESS_KEY_ID='ASIA\w+'$/m);
    expect(await stage.credentialsFile()).not.toContain(/'(ASIA\w+)'/.exec(given)?.[1]);
    expect((await chain())?.state).toBe('saved');
  });

  it('comes along by itself at the next login', async () => {
    const before = assumed().length;
    await stage.logIn('alice');
    await expect.poll(() => assumed().length, soon).toBe(before + 1);
    await expect.poll(async () => (await chain())?.state, soon).toBe('saved');
  });

  it('shows what AWS says where it is refused, and the first stays written', async () => {
    const operator = iamArn(accounts.production, 'role/Operator');
    await extension.ask({ type: 'set-chain', source: 'dev', roleArn: operator, profile: 'operate' });
    await expect
      .poll(async () => (await extension.view()).chains.find(({ profile }) => profile === 'operate'), soon)
      .toMatchObject({ state: 'failed', failure: { code: 'assume-role-denied' } });
    await expect.poll(() => stage.badge(), soon).toBe('!');
    await extension.ask({ type: 'remove-chain', profile: 'operate' });
    await expect.poll(() => stage.badge(), soon).toBe('2');
  });

  it('goes when the first is forgotten', async () => {
    const [login] = (await extension.view()).logins;
    expect(await extension.ask({ type: 'forget-role', loginId: login?.id ?? '', role: developer })).toEqual({
      ok: true,
    });
    expect(await stage.credentialsFile()).not.toMatch(/\[(dev|deploy)\]/);
    expect(await chain()).toMatchObject({ state: 'waiting' });
  });
});
