import type { Page } from 'puppeteer';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addHostileRole, type HostileForm, signInAddress, submitForm } from '../e2e/attacker.ts';
import { responseOf, wrappings, xmlOf } from '../e2e/forge.ts';
import { makeVictim, type Victim } from '../e2e/victim.ts';
import { needs } from '../needs.ts';
import { firefoxExtensionUrl } from '../rehearsal/firefox.ts';
import type { ResponseOptions } from '../rehearsal/saml-response.ts';
import { accounts, iamArn, type RolePair } from '../rehearsal/world.ts';
import { openFirefoxStage } from './stage.ts';

const missing = needs('firefox').missing || needs('certutil').missing;
const victimIssuer = 'https://idp.rehearsal.test/metadata';
const victimRole: RolePair = {
  role: iamArn(accounts.development, 'role/Developer'),
  provider: iamArn(accounts.development, 'saml-provider/Rehearsal'),
};

/** Those of the attacks in test/e2e/attacks.test.ts that meet the browser; the others meet the same code here. */
describe.skipIf(missing)('an attack in the Firefox of someone who has a profile', () => {
  let victim: Victim;
  /** The attacker's. */
  let page: Page;
  let before: Awaited<ReturnType<Victim['belongings']>>;

  beforeAll(async () => {
    victim = await makeVictim(await openFirefoxStage());
  });

  afterAll(async () => {
    const end = await victim?.belongings();
    await victim?.close();
    expect(end?.credentials).not.toContain(accounts.attacker);
    expect(JSON.stringify(end?.stored)).not.toContain(accounts.attacker);
  });

  beforeEach(async () => {
    page = await victim.visit('lottery.rehearsal.test');
    before = await victim.belongings();
  });

  /** After each: the files are the same byte for byte, and so is all that the extension keeps. */
  afterEach(async () => {
    await victim.closeTabs();
    expect(await victim.belongings()).toEqual(before);
  });

  const issue = (options: ResponseOptions & { user?: string } = {}) =>
    victim.stage.rehearsal.issueResponse({ user: 'mallory', ...options });

  async function attack(response: string, form: Partial<HostileForm> = {}) {
    await submitForm(page, { fields: [['SAMLResponse', response]], ...form });
    return victim.settled(response);
  }

  const codesOf = ({ sessions }: Awaited<ReturnType<typeof attack>>) =>
    sessions.map((session) => (session.step === 'failed' ? session.failure.code : session.step));

  const exchanges = () =>
    victim.stage.rehearsal.requests.filter(({ action }) => action === 'AssumeRoleWithSAML').length;

  it.each([
    ['with nothing of theirs', 'Prize', 'Prize'],
    ["with the names of the victim's role and provider", 'Developer', 'Rehearsal'],
  ])('shows a login to another account %s, and writes nothing', async (_, role, provider) => {
    const pair = addHostileRole(victim.stage.rehearsal, role, provider);
    expect(codesOf(await attack(issue({ roles: [pair] })))).toEqual(['ready']);
    const card = await victim.newestCard();
    expect(card).toContain('9999-8888-7777');
    expect(card).toContain('via https://prize.rehearsal.test/metadata');
    await victim.badgeSays('new');
  });

  it("says that AWS refuses the victim's role and provider from another identity provider", async () => {
    const login = await attack(issue({ roles: [victimRole], issuer: victimIssuer }));
    expect(codesOf(login)).toEqual(['sts-invalid-token']);
    await victim.badgeSays('!');
  });

  it.each(['multipart/form-data', 'text/plain'])('shows a login that is posted as %s', async (enctype) => {
    await submitForm(page, { fields: [['SAMLResponse', issue()]], enctype });
    await expect
      .poll(async () => (await victim.logins())[0]?.sessions[0], { timeout: 20_000 })
      .toMatchObject({ step: 'ready', role: { roleArn: iamArn(accounts.attacker, 'role/Developer') } });
  });

  it('sees nothing of a form in a frame', async () => {
    const seen = await victim.loginsSeenDuring(async () => {
      await page.evaluate(() => {
        document.body.append(Object.assign(document.createElement('iframe'), { name: 'inner' }));
      });
      await submitForm(page, { fields: [['SAMLResponse', issue()]], target: 'inner' });
      await victim.stage.rehearsal.waitForRequest(
        ({ path, headers, status }) =>
          path === '/saml' && headers['sec-fetch-dest'] === 'iframe' && status !== undefined,
      );
    });
    expect(seen).toEqual([]);
  });

  it('sees nothing of what scripts send, nor of a response in the address', async () => {
    const response = issue();
    const arrived = (way: string) =>
      victim.stage.rehearsal.waitForRequest(
        ({ path, body, query, status }) =>
          path === '/saml' && status !== undefined && `${query}${body}`.includes(`way=${way}`),
      );
    const seen = await victim.loginsSeenDuring(async () => {
      await page.evaluate(
        async (address, value) => {
          const body = (way: string) => new URLSearchParams({ SAMLResponse: value, way });
          await fetch(address, {
            method: 'POST',
            mode: 'no-cors',
            credentials: 'include',
            body: body('fetch'),
          });
          navigator.sendBeacon(address, body('beacon'));
        },
        signInAddress,
        response,
      );
      await Promise.all([arrived('fetch'), arrived('beacon')]);
      const fields: HostileForm['fields'] = [
        ['SAMLResponse', response],
        ['way', 'get'],
      ];
      await submitForm(page, { fields, method: 'get' });
      await arrived('get');
    });
    expect(seen).toEqual([]);
  });

  it('sees nothing of a POST to a host that only looks like that of AWS', async () => {
    const host = 'signin.aws.amazon.com.rehearsal.test';
    const { idps } = victim.stage.rehearsal.world;
    const [first] = idps;
    if (first !== undefined) idps.push({ ...first, host, users: [], issuer: 'look-alike' });
    try {
      const seen = await victim.loginsSeenDuring(async () => {
        await submitForm(page, { fields: [['SAMLResponse', issue()]], action: `https://${host}/saml` });
        await victim.stage.rehearsal.waitForRequest(
          (request) => request.host === host && request.path === '/saml' && request.status !== undefined,
        );
      });
      expect(seen).toEqual([]);
    } finally {
      idps.pop();
    }
  });

  it.each([
    ["the victim's", victimRole.role],
    ['one that is offered, and more', `${iamArn(accounts.attacker, 'role/Developer')}X`],
    ['nothing', ''],
  ])('refuses a choice that names %s', async (_, roleIndex) => {
    const response = issue({ roles: [addHostileRole(victim.stage.rehearsal, 'Developer', 'Prize')] });
    const asked = exchanges();
    const fields: HostileForm['fields'] = [
      ['SAMLResponse', response],
      ['roleIndex', roleIndex],
    ];
    expect((await attack(response, { fields })).failure?.code).toBe('role-not-in-assertion');
    expect(exchanges()).toBe(asked);
  });

  it.each(Object.keys(wrappings).slice(0, 3))(
    'does not ask AWS about an evil assertion %s',
    async (place) => {
      const readOnly = { ...victimRole, role: iamArn(accounts.development, 'role/AdminReadOnly') };
      const original = xmlOf(issue({ user: 'carol', roles: [readOnly] }));
      const evil = xmlOf(issue({ roles: [victimRole], issuer: victimIssuer }));
      const asked = exchanges();
      const login = await attack(responseOf(wrappings[place]?.(original, evil) ?? ''));
      expect(['assertion-ambiguous', 'assertion-not-saml']).toContain(login.failure?.code);
      expect(exchanges()).toBe(asked);
    },
  );

  it.each([
    [
      'the click() of a button',
      () => {
        for (const button of document.querySelectorAll('button')) button.click();
      },
    ],
    [
      'the requestSubmit() of a form',
      () => {
        for (const form of document.forms) form.requestSubmit();
      },
    ],
  ])('saves and forgets nothing by %s that a script makes', async (_, act) => {
    const { id } = await attack(issue());
    const { popup } = victim;
    await popup.reopen();
    await popup.reads('Profile name');
    await popup.page.evaluate(act);
    expect(await victim.loginsSeenDuring(async () => {})).toEqual([]);
    const login = (await victim.logins()).find((one) => one.id === id);
    expect(login?.sessions).toMatchObject([{ step: 'ready', delivery: { step: 'none' } }]);
  });

  it('gives pages nothing to talk to it with, and does not let them fetch or frame its files', async () => {
    const found = await page.evaluate(
      async (manifest, popup) => {
        const frame = Object.assign(document.createElement('iframe'), { src: popup });
        const end = new Promise((resolve) => {
          frame.onload = resolve;
          frame.onerror = resolve;
        });
        document.body.append(frame);
        await end;
        const isReached = await fetch(manifest).then(
          () => true,
          () => false,
        );
        return {
          api: [typeof Reflect.get(window, 'browser'), typeof Reflect.get(window, 'chrome')],
          isReached,
        };
      },
      firefoxExtensionUrl('manifest.json'),
      firefoxExtensionUrl('src/popup/index.html'),
    );
    expect(found).toEqual({ api: ['undefined', 'undefined'], isReached: false });
    const inner = page.frames().filter((frame) => frame !== page.mainFrame());
    for (const frame of inner) {
      expect(await frame.evaluate(() => document.body?.textContent ?? '').catch(() => '')).not.toContain(
        'Roleferry',
      );
    }
  });
});
