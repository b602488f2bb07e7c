import { describe, expect, it } from 'vitest';
import { addHostileRole, type HostileForm, signInAddress, submitForm } from '../e2e/attacker.ts';
import { responseOf, wrappings, xmlOf } from '../e2e/forge.ts';
import { codesOf, underAttack } from '../e2e/under-attack.ts';
import { makeVictim, victimIssuer, victimRole } from '../e2e/victim.ts';
import { needs } from '../needs.ts';
import { firefoxExtensionUrl } from '../rehearsal/firefox.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';
import { soon } from '../soon.ts';
import { openFirefoxStage } from './stage.ts';

const missing = needs('firefox').missing || needs('certutil').missing;

/** Those of the attacks in test/e2e/attacks.test.ts that meet the browser; the others meet the same code here. */
describe.skipIf(missing)('an attack in the Firefox of someone who has a profile', () => {
  const scene = underAttack(async () => makeVictim(await openFirefoxStage()));
  const { issue, attack, askedDuring } = scene;

  it.each([
    ['with nothing of theirs', 'Prize', 'Prize'],
    ["with the names of the victim's role and provider", 'Developer', 'Rehearsal'],
  ])('shows a login to another account %s, and writes nothing', async (_, role, provider) => {
    const pair = addHostileRole(scene.victim.stage.rehearsal, role, provider);
    expect(codesOf(await attack(issue({ roles: [pair] })))).toEqual(['ready']);
    const card = await scene.victim.newestCard();
    expect(card).toContain('9999-8888-7777');
    expect(card).toContain('via prize.rehearsal.test');
    await scene.victim.badgeSays('new');
  });

  it("says that AWS refuses the victim's role and provider from another identity provider", async () => {
    const login = await attack(issue({ roles: [victimRole], issuer: victimIssuer }));
    expect(codesOf(login)).toEqual(['sts-invalid-token']);
    await scene.victim.badgeSays('!');
  });

  it.each(['multipart/form-data', 'text/plain'])('shows a login that is posted as %s', async (enctype) => {
    // Logins before this one were with the same role.
    const [earlier] = await scene.victim.logins();
    await submitForm(scene.page, { fields: [['SAMLResponse', issue()]], enctype });
    await expect
      .poll(async () => (await scene.victim.logins())[0], soon)
      .toMatchObject({
        id: expect.not.stringContaining(earlier?.id ?? ''),
        sessions: [{ step: 'ready', role: { roleArn: iamArn(accounts.attacker, 'role/Developer') } }],
      });
  });

  it('sees nothing of a form in a frame', async () => {
    const seen = await scene.victim.loginsSeenDuring(async () => {
      await scene.page.evaluate(() => {
        document.body.append(Object.assign(document.createElement('iframe'), { name: 'inner' }));
      });
      await submitForm(scene.page, { fields: [['SAMLResponse', issue()]], target: 'inner' });
      await scene.victim.stage.rehearsal.waitForRequest(
        ({ path, headers, status }) =>
          path === '/saml' && headers['sec-fetch-dest'] === 'iframe' && status !== undefined,
      );
    });
    expect(seen).toEqual([]);
  });

  it('sees nothing of what scripts send, nor of a response in the address', async () => {
    const response = issue();
    const arrived = (way: string) =>
      scene.victim.stage.rehearsal.waitForRequest(
        ({ path, body, query, status }) =>
          path === '/saml' && status !== undefined && `${query}${body}`.includes(`way=${way}`),
      );
    const seen = await scene.victim.loginsSeenDuring(async () => {
      await scene.page.evaluate(
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
      await submitForm(scene.page, { fields, method: 'get' });
      await arrived('get');
    });
    expect(seen).toEqual([]);
  });

  it('sees nothing of a POST to a host that only looks like that of AWS', async () => {
    const host = 'signin.aws.amazon.com.rehearsal.test';
    const { idps } = scene.victim.stage.rehearsal.world;
    const [first] = idps;
    if (first !== undefined) idps.push({ ...first, host, users: [], issuer: 'look-alike' });
    try {
      const seen = await scene.victim.loginsSeenDuring(async () => {
        await submitForm(scene.page, { fields: [['SAMLResponse', issue()]], action: `https://${host}/saml` });
        await scene.victim.stage.rehearsal.waitForRequest(
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
    const response = issue({ roles: [addHostileRole(scene.victim.stage.rehearsal, 'Developer', 'Prize')] });
    const fields: HostileForm['fields'] = [
      ['SAMLResponse', response],
      ['roleIndex', roleIndex],
    ];
    const asked = await askedDuring(async () => {
      expect((await attack(response, { fields })).failure?.code).toBe('role-not-in-assertion');
    });
    expect(asked).toEqual([]);
  });

  it.each(Object.keys(wrappings).slice(0, 3))(
    'does not ask AWS about an evil assertion %s',
    async (place) => {
      const readOnly = { ...victimRole, role: iamArn(accounts.development, 'role/AdminReadOnly') };
      const original = xmlOf(issue({ user: 'carol', roles: [readOnly] }));
      const evil = xmlOf(issue({ roles: [victimRole], issuer: victimIssuer }));
      const asked = await askedDuring(async () => {
        const login = await attack(responseOf(wrappings[place]?.(original, evil) ?? ''));
        expect(['assertion-ambiguous', 'assertion-not-saml']).toContain(login.failure?.code);
      });
      expect(asked).toEqual([]);
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
    const { popup } = scene.victim;
    await popup.reopen();
    await popup.reads('Profile name');
    await popup.page.evaluate(act);
    expect(await scene.victim.loginsSeenDuring(async () => {})).toEqual([]);
    const login = (await scene.victim.logins()).find((one) => one.id === id);
    expect(login?.sessions).toMatchObject([{ step: 'ready', delivery: { step: 'none' } }]);
  });

  it('gives pages nothing to talk to it with, and does not let them fetch or frame its files', async () => {
    const found = await scene.page.evaluate(
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
    const inner = scene.page.frames().filter((frame) => frame !== scene.page.mainFrame());
    for (const frame of inner) {
      expect(await frame.evaluate(() => document.body?.textContent ?? '').catch(() => '')).not.toContain(
        'Roleferry',
      );
    }
  });
});
