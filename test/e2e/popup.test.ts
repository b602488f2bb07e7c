import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { accounts, iamArn, userNamed } from '../rehearsal/world.ts';
import { longNames } from '../screenshots/a-view.ts';
import { layoutFaults } from '../screenshots/layout-faults.ts';
import { manyOffered, popupScreens } from '../screenshots/popup.ts';
import { showScreen } from '../screenshots/show-screen.ts';
import { soon } from '../soon.ts';
import { openExtensionPage } from './extension-page.ts';
import { tabTo } from './keyboard.ts';
import { openStage, type Stage } from './stage.ts';

const missing = needs('chromium').missing || needs('certutil').missing;

describe.skipIf(missing)('the popup, in a real browser', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage();
  });

  afterAll(() => stage?.close());

  const screenNamed = (name: string) => {
    const screen = popupScreens.find((one) => one.name === name);
    if (screen === undefined) throw new Error(`There is no screen ${name}.`);
    return screen;
  };

  it('written from right to left puts the colour of an account on the right', async () => {
    const page = await showScreen(stage.browser, screenNamed('popup-at-work'), { colours: 'light' });
    await page.evaluate(() => {
      document.documentElement.dir = 'rtl';
    });
    const border = await page.$eval('.entry.red', (entry) => getComputedStyle(entry).borderRightWidth);
    expect(border).toBe('4px');
    expect(await layoutFaults(page)).toEqual([]);
    await page.close();
  });

  it('shows a profile in one line, its name first, below the name of its account', async () => {
    const page = await showScreen(stage.browser, screenNamed('popup-crowded'), { colours: 'light' });
    // The rest of the list follows the first paint.
    await page.waitForFunction((row) => document.querySelectorAll(row).length > 20, {}, '.entry-head');
    const rows = await page.$$eval('.entry-head', (heads) =>
      heads.map((head) => ({
        height: head.getBoundingClientRect().height,
        text: head.textContent.replaceAll(/\s+/g, ' '),
      })),
    );
    expect(rows.length).toBeGreaterThan(20);
    expect(Math.max(...rows.map(({ height }) => height))).toBeLessThanOrEqual(38);
    expect(rows[0]?.text).toMatch(/^Profile team-0 Team0/);
    expect(await page.$$eval('.group h2', (names) => names.map((name) => name.textContent))).toEqual([
      'Shop live 1111-2222-3333',
      'Shop staging 4444-5555-6666',
      'Playground 7777-8888-9999',
      'Account 1234-1234-1234',
    ]);
    await page.close();
  });

  it('shortens a long name in its line, which opens to show all of it', async () => {
    const page = await showScreen(
      stage.browser,
      { ...screenNamed('popup-long-names'), act: async () => {} },
      { colours: 'light' },
    );
    const title = await page.waitForSelector('.entry-title');
    const shown = () =>
      title?.evaluate((one) => {
        const name = one.querySelector('code');
        return {
          height: one.parentElement?.clientHeight ?? 0,
          isWhole: name !== null && name.scrollWidth <= name.clientWidth,
          says: one.querySelector('.entry-name')?.getAttribute('title'),
        };
      });
    expect(await shown()).toMatchObject({
      isWhole: false,
      says: `${longNames.profile} · ${longNames.role}`,
    });
    expect((await shown())?.height).toBeLessThanOrEqual(38);
    await title?.click();
    expect((await shown())?.height).toBeGreaterThan(38);
    await page.close();
  });

  it('shows sixty profiles of forty accounts in rows of one line, on less than six and a half screens', async () => {
    const page = await showScreen(stage.browser, screenNamed('popup-sixty'), { colours: 'light' });
    await page.waitForFunction(() => document.querySelectorAll('.entry').length === 60);
    const heights = await page.$$eval('.entry-head', (heads) =>
      heads.map(({ clientHeight }) => clientHeight),
    );
    expect(Math.max(...heights)).toBeLessThanOrEqual(38);
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(3700);
    await page.close();
  });

  it('has the command that takes a line of the config file back to copy', async () => {
    const page = await showScreen(stage.browser, screenNamed('popup-commands'), { colours: 'light' });
    await page.locator('.left-profile .command button').click();
    await page.waitForSelector('::-p-text(Copied)');
    expect(await stage.clipboard()).toBe(
      "node '/home/jo/my tools/roleferry/dist/node/roleferry.cjs' configure-process staging-old --undo",
    );
    await page.close();
  });

  it('shows in red what is wrong with a field', async () => {
    const colourIn = async (name: string) => {
      const page = await showScreen(stage.browser, screenNamed(name), { colours: 'light' });
      const hint = await page.waitForSelector('.hint.warning:not(:empty)');
      const colour = await hint?.evaluate((element) => getComputedStyle(element).color);
      await page.close();
      return colour;
    };
    const red = 'rgb(163, 22, 22)';
    expect(await colourIn('popup-name-wrong')).toBe(red);
    expect(await colourIn('popup-lesser-json-wrong')).toBe(red);
  });

  it('has the answers to a question right below it, and the command of its other half after them', async () => {
    const page = await showScreen(stage.browser, screenNamed('popup-commands'), { colours: 'light' });
    const [question, answers] = await page.$$eval('.left-profile > *', (all) =>
      all.map(({ textContent }) => textContent),
    );
    expect(question).toContain('Remove it?');
    expect(answers).toBe('Remove staging-oldKeep it');
    await page.close();
  });

  it('shows a link that has a form of its own in lines that end between its words', async () => {
    const page = await showScreen(stage.browser, screenNamed('popup-link-offer-form'), { colours: 'light' });
    const text = await page.$eval('.link-offer code', (code) => code.textContent);
    const lines = await page.$eval('.link-offer code', (code) => {
      const found: string[] = [];
      let top = Number.NaN;
      const nodes = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
      for (let node = nodes.nextNode(); node !== null; node = nodes.nextNode()) {
        for (const [index, character] of [...(node.textContent ?? '')].entries()) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + 1);
          const { bottom } = range.getBoundingClientRect();
          if (bottom !== top) found.push('');
          top = bottom;
          found.push(`${found.pop()}${character}`);
        }
      }
      return found;
    });
    expect(lines.join('')).toBe(text);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.slice(0, -1).filter((line) => !/[/?&]$/.test(line))).toEqual([]);
    await page.close();
  });

  it('lists all of 200 roles by itself once the first ones are on the screen', async () => {
    const page = await showScreen(
      stage.browser,
      { ...screenNamed('popup-choice-many'), act: async () => {} },
      { colours: 'light' },
    );
    await page.waitForFunction(
      (all) => document.querySelectorAll('.choices > li').length === all,
      {},
      manyOffered.length,
    );
    await page.close();
  });

  it('says which name keeps profiles for all roles from being made, and why', async () => {
    const act = async (page: Page) => {
      await page.locator('.choices li:nth-child(4) label input').click();
      await page.locator('.choices [role=combobox]').fill('-ops');
      await page.locator('.picker-head button').click();
    };
    const page = await showScreen(
      stage.browser,
      { ...screenNamed('popup-choice'), act },
      { colours: 'light' },
    );
    const why = await page.$eval('.picker > .warning', ({ textContent }) => textContent);
    expect(why).toMatch(/^-ops: This profile name cannot be used: a command line would take its -/);
    expect(await page.$eval('.picker-foot .main', (button) => (button as HTMLButtonElement).disabled)).toBe(
      true,
    );
    await page.close();
  });

  it('finds some of 200 roles and ticks all of them, each in the very next frame', async () => {
    const page = await showScreen(
      stage.browser,
      { ...screenNamed('popup-choice-many'), act: async () => {} },
      { colours: 'light' },
    );
    expect(await layoutFaults(page)).toEqual([]);
    const seen = await page.evaluate(async () => {
      const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      const numberOf = (selector: string) => document.querySelectorAll(selector).length;
      /** How many roles are listed, and have a field for a name, when what follows `act` is shown first. */
      const after = async (act: () => void) => {
        act();
        await painted();
        return { listed: numberOf('.choices > li'), ticked: numberOf('.choices [role=combobox]') };
      };
      const type = (value: string) => () => {
        const input = document.querySelector('.search input') as HTMLInputElement;
        input.value = value;
        input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      };
      const tickAll = () => (document.querySelector('.tick-all input') as HTMLInputElement).click();
      return [
        await after(type('team4')),
        await after(type('team49-readonly')),
        await after(type('')),
        await after(tickAll),
        await after(tickAll),
      ];
    });
    const all = manyOffered.length;
    const found = (words: string) =>
      manyOffered.filter(({ roleName }) => roleName.toLowerCase().includes(words)).length;
    expect(seen).toEqual([
      { listed: found('team4'), ticked: 0 },
      { listed: found('team49-readonly'), ticked: 0 },
      { listed: all, ticked: 0 },
      { listed: all, ticked: all },
      { listed: all, ticked: 0 },
    ]);
    await page.close();
  });

  it('is worked by keys alone: completing a name, saving, copying, opening and forgetting', async () => {
    await stage.logIn('alice');
    const popup = await stage.openPopup();
    await popup.reads('Profile name');
    const { keyboard } = popup.page;
    await tabTo(popup.page, 'Profile name');
    await keyboard.down('Control');
    await keyboard.press('a');
    await keyboard.up('Control');
    await keyboard.type('keys');
    await keyboard.press('Enter');
    await popup.reads('Saved.');
    await expect.poll(() => stage.credentialsFile(), soon).toContain('[keys]');
    await tabTo(popup.page, 'Copy as env vars');
    await keyboard.press('Enter');
    await popup.reads('Copied');
    expect(await stage.clipboard()).toContain('AWS_ACCESS_KEY_ID');
    await tabTo(popup.page, 'Forget');
    await keyboard.press('Enter');
    await expect.poll(() => stage.credentialsFile(), soon).not.toContain('[keys]');
    await popup.close();
  });

  it('forgets credentials, not whose the profile is: that is taken back on its own', async () => {
    const popup = await stage.openPopup();
    const openEntry = () => popup.page.locator('.entry-title[aria-expanded="false"]').click();
    await popup.reads('Not logged in');
    await stage.logIn('alice');
    await expect.poll(() => stage.credentialsFile(), soon).toContain('[keys]');
    await popup.reads('left');
    await openEntry();
    expect(await popup.text()).not.toContain('The next login with this role is saved to keys again');
    await popup.press('What does this do?');
    await popup.reads('The next login with this role is saved to keys again');
    await popup.press('Forget');
    await popup.reads('Not logged in');
    await expect.poll(() => stage.credentialsFile(), soon).not.toContain('[keys]');
    await openEntry();
    await popup.press('Stop updating this profile');
    await popup.readsNoMore('Not logged in');
    await stage.logIn('alice');
    await popup.reads('not saved');
    expect(await stage.credentialsFile()).not.toContain('[keys]');
    await popup.close();
  });

  it('saves several roles of one login at once, each under its own name', async () => {
    await stage.logIn('bob');
    const popup = await stage.openPopup();
    await popup.reads('Which role?');
    for (const role of ['Admin', 'AdminReadOnly']) {
      await popup.page
        .locator(`.choices label[title="${iamArn(accounts.development, `role/${role}`)}"]`)
        .click();
    }
    await popup.press('Save 2 profiles');
    await popup.reads('Saved: 2 of 2');
    const file = await stage.credentialsFile();
    expect(file).toContain('[admin]');
    expect(file).toContain('[adminreadonly]');
    await popup.close();
  });

  it('has a starred profile on top, and the focus stays on its star', async () => {
    const popup = await stage.openPopup();
    await popup.reads('left');
    const rows = () => popup.page.$$eval('.entry-title code', (names) => names.map((one) => one.textContent));
    const last = (await rows()).at(-1);
    expect(last).toBe('adminreadonly');
    await popup.page.bringToFront();
    await popup.page.keyboard.press('ArrowUp');
    await popup.page.keyboard.down('Shift');
    await popup.page.keyboard.press('Tab');
    await popup.page.keyboard.up('Shift');
    await popup.page.keyboard.press('Space');
    await popup.reads('Favourites');
    expect((await rows())[0]).toBe(last);
    await popup.page.keyboard.press('Space');
    await popup.readsNoMore('Favourites');
    expect((await rows()).at(-1)).toBe(last);
    await popup.close();
  });

  it('names twelve roles of six accounts by a rule that can be changed, and keeps that', async () => {
    const { world } = stage.rehearsal;
    const [known] = world.providers;
    const numbers = Array.from({ length: 6 }, (_, index) => String(500_000_000_000 + index));
    const roles = numbers.flatMap((account) => {
      const provider = iamArn(account, 'saml-provider/Rehearsal');
      if (known) world.providers.push({ ...known, arn: provider });
      return ['Admin', 'ReadOnly'].map((name) => ({ role: iamArn(account, `role/${name}`), provider }));
    });
    for (const { role, provider } of roles) {
      world.roles.push({ arn: role, maxSessionDuration: 3600, trusts: [provider] });
    }
    userNamed(world, 'dave').user.roles = roles;
    await stage.logIn('dave');
    const popup = await stage.openPopup();
    await popup.reads('Which role?');
    await popup.page.locator('.tick-all input').click();
    const rule = popup.page.locator('::-p-aria(Name pattern)');
    expect(await rule.map((field) => (field as HTMLInputElement).value).wait()).toBe('{role}-{accountName}');
    await rule.fill('{role}');
    await popup.reads('This name is used twice.');
    expect(await popup.page.$eval('.picker .main', (button) => (button as HTMLButtonElement).disabled)).toBe(
      true,
    );
    await rule.fill('{account}.{role}');
    await popup.press('Save 12 profiles');
    await popup.reads('Saved: 12 of 12');
    const file = await stage.credentialsFile();
    for (const account of numbers) {
      expect(file).toContain(`[${account}.admin]`);
      expect(file).toContain(`[${account}.readonly]`);
    }
    const extension = await openExtensionPage(stage);
    expect((await extension.view()).settings.profileNameTemplate).toBe('{account}.{role}');
    await extension.ask({ type: 'change-settings', settings: { profileNameTemplate: '{role}' } });
    await popup.close();
  });

  it('keeps an open line open, and what was typed in it with it, when a search moves other lines to its place', async () => {
    const page = await showScreen(stage.browser, screenNamed('popup-crowded'), { colours: 'light' });
    await page.bringToFront();
    await page.keyboard.type('team-17');
    await page.locator('.entry-title').click();
    await page.locator('.entry .profile-name input').fill('draft');
    await page.focus('.search input');
    await page.keyboard.press('End');
    await page.keyboard.press('Backspace');
    await page.waitForFunction("document.querySelectorAll('.entry').length === 11");
    const open = () =>
      page.$$eval('.entry:has(.entry-body)', (lines) =>
        lines.map((line) => [
          line.querySelector('.entry-title')?.textContent?.includes('team-17'),
          line.querySelector('input')?.value,
        ]),
      );
    expect(await open()).toEqual([[true, 'draft']]);
    await page.keyboard.type('3');
    await page.waitForFunction("document.querySelectorAll('.entry').length === 1");
    expect(await open()).toEqual([]);
    await page.close();
  });

  it('finds and copies without the mouse, and copies AWS_PROFILE for who wants that', async () => {
    const page = await showScreen(stage.browser, screenNamed('popup-crowded'), { colours: 'light' });
    await page.bringToFront();
    await page.keyboard.type('team-1');
    expect(await page.$$eval('.entry', (lines) => lines.length)).toBe(11);
    await page.keyboard.type('7');
    expect(await page.$$eval('.entry', (lines) => lines.length)).toBe(1);
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toContain('team-17');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toContain('team-13');
    await page.close();

    const popup = await stage.openPopup();
    await popup.reads('left');
    await popup.page.bringToFront();
    await popup.page.keyboard.press('ArrowDown');
    await popup.page.keyboard.press('Enter');
    await popup.reads('Copied');
    expect(await stage.clipboard()).toContain('AWS_ACCESS_KEY_ID');
    await popup.page.bringToFront();
    await popup.page.keyboard.type('500000000000.admin');
    await popup.page.locator('.entry-title').click();
    await popup.choose('What to copy', 'profile');
    await popup.press('Copy AWS_PROFILE');
    await popup.reads('Copied');
    expect(await stage.clipboard()).toBe("export AWS_PROFILE='500000000000.admin'\n");
    await popup.close();
  });
});
