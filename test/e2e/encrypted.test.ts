import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { startSimpleSaml } from '../rehearsal/simplesamlphp.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';
import { soon } from '../soon.ts';
import { logInAtSimpleSaml } from './simplesaml-login.ts';
import { openStage, type Popup, type Stage, savedAs } from './stage.ts';
import { startOver } from './start-over.ts';

const missing = needs('chromium').missing || needs('certutil').missing;
const auditor = iamArn(accounts.production, 'role/Auditor');
const custodian = iamArn(accounts.production, 'role/Custodian');
const sealed = iamArn(accounts.production, 'saml-provider/Sealed');

describe.skipIf(missing)('a login whose assertion is encrypted, in a real browser', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage();
  });

  beforeEach(() => startOver(stage));

  afterAll(() => stage?.close());

  const exchanges = () =>
    stage.rehearsal.requests
      .filter(({ action }) => action === 'AssumeRoleWithSAML')
      .map(({ form, status }) => [form.get('RoleArn'), form.get('PrincipalArn'), status]);

  async function fill(popup: Popup, textbox: string, text: string) {
    await popup.page.bringToFront();
    await popup.page.locator(`::-p-aria([name="${textbox}"][role="textbox"])`).fill(text);
  }

  /** As an administrator does who replaces a SAML provider in IAM, and tells the identity provider. */
  function rename(from: string, to: string) {
    const { providers, roles, idps } = stage.rehearsal.world;
    for (const provider of providers) if (provider.arn === from) provider.arn = to;
    for (const role of roles) role.trusts = role.trusts.map((arn) => (arn === from ? to : arn));
    for (const pair of idps.flatMap(({ users }) => users.flatMap((user) => user.roles))) {
      if (pair.provider === from) pair.provider = to;
    }
  }

  it('asks for what only AWS can read, when there was no role to choose', async () => {
    await stage.logIn('edgar');
    const popup = await stage.openPopup();
    await fill(popup, 'Role ARN', auditor);
    await fill(popup, 'SAML provider ARN', sealed);
    await popup.press('Use this role');
    await savedAs(popup, 'audit');
    expect(exchanges()).toEqual([[auditor, sealed, 200]]);
    expect(await stage.credentialsFile()).toContain('assumed-role/Auditor/edgar@rehearsal.test');
  });

  it('takes the role from the page of AWS, and asks for the provider once', async () => {
    await stage.logIn('erin', { roleArn: custodian });
    const popup = await stage.openPopup();
    await fill(popup, 'SAML provider ARN', sealed);
    await expect.poll(() => popup.text(), soon).not.toContain('Role ARN');
    await popup.press('Use this role');
    await savedAs(popup, 'keep');
    await popup.close();
    await stage.logIn('erin', { roleArn: auditor });
    await savedAs(await stage.openPopup(), 'audit');
    expect(exchanges()).toEqual([
      [custodian, sealed, 200],
      [auditor, sealed, 200],
    ]);
    expect(await stage.credentialsFile()).toMatch(
      /\[keep\][\s\S]*role\/Custodian\/erin[\s\S]*\[audit\][\s\S]*role\/Auditor\/erin/,
    );
  });

  it('lets the user name another provider when AWS does not accept the one they named', async () => {
    await stage.logIn('erin', { roleArn: custodian });
    const popup = await stage.openPopup();
    const wrong = iamArn(accounts.production, 'saml-provider/Rehearsal');
    await fill(popup, 'SAML provider ARN', wrong);
    await popup.press('Use this role');
    await popup.reads('Try again');
    await fill(popup, 'SAML provider ARN', sealed);
    await popup.press('Use this role');
    await savedAs(popup, 'keep');
    expect(exchanges()).toEqual([
      [custodian, wrong, 400],
      [custodian, sealed, 200],
    ]);
  });

  it('asks for the provider again when the one that it remembers is no more', async () => {
    await stage.logIn('erin', { roleArn: custodian });
    const popup = await stage.openPopup();
    await fill(popup, 'SAML provider ARN', sealed);
    await popup.press('Use this role');
    await savedAs(popup, 'keep');
    await popup.close();
    const renamed = iamArn(accounts.production, 'saml-provider/Renamed');
    rename(sealed, renamed);
    await stage.logIn('erin', { roleArn: custodian });
    // A popup that opens earlier shows the login before first, and takes no click right after it gave way to this one.
    await expect.poll(() => exchanges().length, soon).toBe(2);
    const again = await stage.openPopup();
    await again.reads('Try again');
    await fill(again, 'SAML provider ARN', renamed);
    await again.press('Use this role');
    await savedAs(again, 'kept');
    expect(exchanges()).toEqual([
      [custodian, sealed, 200],
      [custodian, sealed, 400],
      [custodian, renamed, 200],
    ]);
  });

  it.skipIf(needs('simplesamlphp').missing)('works with what SimpleSAMLphp encrypted', async () => {
    const user = { name: 'sam', password: 'rehearsal', roles: [auditor] };
    const idp = await startSimpleSaml(stage.rehearsal, { users: [user], encrypts: true });
    try {
      const page = await logInAtSimpleSaml(stage, idp, user);
      expect(page.url()).toContain('https://console.aws.amazon.com/');
      const popup = await stage.openPopup();
      await fill(popup, 'Role ARN', auditor);
      await fill(popup, 'SAML provider ARN', idp.providerArn(accounts.production));
      await popup.press('Use this role');
      await savedAs(popup, 'audit');
      expect(exchanges()).toEqual([[auditor, idp.providerArn(accounts.production), 200]]);
      expect(await stage.credentialsFile()).toContain('assumed-role/Auditor/sam@simplesaml.rehearsal.test');
    } finally {
      await idp.close();
    }
  });
});
