import { fileURLToPath } from 'node:url';
import type { Page, WebWorker } from 'puppeteer';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Login } from '../../src/background/state/login.ts';
import { chromiumExtensionId } from '../../src/core/product.ts';
import { needs } from '../needs.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';
import { soon } from '../soon.ts';
import { some } from '../tries.ts';
import { addHostileRole, type HostileForm, signInAddress, startRedirector, submitForm } from './attacker.ts';
import { manyRoles, padded, responseOf, withComment, withEntity, wrappings, xmlOf } from './forge.ts';
import { codesOf, underAttack } from './under-attack.ts';
import { openVictim, victimIssuer, victimRole } from './victim.ts';

const missing = needs('chromium').missing || needs('certutil').missing;
const intruderDir = fileURLToPath(new URL('./intruder/', import.meta.url));

/** What these tests use of the API that pages of extensions have. */
declare const chrome: {
  runtime: {
    sendMessage(message: unknown): Promise<unknown>;
    sendMessage(id: string, message: unknown, answered: (answer: unknown) => void): void;
    sendNativeMessage(host: string, message: unknown): Promise<unknown>;
    connect(
      id: string,
      options: { name: string },
    ): Record<'onMessage' | 'onDisconnect', { addListener(listener: () => void): void }>;
    lastError: unknown;
  };
  tabs: {
    create(options: { url: string }): Promise<{ id: number }>;
    get(id: number): Promise<{ status: string }>;
  };
  scripting: {
    executeScript(injection: { target: { tabId: number }; func: () => unknown }): Promise<unknown>;
  };
  debugger: { attach(target: { tabId: number }, version: string): Promise<void> };
};

/** What comes of it when a page or an extension talks to the extension `id` as the popup does. */
async function tryMessages(id: string): Promise<{ message: string; port: string }> {
  const message = await new Promise<string>((resolve) => {
    chrome.runtime.sendMessage(id, { type: 'env-vars' }, (answer) =>
      resolve(chrome.runtime.lastError === undefined ? `answered ${JSON.stringify(answer)}` : 'no answer'),
    );
  });
  const port = await new Promise<string>((resolve) => {
    const opened = chrome.runtime.connect(id, { name: 'view' });
    opened.onMessage.addListener(() => resolve('told something'));
    opened.onDisconnect.addListener(() => resolve('closed without a word'));
  });
  return { message, port };
}

const codePoints = (text: string) => [...text].map((one) => one.codePointAt(0)?.toString(16)).join(' ');

/** The credentials file without what differs between credentials of the same people. */
const withoutValues = (text: string) =>
  text.replace(/^(aws_(?:access|secret|session)\w*|x_security_token_expires) = .*/gm, '$1');

/** Characters that are not seen, or that change how others are seen. */
const disguises = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const disguisesIn = (text: string) => codePoints((text.replaceAll('\n', '').match(disguises) ?? []).join(''));

describe.skipIf(missing)('an attack in the browser of someone who has a profile', () => {
  const scene = underAttack(() => openVictim({ otherExtensions: [intruderDir] }));
  const { issue, attack, askedDuring } = scene;
  let intruder: WebWorker;

  beforeAll(async () => {
    const target = await scene.victim.stage.browser.waitForTarget(
      (one) => one.type() === 'service_worker' && !one.url().includes(chromiumExtensionId),
    );
    intruder = (await target.worker()) as WebWorker;
  });

  /** A form with this response alone, as a browser sends it. */
  const formOf = (response: string) => String(new URLSearchParams({ SAMLResponse: response }));

  const hasArrived = (fits: (text: string) => boolean) =>
    scene.victim.stage.rehearsal.waitForRequest(
      ({ path, body, query, status }) => path === '/saml' && status !== undefined && fits(`${query}${body}`),
    );

  /** The victim's own last login. */
  const victimsResponse = () =>
    scene.victim.stage.rehearsal.requests
      .findLast(({ path, headers }) => path === '/saml' && headers.origin === 'https://idp.rehearsal.test')
      ?.form.get('SAMLResponse') ?? '';

  /** The victim logs in once more, which changes nothing but the values in the profile. */
  async function logInAgain() {
    const earlier = scene.before;
    await scene.victim.stage.logIn('alice');
    await scene.victim.delivered(victimsResponse());
    const { credentials, ...others } = await scene.victim.belongings();
    expect(credentials).not.toBe(earlier.credentials);
    expect({ ...others, credentials: withoutValues(credentials) }).toEqual({
      ...earlier,
      credentials: withoutValues(earlier.credentials),
    });
    scene.before = { ...others, credentials };
  }

  describe('with logins of the attacker', () => {
    it.each(
      some([
        ['with nothing of theirs', 'Prize', 'Prize'],
        ["through a provider of the same name as the victim's", 'Prize', 'Rehearsal'],
        ["with the name of the victim's role", 'Developer', 'Prize'],
        ["with the names of the victim's role and provider", 'Developer', 'Rehearsal'],
        ["with the name of the victim's profile", 'dev', 'Prize'],
      ]),
    )('shows a login to another account %s, and writes nothing', async (_, role, provider) => {
      const pair = addHostileRole(scene.victim.stage.rehearsal, role, provider);
      expect(codesOf(await attack(issue({ roles: [pair] })))).toEqual(['ready']);
      const card = await scene.victim.newestCard();
      expect(card).toContain(role);
      expect(card).toContain('9999-8888-7777');
      expect(card).toContain('via prize.rehearsal.test');
      expect(card).not.toContain('Saved');
      await scene.victim.badgeSays('new');
    });

    it("does not suggest the victim's profile for a role of that name", async () => {
      await attack(issue({ roles: [addHostileRole(scene.victim.stage.rehearsal, 'dev', 'Prize')] }));
      await scene.victim.popup.reopen();
      expect(await scene.victim.popup.profileName()).toBe('dev-999988887777');
    });

    it("shows the account of a login that claims the victim's issuer, and writes nothing", async () => {
      const pair = addHostileRole(scene.victim.stage.rehearsal, 'Developer', 'Claimed', victimIssuer);
      expect(codesOf(await attack(issue({ roles: [pair], issuer: victimIssuer })))).toEqual(['ready']);
      expect(await scene.victim.newestCard()).toContain('9999-8888-7777');
    });

    it.each(
      some([
        ['in its own name', 'https://prize.rehearsal.test/metadata'],
        ["in the name of the victim's", victimIssuer],
      ]),
    )(
      "says that AWS refuses the victim's role and provider from the attacker's identity provider, %s",
      async (_, issuer) => {
        const login = await attack(issue({ roles: [victimRole], issuer }));
        expect(codesOf(login)).toEqual(['sts-invalid-token']);
        expect(await scene.victim.newestCard()).toContain('AWS does not accept the assertion');
        await scene.victim.badgeSays('!');
      },
    );

    it("says whose the profile is when the attacker's login is told to go into it", async () => {
      await attack(issue({ roles: [addHostileRole(scene.victim.stage.rehearsal, 'Prize', 'Prize')] }));
      const { popup } = scene.victim;
      await popup.reopen();
      await popup.typeProfileName('dev');
      await popup.press('Save');
      await popup.reads('The profile dev belongs to');
      expect(await popup.text()).toContain('111122223333');
    });
  });

  describe('by the way in which a page posts', () => {
    it('shows a login that a page posts into a new tab', async () => {
      const login = await attack(issue(), { target: '_blank' });
      expect(codesOf(login)).toEqual(['ready']);
      expect(await scene.victim.newestCard()).toContain('9999-8888-7777');
    });

    it('shows a login that a page posts into a window that it has opened', async () => {
      await scene.page.evaluate(() => void window.open('about:blank', 'prize'));
      const login = await attack(issue(), { target: 'prize' });
      expect(codesOf(login)).toEqual(['ready']);
      expect(await scene.victim.newestCard()).toContain('9999-8888-7777');
    });

    it('shows a login that goes to AWS by a detour over a server of the attacker', async () => {
      const redirector = await startRedirector(scene.victim.stage.rehearsal, 'detour.rehearsal.test');
      try {
        const login = await attack(issue(), { action: 'https://detour.rehearsal.test/' });
        expect(codesOf(login)).toEqual(['ready']);
        expect(await scene.victim.newestCard()).toContain('9999-8888-7777');
      } finally {
        redirector.close();
      }
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
      expect(await scene.victim.newestCard()).toContain('9999-8888-7777');
    });

    it('takes the first of several responses in one form, and no other', async () => {
      const first = issue();
      const second = issue({ user: 'alice' });
      const asked = await askedDuring(() =>
        attack(first, {
          fields: [
            ['SAMLResponse', first],
            ['SAMLResponse', second],
          ],
        }),
      );
      expect(asked).toEqual([iamArn(accounts.attacker, 'role/Developer')]);
    });

    it('sees nothing of a form in a frame', async () => {
      const response = issue();
      const seen = await scene.victim.loginsSeenDuring(async () => {
        await scene.page.evaluate(() => {
          document.body.append(Object.assign(document.createElement('iframe'), { name: 'hidden' }));
        });
        await submitForm(scene.page, { fields: [['SAMLResponse', response]], target: 'hidden' });
        await hasArrived((text) => text === formOf(response));
      });
      expect(seen).toEqual([]);
    });

    it("sees nothing of a form that posts itself in another site's frame", async () => {
      const earlier = new Set(scene.victim.stage.rehearsal.requests);
      const seen = await scene.victim.loginsSeenDuring(() =>
        Promise.all([
          scene.page.evaluate(() => {
            const src = 'https://prize.rehearsal.test/';
            document.body.append(Object.assign(document.createElement('iframe'), { src }));
          }),
          scene.victim.stage.rehearsal.waitForRequest(
            (request) =>
              !earlier.has(request) &&
              request.path === '/saml' &&
              request.headers['sec-fetch-dest'] === 'iframe' &&
              request.status !== undefined,
          ),
        ]),
      );
      expect(seen).toEqual([]);
    });

    it('sees nothing of what scripts send: fetch, XMLHttpRequest, a beacon', async () => {
      const seen = await scene.victim.loginsSeenDuring(async () => {
        await scene.page.evaluate(
          async (address, response) => {
            const body = (way: string) => new URLSearchParams({ SAMLResponse: response, way });
            await fetch(address, {
              method: 'POST',
              mode: 'no-cors',
              credentials: 'include',
              body: body('fetch'),
            });
            await new Promise((done) => {
              const request = new XMLHttpRequest();
              request.onloadend = done;
              request.open('POST', address);
              request.send(body('xhr'));
            });
            navigator.sendBeacon(address, body('beacon'));
          },
          signInAddress,
          issue(),
        );
        await Promise.all(
          ['fetch', 'xhr', 'beacon'].map((way) => hasArrived((text) => text.endsWith(`way=${way}`))),
        );
      });
      expect(seen).toEqual([]);
    });

    it('sees nothing of a response in the address, in a GET or beside a POST', async () => {
      const response = issue();
      const query = formOf(response);
      const seen = await scene.victim.loginsSeenDuring(async () => {
        await submitForm(scene.page, { fields: [['SAMLResponse', response]], method: 'get' });
        await hasArrived((text) => text === query);
        scene.page = await scene.openPage();
        await submitForm(scene.page, { fields: [['other', 'x']], action: `${signInAddress}?${query}` });
        await hasArrived((text) => text.endsWith('other=x'));
      });
      expect(seen).toEqual([]);
    });

    it('says that it could not read a POST that is empty, and asks AWS nothing', async () => {
      const asked = await askedDuring(async () => {
        await submitForm(scene.page, { fields: [] });
        await expect
          .poll(async () => (await scene.victim.logins())[0]?.failure?.code, soon)
          .toBe('capture-no-body');
      });
      expect(asked).toEqual([]);
      expect(await scene.victim.newestCard()).toContain('The last login can’t be used');
    });

    it.each(
      some([
        ['begins like the one of AWS', 'signin.aws.amazon.com.rehearsal.test', '/saml'],
        ['has it before an @', 'lottery.rehearsal.test', '/saml', 'signin.aws.amazon.com@'],
        ['has it in its path', 'lottery.rehearsal.test', '/signin.aws.amazon.com/saml'],
        ['is written almost like it', 'signin-aws-amazon-com.rehearsal.test', '/saml'],
      ]),
    )('sees nothing of a POST to a host that %s', async (_, host, path, before = '') => {
      const { idps } = scene.victim.stage.rehearsal.world;
      const [first] = idps;
      if (first !== undefined) idps.push({ ...first, host, users: [], issuer: 'look-alike' });
      try {
        const seen = await scene.victim.loginsSeenDuring(async () => {
          await submitForm(scene.page, {
            fields: [['SAMLResponse', issue()]],
            action: `https://${before}${host}${path}`,
          });
          await scene.victim.stage.rehearsal.waitForRequest(
            (request) => request.host === host && request.path === path && request.status !== undefined,
          );
        });
        expect(seen).toEqual([]);
      } finally {
        idps.pop();
      }
    });
  });

  describe('on which role was chosen', () => {
    const offered = () => [
      addHostileRole(scene.victim.stage.rehearsal, 'Prize', 'Prize'),
      addHostileRole(scene.victim.stage.rehearsal, 'Developer', 'Prize'),
    ];
    const own = iamArn(accounts.attacker, 'role/Developer');

    it.each(
      some([
        ["the victim's", victimRole.role],
        ['the beginning of one that is offered', own.slice(0, -1)],
        ['one that is offered, and more', `${own}X`],
        ['one that is offered, and a path', `${own}/x`],
        ['one that is offered, in other letters', own.toUpperCase()],
        ['one that is offered, and a space', `${own} `],
        ['two that are offered', `${own},${iamArn(accounts.attacker, 'role/Prize')}`],
        ['nothing', ''],
        ['the name of something in every object', '__proto__'],
      ]),
    )('refuses a choice that names %s', async (_, roleIndex) => {
      const response = issue({ roles: offered() });
      const asked = await askedDuring(async () => {
        await attack(response, {
          fields: [
            ['SAMLResponse', response],
            ['roleIndex', roleIndex],
          ],
        });
        await expect
          .poll(async () => (await scene.victim.logins())[0]?.failure?.code, soon)
          .toBe('role-not-in-assertion');
      });
      expect((await scene.victim.logins())[0]?.sessions).toEqual([]);
      expect(asked).toEqual([]);
      const card = await scene.victim.newestCard();
      expect(card).toContain('The last login can’t be used');
      expect(card).toContain('is not in the assertion');
    });
  });

  describe('on how an assertion is read', () => {
    it.each(some(Object.keys(wrappings)))('does not ask AWS about an evil assertion %s', async (place) => {
      const original = xmlOf(
        issue({
          user: 'carol',
          roles: [{ ...victimRole, role: iamArn(accounts.development, 'role/AdminReadOnly') }],
        }),
      );
      const evil = xmlOf(issue({ roles: [victimRole], issuer: victimIssuer }));
      const asked = await askedDuring(async () => {
        const login = await attack(responseOf(wrappings[place]?.(original, evil) ?? ''));
        expect(login.roles).toEqual([]);
        expect(['assertion-ambiguous', 'assertion-not-saml']).toContain(login.failure?.code);
      });
      expect(asked).toEqual([]);
      expect(await scene.victim.newestCard()).toContain('The last login can’t be used');
    });

    it('does not ask AWS about a response with two assertions that were both really signed', async () => {
      const low = xmlOf(issue({ user: 'bob' }));
      const high = xmlOf(issue({ user: 'alice' }));
      const both = low.replace('</samlp:Response>', () => high.replace(/^.*?(?=<saml:Assertion )/s, ''));
      const asked = await askedDuring(() => attack(responseOf(both)));
      expect(asked).toEqual([]);
      expect(await scene.victim.newestCard()).toContain('Do not trust this login');
    });

    it.each(
      some([
        ['Admin', 'ReadOnly'],
        ['Developer', 'Intern'],
      ]),
    )('reads a role over a comment in it: %s<!-- -->%s', async (start, end) => {
      const pair = { ...victimRole, role: iamArn(accounts.development, `role/${start}${end}`) };
      const { roles } = scene.victim.stage.rehearsal.world;
      if (!roles.some(({ arn }) => arn === pair.role)) {
        roles.push({ arn: pair.role, maxSessionDuration: 3600, trusts: [pair.provider] });
      }
      const response = issue({ user: 'bob', roles: [pair], tamper: withComment(start, end) });
      expect(xmlOf(response)).toContain('<!-- -->');
      const asked = await askedDuring(async () => {
        expect(codesOf(await attack(response))).toEqual(['ready']);
      });
      expect(asked).toEqual([pair.role]);
      expect(await scene.victim.newestCard()).toContain(`${start}${end}`);
    });

    it('refuses a response with an entity in it', async () => {
      const asked = await askedDuring(() =>
        attack(issue({ user: 'bob', roles: [victimRole], tamper: withEntity('Developer') })),
      );
      expect(asked).toEqual([]);
      expect(await scene.victim.newestCard()).toContain('DOCTYPE');
    });

    it('says that a response of more than 100,000 characters is too large', async () => {
      const asked = await askedDuring(() => attack(padded(issue(), 100_004)));
      expect(asked).toEqual([]);
      expect(await scene.victim.newestCard()).toContain('has 100004 characters; AWS accepts at most 100,000');
    });

    it('stays at work when a response has a million characters', async () => {
      await attack(padded(issue(), 1_000_000));
      expect(await scene.victim.newestCard()).toContain('has 1000000 characters');
    });

    it('shows six hundred roles to choose from, and asks for none', async () => {
      const asked = await askedDuring(() => attack(manyRoles(600, accounts.attacker)));
      expect(asked).toEqual([]);
      await scene.victim.popup.reopen();
      await scene.victim.popup.reads('Which role?');
      await expect.poll(() => scene.victim.popup.choices(), soon).toBe(600);
    });
  });

  describe("with the victim's own login", () => {
    it('says that AWS refuses an old response that is posted again', async () => {
      const issueInstant = new Date(Date.now() - 10 * 60_000);
      const login = await attack(
        issue({ user: 'alice', issueInstant, notOnOrAfter: new Date(Date.now() - 1) }),
      );
      expect(codesOf(login)).toEqual(['sts-expired']);
      expect(await scene.victim.newestCard()).toContain('AWS says that the login has expired');
    });

    it('does nothing about a response that was posted already', async () => {
      await logInAgain();
      const asked = await askedDuring(async () => {
        expect(await scene.victim.loginsSeenDuring(() => attack(victimsResponse()))).toEqual([]);
      });
      expect(asked).toEqual([]);
      expect((await scene.victim.logins())[1]?.sessions).toMatchObject([
        { step: 'ready', role: { roleArn: victimRole.role } },
      ]);
    });

    it('writes the same role to the same profile once more for the same response in other bytes', async () => {
      await logInAgain();
      const first = scene.before;
      const again = victimsResponse().replace(/.{76}/g, '$&\r\n');
      await attack(again);
      await scene.victim.delivered(again);
      await scene.victim.popup.reopen();
      expect(await scene.victim.popup.text()).toMatch(/Profile\s+dev\s+Developer\s+\d+ min left/);
      scene.before = await scene.victim.belongings();
      expect(scene.before).toEqual({ ...first, credentials: scene.before.credentials });
      expect(withoutValues(scene.before.credentials)).toBe(withoutValues(first.credentials));
      expect(scene.before.credentials).toContain('assumed-role/Developer/alice@rehearsal.test');
    });

    describe("beside a colleague's login with the same role, issuer and provider", () => {
      const byColleague = () => issue({ user: 'alice', roleSessionName: 'colleague@rehearsal.test' });
      const inFile = (name: string) => `assumed-role/Developer/${name}@rehearsal.test`;
      const useName = async () => {
        await scene.victim.popup.reopen();
        await scene.victim.popup.press('Use this name from now on');
        await scene.victim.popup.reads('Saved.');
      };

      it('asks on button and popup, with both names, and leaves the profile as it is', async () => {
        const { victim } = scene;
        const login = await attack(byColleague());
        expect(login.sessions).toMatchObject([
          { delivery: { step: 'failed', failure: { code: 'session-name-changed' } } },
        ]);
        await victim.badgeSays('?');
        const card = await victim.newestCard();
        expect(card).toContain('Is this also you?');
        expect(card).toContain('alice@rehearsal.test');
        expect(card).toContain('colleague@rehearsal.test');
        expect(await victim.belongings()).toEqual(scene.before);
        await logInAgain();
      });

      it('writes it once the victim says that this is the name from now on, and then asks about the old one', async () => {
        const { victim } = scene;
        await attack(byColleague());
        await useName();
        expect((await victim.belongings()).credentials).toContain(inFile('colleague'));
        await victim.stage.logIn('alice');
        await victim.settled(victimsResponse());
        expect((await victim.belongings()).credentials).toContain(inFile('colleague'));
        await useName();
        const { credentials, ...others } = await victim.belongings();
        expect(credentials).toContain(inFile('alice'));
        expect(others).toEqual({ config: scene.before.config, stored: scene.before.stored });
        scene.before = { credentials, ...others };
      });
    });
  });

  describe('on what the user types', () => {
    let login: Login;

    beforeAll(async () => {
      scene.page = await scene.openPage();
      login = await attack(issue());
      await scene.victim.popup.reopen();
    });

    it.each(
      some([
        ['closes the header', 'dev]'],
        ['begins another header', 'x][other'],
        ['has a line break', 'x]\n[other'],
        ['has a carriage return', 'x\raws_access_key_id=AKIA'],
        ['has a line separator', 'x\u2028y'],
        ['has a NUL', 'x\0y'],
        ['has a space', 'profile dev'],
        ['has a tab', 'x\ty'],
        ['begins a comment', '#x'],
        ['has a semicolon', 'x;y'],
        ['has an equals sign', 'x=y'],
        ['has an invisible character', 'de\u200bv'],
        ['is written from right to left', '\u202eved'],
        ['has a letter that looks like another', 'd\u0435v'],
        ['is in wide letters', 'ｄｅｖ'],
        ['is part of every object', '__proto__'],
        ['is too long', 'x'.repeat(129)],
        ['is empty', ''],
      ]),
    )('takes no profile name that %s, in the form or past it', async (_, name) => {
      const { popup } = scene.victim;
      // Typed, a line break would be the Enter key.
      await popup.forceProfileName(name);
      // An input drops line breaks before anyone sees them; what is left may be a name.
      if ((await popup.profileName()) === name) expect(await popup.maySave()).toBe(false);
      else expect(name).toMatch(/[\r\n]/);
      const answer = await popup.page.evaluate(
        (loginId, role, profile) =>
          chrome.runtime.sendMessage({
            type: 'save',
            loginId,
            role,
            profile,
            takeOver: true,
            replace: true,
          }),
        login.id,
        login.roles[0],
        name,
      );
      expect(answer).toMatchObject({ ok: false, failure: { code: 'profile-name-invalid' } });
    });
  });

  describe('on what the user sees', () => {
    const disguised = 'https://evil.test/\u202ehttps://idp.rehearsal.test\u202c\u2066\u200b\u0085\u2028';

    it.each(
      some([
        ['the issuer', { issuer: `${disguised}` }, {}],
        [
          'the status',
          {
            tamper: (xml: string) =>
              xml
                .replace(/<saml:Assertion .*<\/saml:Assertion>/s, '')
                .replace('status:Success', `status:${disguised.replaceAll(':', '')}`),
          },
          {},
        ],
        ['the chosen role', {}, { roleIndex: `arn:aws:iam::999988887777:role/${disguised}` }],
        ['the session name', { roleSessionName: `\u202emallory\u2066` }, {}],
      ]),
    )('shows no character that disguises others in %s', async (_, options, more) => {
      const pair = addHostileRole(scene.victim.stage.rehearsal, 'Prize', 'Prize');
      const response = issue({ roles: [pair], ...options });
      const { popup } = scene.victim;
      await attack(response, { fields: [['SAMLResponse', response], ...Object.entries(more)] });
      const card = await scene.victim.newestCard();
      const shown = await popup.page.evaluate(() => document.body.textContent ?? '');
      const titleNow = async () => String(await popup.page.evaluate('chrome.action.getTitle({})'));
      // What went wrong comes there after it has come into the popup, in the same words.
      const isOfThis = async () => shown.includes((await titleNow()).replace('Roleferry: ', ''));
      if (!card.includes('not saved')) await expect.poll(isOfThis, soon).toBe(true);
      const title = await titleNow();
      expect(disguisesIn(shown)).toBe('');
      expect(disguisesIn(title)).toBe('');
    });

    it('shows the name of the root element and its own words on one page only as text', async () => {
      const xml = '<x\u200d xmlns="&lt;img src=x onerror=alert(1)&gt;"/>';
      await attack(responseOf(xml));
      const { popup } = scene.victim;
      await popup.reopen();
      await popup.reads('The last login can’t be used');
      expect(await popup.page.$('img')).toBeNull();
      expect(disguisesIn(await popup.text())).toBe('');
    });
  });

  describe('on the extension itself', () => {
    const noExtension = 'a'.repeat(32);
    const addressOf = (id: string, path: string) => `chrome-extension://${id}/${path}`;

    it('cannot be told from an extension that does not exist by a page that looks for its files', async () => {
      const probe = (id: string) =>
        scene.page.evaluate(
          async (manifest, icon, popup) => {
            const fate = (element: HTMLElement) =>
              new Promise<string>((resolve) => {
                element.onload = () => resolve('load');
                element.onerror = () => resolve('error');
                document.body.append(element);
              });
            const make = <K extends keyof HTMLElementTagNameMap>(
              tag: K,
              properties: Partial<HTMLElementTagNameMap[K]>,
            ) => fate(Object.assign(document.createElement(tag), properties));
            const frame = document.createElement('iframe');
            frame.src = popup;
            return {
              fetch: await fetch(manifest).then(String, String),
              image: await make('img', { src: icon }),
              script: await make('script', { src: popup }),
              style: await make('link', { rel: 'stylesheet', href: manifest }),
              object: await make('object', { data: popup }),
              frame: [await fate(frame), frame.contentDocument === null, frame.contentWindow?.length],
            };
          },
          addressOf(id, 'manifest.json'),
          addressOf(id, 'icons/16.png'),
          addressOf(id, 'src/popup/index.html'),
        );
      expect(await probe(chromiumExtensionId)).toEqual(await probe(noExtension));
    });

    it('is not framed by a page', async () => {
      await scene.page.evaluate(
        (src) => {
          const frame = Object.assign(document.createElement('iframe'), { src });
          document.body.append(frame);
          return new Promise((done) => {
            frame.onload = done;
            frame.onerror = done;
          });
        },
        addressOf(chromiumExtensionId, 'src/popup/index.html'),
      );
      const texts = await Promise.all(
        scene.page
          .frames()
          .filter((frame) => frame !== scene.page.mainFrame())
          .map((frame) => frame.evaluate(() => document.body.textContent ?? '')),
      );
      expect(texts).toHaveLength(1);
      expect(texts.join('')).not.toContain('Roleferry');
    });

    it('does not open its popup for a page, in a window or by a form', async () => {
      const address = addressOf(chromiumExtensionId, 'src/popup/index.html');
      await scene.page.evaluate((url) => void window.open(url), address);
      await submitForm(scene.page, { fields: [], action: address, target: '_blank' });
      await submitForm(scene.page, { fields: [], action: address, method: 'get', target: '_blank' });
      const hasSettled = async () =>
        (await scene.victim.stage.browser.pages()).filter((one) => /^(chrome-error|about):/.test(one.url()))
          .length;
      await expect.poll(hasSettled, soon).toBeGreaterThanOrEqual(3);
      // Pages begin as about:blank: when one that was opened after them is there, they have had their chance.
      await scene.victim.visit('fence.rehearsal.test');
      const pages = await scene.victim.stage.browser.pages();
      expect(pages.filter((one) => one.url().startsWith('chrome-extension:'))).toEqual([
        scene.victim.popup.page,
      ]);
    });

    it('does not answer a page that sends it messages', async () => {
      const answers = await scene.page.evaluate(tryMessages, chromiumExtensionId);
      expect(answers).toEqual({ message: 'no answer', port: 'closed without a word' });
    });

    it('does not answer another extension that sends it messages', async () => {
      const answers = await intruder.evaluate(tryMessages, chromiumExtensionId);
      expect(answers).toEqual({ message: 'no answer', port: 'closed without a word' });
    });

    it('is not framed, scripted or debugged by another extension', async () => {
      const { id } = await intruder.evaluate(
        (address) => chrome.tabs.create({ url: address }),
        addressOf(chromiumExtensionId, 'src/popup/index.html'),
      );
      // A tab in which nothing is yet is refused too.
      await expect
        .poll(async () => (await intruder.evaluate((tab) => chrome.tabs.get(tab), id)).status, soon)
        .toBe('complete');
      const tried = await intruder.evaluate(async (tabId) => {
        const outcome = (promise: Promise<unknown>) =>
          promise.then(
            () => 'done',
            () => 'refused',
          );
        const target = { tabId };
        return {
          script: await outcome(
            chrome.scripting.executeScript({ target, func: () => document.body.textContent }),
          ),
          debug: await outcome(chrome.debugger.attach(target, '1.3')),
        };
      }, id);
      expect(tried).toEqual({ script: 'refused', debug: 'refused' });
      const theirs = await scene.victim.stage.browser.newPage();
      await theirs.goto(new URL('page.html', intruder.url()).href);
      await theirs.evaluate(
        (src) => {
          const frame = Object.assign(document.createElement('iframe'), { src });
          document.body.append(frame);
          return new Promise((done) => {
            frame.onload = done;
          });
        },
        addressOf(chromiumExtensionId, 'src/popup/index.html'),
      );
      const framed = theirs.frames().find((frame) => frame !== theirs.mainFrame());
      expect(await framed?.evaluate(() => document.body.textContent)).not.toContain('Roleferry');
    });

    it('has a native host that another extension cannot reach', async () => {
      const end = await intruder.evaluate(async () => {
        return chrome.runtime
          .sendNativeMessage('roleferry', { version: 1, id: 1, type: 'list-profiles' })
          .then(() => 'answered', String);
      });
      expect(end).toContain('forbidden');
    });
  });

  describe('with clicks of its own', () => {
    const buttons = {
      'the click() of a button': () => {
        for (const button of document.querySelectorAll('button')) button.click();
      },
      'a made-up mouse event': () => {
        for (const button of document.querySelectorAll('button')) {
          for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
            button.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, composed: true }));
          }
        }
      },
      'a made-up key': () => {
        for (const element of document.querySelectorAll('button, input')) {
          for (const type of ['keydown', 'keypress', 'keyup']) {
            for (const held of [{}, { shiftKey: true }, { ctrlKey: true }, { altKey: true }]) {
              const key = { key: 'Enter', bubbles: true, cancelable: true, ...held };
              element.dispatchEvent(new KeyboardEvent(type, key));
            }
          }
        }
      },
    };

    const forms = {
      'the requestSubmit() of a form': () => {
        for (const form of document.forms) form.requestSubmit();
        for (const form of document.forms) form.requestSubmit(form.querySelector('button[type=submit]'));
      },
      'a made-up submit event': () => {
        for (const form of document.forms) {
          form.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true }));
        }
      },
    };

    it.each(some(Object.entries({ ...buttons, ...forms })))(
      'saves, copies and forgets nothing by %s that a script makes',
      async (_, act) => {
        const { id } = await attack(issue());
        const { popup } = scene.victim;
        await popup.reopen();
        await popup.reads('Profile name');
        await popup.page.evaluate(act);
        expect(await scene.victim.loginsSeenDuring(async () => {})).toEqual([]);
        expect(await scene.victim.belongings()).toEqual(scene.before);
        const login = (await scene.victim.logins()).find((one) => one.id === id);
        expect(login?.sessions).toMatchObject([{ step: 'ready', delivery: { step: 'none' } }]);
        expect(await popup.text()).not.toContain('Copied');
      },
    );

    it.each(some(Object.entries(buttons)))('chooses no role by %s that a script makes', async (_, act) => {
      const { id } = await attack(issue({ user: 'bob' }));
      await scene.victim.popup.reopen();
      await scene.victim.popup.reads('Which role?');
      const asked = await askedDuring(async () => {
        await scene.victim.popup.page.evaluate(act);
        expect(await scene.victim.loginsSeenDuring(async () => {})).toEqual([]);
      });
      expect(asked).toEqual([]);
      expect((await scene.victim.logins()).find((login) => login.id === id)?.sessions).toEqual([]);
    });

    it("saves nothing at a click that was meant for the victim's login, when another takes its place", async () => {
      const { popup } = scene.victim;
      await scene.victim.stage.logIn('bob', { roleArn: iamArn(accounts.development, 'role/Admin') });
      await popup.reopen();
      await popup.reads('Profile name');
      // However slow the machine is: the click comes in the moment of the change.
      await popup.page.evaluate(() => {
        const now = Date.now();
        Date.now = () => now;
      });
      await attack(issue());
      // Of others from this account the popup tells already.
      await expect.poll(() => popup.newestCard(), soon).toMatch(/9999-8888-7777.*Profile name/s);
      // The line above may be longer now, and the button lower.
      const { x, y } = await popup.saveButtonAt();
      await popup.page.mouse.click(x, y);
      await popup.reads('nothing was saved');
      expect(await scene.victim.belongings()).toEqual(scene.before);
    });
  });

  // Last, for they leave no place for logins that hold nothing.
  describe('with login after login', () => {
    /** More than the extension keeps. */
    const many = 32;
    const admin = iamArn(accounts.development, 'role/Admin');

    async function flood(make: (i: number) => string) {
      const [tab] = await Promise.all([
        new Promise<Page | null>((resolve) => scene.page.once('popup', resolve)),
        scene.page.evaluate(() => void window.open('about:blank', 'flood')),
      ]);
      let last = '';
      for (let i = 0; i < many; i += 1) {
        last = make(i);
        const fields: HostileForm['fields'] = [['SAMLResponse', last]];
        // What is sent while the window changes to another site's page is lost, in any browser.
        await Promise.all([tab?.waitForNavigation(), submitForm(scene.page, { fields, target: 'flood' })]);
      }
      await scene.victim.settled(last);
      await scene.victim.allSettled();
    }

    it.each(
      some<[string, (i: number) => string]>([
        ['that nobody can read', (i) => Buffer.from(`nothing ${i}`).toString('base64')],
        [
          'each to another role of theirs',
          (i) => issue({ roles: [addHostileRole(scene.victim.stage.rehearsal, `Prize${i}`, 'Prize')] }),
        ],
        ['each with many roles to choose from', (i) => manyRoles(100 + i, accounts.attacker)],
      ]),
    )(
      "pushes out none of the victim's credentials, and keeps no login from its profile, with logins %s",
      async (_, make) => {
        await scene.victim.stage.logIn('bob', { roleArn: admin });
        // Before the choice on AWS's page was seen, nothing of it is under way either.
        await expect
          .poll(async () => codesOf(await scene.victim.settled(victimsResponse())), soon)
          .toEqual(['ready']);
        await flood(make);
        expect(await scene.victim.belongings()).toEqual(scene.before);
        await scene.victim.popup.reopen();
        await scene.victim.popup.offersToCopy('Admin', accounts.development);
        const held = (await scene.victim.logins())
          .flatMap(({ sessions }) => sessions)
          .find(({ role }) => role.roleArn === admin);
        expect(held).toMatchObject({ credentials: { accessKeyId: expect.stringMatching(/^ASIA/) } });

        await logInAgain();
      },
    );
  });
});
