import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { type SimpleSaml, startSimpleSaml } from '../rehearsal/simplesamlphp.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';
import { soon } from '../soon.ts';
import { logInAtSimpleSaml } from './simplesaml-login.ts';
import { openStage, type Stage, savedAs } from './stage.ts';

const missing = needs('chromium').missing || needs('certutil').missing || needs('simplesamlphp').missing;
const developer = iamArn(accounts.development, 'role/Developer');
const operator = iamArn(accounts.production, 'role/Operator');
const password = 'rehearsal';

describe.skipIf(missing)('a login at SimpleSAMLphp, in a real browser', () => {
  let stage: Stage;
  let idp: SimpleSaml;

  beforeEach(async () => {
    stage = await openStage();
    idp = await startSimpleSaml(stage.rehearsal, {
      users: [
        { name: 'sam', password, roles: [developer] },
        { name: 'sue', password, roles: [developer, operator] },
      ],
    });
  });

  afterEach(async () => {
    await stage?.close();
    await idp?.close();
  });

  /** What STS was asked for, and how it answered once it had verified the response. */
  const exchanges = () =>
    stage.rehearsal.requests
      .filter(({ action }) => action === 'AssumeRoleWithSAML')
      .map(({ form, status }) => [form.get('RoleArn'), form.get('PrincipalArn'), status]);

  it('ends in a profile of its one role', async () => {
    const page = await logInAtSimpleSaml(stage, idp, { name: 'sam', password });
    expect(page.url()).toContain('https://console.aws.amazon.com/');
    const popup = await stage.openPopup();
    await popup.reads(`via ${new URL(idp.issuer).host}`);
    await savedAs(popup, 'dev');
    expect(exchanges()).toEqual([[developer, idp.providerArn(accounts.development), 200]]);
    expect(await stage.credentialsFile()).toMatch(
      /^\[dev\]\naws_access_key_id = ASIA[\s\S]*assumed-role\/Developer\/sam@simplesaml\.rehearsal\.test\n/,
    );
  });

  it('is renewed through the sign-in link that the popup suggests', async () => {
    await logInAtSimpleSaml(stage, idp, { name: 'sam', password });
    const popup = await stage.openPopup();
    await savedAs(popup, 'dev');
    await popup.reads('Suggested from its address');
    const link = await popup.page.$eval('.link-offer input', (input) => (input as HTMLInputElement).value);
    expect(link).toContain('/saml2/idp/SSOService.php?spentityid=urn%3Aamazon%3Awebservices');
    await popup.press('Save link');
    await popup.readsNoMore('Save link');
    const before = exchanges().length;
    await popup.press('Renew');
    await expect.poll(() => exchanges().length, soon).toBeGreaterThan(before);
    await popup.close();
  });

  it('ends in a profile of the role that was chosen on the page of AWS, out of two accounts', async () => {
    await logInAtSimpleSaml(stage, idp, { name: 'sue', password, roleArn: operator });
    const popup = await stage.openPopup();
    await popup.reads('4444-5555-6666');
    await savedAs(popup, 'ops');
    expect(exchanges()).toEqual([[operator, idp.providerArn(accounts.production), 200]]);
    expect(await stage.credentialsFile()).toMatch(
      /^\[ops\]\naws_access_key_id = ASIA[\s\S]*444455556666:assumed-role\/Operator\/sue@simplesaml\.rehearsal\.test\n/,
    );
  });
});
