import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElementHandle } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { optionsScreens } from '../screenshots/options.ts';
import { showScreen } from '../screenshots/show-screen.ts';
import { soon } from '../soon.ts';
import { openStage, type Popup, type Stage, savedAs } from './stage.ts';

const missing = needs('chromium').missing || needs('certutil').missing;

describe.skipIf(missing)('options, in a real browser', () => {
  let stage: Stage;
  let options: Popup;

  beforeAll(async () => {
    stage = await openStage();
    await stage.logIn('alice');
    const popup = await stage.openPopup();
    await savedAs(popup, 'dev');
    await popup.close();
    options = await stage.openPopup('options');
  });

  afterAll(() => stage?.close());

  const goTo = async (section: string) => {
    await options.page.bringToFront();
    await options.page.locator(`::-p-aria([name="${section}"][role="link"])`).click();
    await options.page.waitForFunction(
      (name) => document.querySelector('h2')?.textContent === name,
      {},
      section,
    );
  };

  const field = (label: string) =>
    options.page.waitForSelector(`::-p-aria([name="${label}"])`) as Promise<ElementHandle<HTMLInputElement>>;

  /** As a person does it: what a script puts into a field is not taken over. */
  const type = async (label: string, value: string) => {
    await options.page.bringToFront();
    const input = await field(label);
    await input.click({ count: 3 });
    await options.page.keyboard.press('Backspace');
    await input.type(value);
    await options.page.keyboard.press('Enter');
  };

  /** By the keyboard: a menu opens outside the page. */
  const choose = async (label: string, choice: string) => {
    await options.page.bringToFront();
    const menu = await field(label);
    await menu.focus();
    await options.page.keyboard.type(choice);
    await expect
      .poll(() => menu.evaluate((element) => element.querySelector('option:checked')?.textContent), soon)
      .toBe(choice);
  };

  /** Whether what is called so has the focus. */
  const focused = (name: string) =>
    options.page.evaluate((of) => {
      const element = document.activeElement;
      return [element?.getAttribute('aria-label'), element?.textContent].includes(of);
    }, name);

  const inPopup = async (act: (popup: Popup) => Promise<void>) => {
    const popup = await stage.openPopup();
    await act(popup);
    await popup.close();
  };

  const screenNamed = (name: string) => {
    const screen = optionsScreens.find((one) => one.name === name);
    if (screen === undefined) throw new Error(`There is no screen ${name}.`);
    return screen;
  };

  it('rename a binding: the next login goes to the new name', async () => {
    await goTo('Profiles');
    await options.reads('1111-2222-3333');
    await options.typeProfileName('work');
    await options.reads('Remove dev from the credentials file once work is saved');
    await options.press('Rename dev');
    await options.reads('Saved');
    await expect.poll(() => options.profileName(), soon).toBe('work');
    await expect.poll(() => focused('Profile name'), soon).toBe(true);
    await expect.poll(() => stage.credentialsFile(), soon).not.toContain('[dev]');
    expect(await stage.credentialsFile()).toContain('[work]');
    await stage.logIn('alice');
    await expect.poll(() => stage.credentialsFile(), soon).toContain('[work]');
  });

  it('rename another way: the old profile stays in the file, and is asked about until it is removed', async () => {
    await inPopup(async (popup) => {
      await popup.page.locator('.entry-title[aria-expanded="false"]').click();
      await popup.typeProfileName('office');
      await popup.press('Save');
      await popup.reads('work is still in your credentials file, valid until');
    });
    await options.reads('work is still in your credentials file, valid until');
    await options.press('Remove work');
    await options.readsNoMore('work is still in your credentials file');
    const file = await stage.credentialsFile();
    expect([file.includes('[work]'), file.includes('[office]')]).toEqual([false, true]);
    await inPopup(async (popup) => {
      await popup.page.locator('.entry-title[aria-expanded="false"]').click();
      await popup.typeProfileName('work');
      await popup.press('Save');
      await popup.press('Keep it');
      await popup.readsNoMore('office is still in your credentials file');
    });
    expect(await stage.credentialsFile()).toContain('[office]');
    await expect.poll(() => options.profileName(), soon).toBe('work');
  });

  it('remove a binding, and put it back', async () => {
    await goTo('Profiles');
    await options.press('Remove work');
    await options.reads('None yet');
    expect(await focused('Undo')).toBe(true);
    await options.press('Undo');
    await expect.poll(() => options.profileName(), soon).toBe('work');
    await expect.poll(() => focused('Which login goes to which profile'), soon).toBe(true);
  });

  it('name an account: the popup calls it so', async () => {
    await goTo('Accounts');
    await type('Name of account 1111-2222-3333', 'Shop live');
    await options.reads('Saved');
    await choose('Colour of account 1111-2222-3333', 'red');
    await inPopup((popup) => popup.reads('Shop live'));
  });

  it('keep a sign-in link only where it is one', async () => {
    await goTo('Identity providers');
    await type('Sign-in link', 'javascript:alert(1)');
    await options.reads('Sign-in links must start with https://');
    await type('Sign-in link', 'https://idp.rehearsal.test/?user=alice');
    await options.reads('Saved');
    await options.page.reload();
    await expect
      .poll(async () => (await field('Sign-in link')).evaluate(({ value }) => value), soon)
      .toBe('https://idp.rehearsal.test/?user=alice');
  });

  it('name an identity provider: popup and history call it so', async () => {
    await goTo('Identity providers');
    await options.reads('idp.rehearsal.test');
    await options.reads('1 profile: work');
    await type('Name', 'Company SSO');
    await options.reads('Saved');
    await inPopup(async (popup) => {
      await popup.page.locator('.entry-title').click();
      await popup.reads('via Company SSO');
      expect(await popup.text()).not.toContain('https://idp.rehearsal.test/metadata');
    });
    await goTo('History');
    await options.reads('via Company SSO');
  });

  it('export everything but secrets, and take it over again', async () => {
    const session = await stage.browser.target().createCDPSession();
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: stage.home.path });
    await goTo('Export and import');
    await options.press('Export settings');
    const file = join(stage.home.path, 'roleferry-settings.json');
    await expect.poll(() => readFile(file, 'utf8').catch(() => ''), soon).toContain('Shop live');
    const exported = await readFile(file, 'utf8');
    expect(exported).not.toMatch(/ASIA|secret/i);

    await goTo('Profiles');
    await options.press('Remove work');
    await options.reads('None yet');
    await goTo('Accounts');
    await type('Name of account 1111-2222-3333', 'Renamed');
    await options.reads('Saved');
    await showChanges(file);
    await options.reads('“Renamed”');
    await tick('1111-2222-3333');
    await tick('work');
    await options.press('Import 2 changes');
    await options.reads('Saved');
    await goTo('Profiles');
    await expect.poll(() => options.profileName(), soon).toBe('work');
    await options.reads('Shop live');
  });

  const chooseFile = async (file: string) => {
    const input = await options.page.waitForSelector('#import-file');
    await (input as ElementHandle<HTMLInputElement>).uploadFile(file);
  };

  /** Has the page show what a file would change. */
  const showChanges = async (file: string) => {
    await goTo('Export and import');
    await chooseFile(file);
    await options.press('Show changes');
    await options.reads('What this file would change');
  };

  const tick = (name: string) => options.page.locator(`::-p-aria([name="${name}"][role="checkbox"])`).click();

  it('refuse to import what is no export', async () => {
    const file = join(stage.home.path, 'other.json');
    await writeFile(file, '{"product":"other"}');
    await goTo('Export and import');
    await chooseFile(file);
    await options.press('Show changes');
    await options.page.waitForSelector('[role=alert]');
  });

  it('take nothing over from a file but what was said yes to, and say where nothing would change', async () => {
    const file = join(stage.home.path, 'stranger.json');
    const exported = JSON.parse(await readFile(join(stage.home.path, 'roleferry-settings.json'), 'utf8'));
    const issuer = 'https://idp.rehearsal.test/metadata';
    const [binding] = exported.bindings;
    await writeFile(
      file,
      JSON.stringify({
        ...exported,
        settings: { behaviour: 'ask', signInLinks: { [issuer]: 'https://prize.rehearsal.test/' } },
        bindings: [{ ...binding, roleArn: `${binding.roleArn}OfStranger` }],
      }),
    );
    const before = await options.page.evaluate('chrome.storage.local.get().then(JSON.stringify)');
    await showChanges(file);
    await options.reads('Opens prize.rehearsal.test, which is new to this browser.');
    await options.reads('DeveloperOfStranger in account 1111-2222-3333');
    expect(await options.page.$$eval('.review input:checked', (ticked) => ticked.length)).toBe(0);
    await options.press('Cancel');
    await options.readsNoMore('What this file would change');
    expect(await options.page.evaluate('chrome.storage.local.get().then(JSON.stringify)')).toBe(before);

    await showChanges(file);
    await tick('Known logins');
    await options.press('Import 1 change');
    await options.reads('Saved');
    await showChanges(file);
    await options.readsNoMore('Known logins');
    const kept = await options.page.evaluate('chrome.storage.local.get().then(JSON.stringify)');
    expect(kept).not.toMatch(/prize|OfStranger/);
    await writeFile(file, JSON.stringify({ ...exported, settings: { behaviour: 'write' } }));
    await options.press('Show changes');
    await options.reads('the file was changed or taken away since');
    const changed = join(stage.home.path, 'changed.json');
    await writeFile(changed, JSON.stringify({ ...exported, settings: { behaviour: 'write' } }));
    await showChanges(changed);
    await tick('Known logins');
    await options.press('Import 1 change');
    await options.readsNoMore('What this file would change');
    await options.press('Show changes');
    await options.reads('Nothing to import');
  });

  it('find one account among many', async () => {
    const file = join(stage.home.path, 'many.json');
    const exported = JSON.parse(await readFile(join(stage.home.path, 'roleferry-settings.json'), 'utf8'));
    for (let index = 0; index < 100; index += 1) {
      exported.settings.accounts[String(500_000_000_000 + index)] = { name: `Team ${index}`, colour: 'none' };
    }
    await writeFile(file, JSON.stringify(exported));
    await showChanges(file);
    await options.reads('Show all 100');
    await tick('All 100 new ones');
    await options.press('Import 100 changes');
    await options.reads('Saved');
    await goTo('Accounts');
    await options.page.locator('::-p-aria([name="Search"][role="searchbox"])').fill('team 42');
    await options.reads('1 of 101 found');
    await options.reads('5000-0000-0042');
  });

  it('change how new profiles are named', async () => {
    await goTo('General');
    await type('Name pattern', '{nonsense}');
    await options.reads('{nonsense} is not a placeholder');
    await type('Name pattern', '{account}-{role}');
    await options.reads('Saved');
    await goTo('Profiles');
    await options.press('Remove work');
    await options.reads('None yet');
    await stage.logIn('alice');
    await inPopup(async (popup) => {
      await popup.reads('Developer');
      await expect.poll(() => popup.profileName(), soon).toBe('111122223333-developer');
    });
  });

  it('tell what happened, and give a report without names', async () => {
    await goTo('History');
    await options.reads('Credentials from AWS');
    await options.press('Copy details');
    await options.reads('Copied');
    const report = await stage.clipboard();
    expect(report).toContain('Roleferry');
    expect(report).not.toMatch(/111122223333|ASIA|Shop live|idp\.rehearsal/);
    await options.press('Clear history');
    await options.press('Clear it for good');
    await options.reads('Nothing yet.');
  });

  it('offer the command against a failure in the history to copy', async () => {
    const page = await showScreen(stage.browser, screenNamed('options-history-host-missing'), {
      colours: 'light',
    });
    const [command] = await page.$$eval('.problem .command code', (all) => all.map((one) => one.textContent));
    expect(command).toMatch(/ install$/);
    await page.locator('.problem .command button').click();
    await page.waitForSelector('::-p-text(Copied)');
    expect(await stage.clipboard()).toBe(command);
    await page.close();
  });

  it('show sixty profiles in rows of one line', async () => {
    const page = await showScreen(stage.browser, screenNamed('options-profiles-many'), { colours: 'light' });
    const heights = await page.$$eval('.bindings > li', (rows) =>
      rows.map(({ clientHeight }) => clientHeight),
    );
    expect(heights).toHaveLength(50);
    expect(Math.max(...heights)).toBeLessThanOrEqual(38);
    await page.close();
  });

  it('say which region new profiles get where the settings have none', async () => {
    const { view, ...screen } = screenNamed('options-general');
    const { region, ...settings } = view.settings;
    const bindings = view.bindings.map((one) => ({ ...one, region: 'eu-west-3' }));
    const shown = async (change: object) => {
      const page = await showScreen(
        stage.browser,
        { ...screen, view: { ...view, ...change } },
        { colours: 'light' },
      );
      const hint = await page.$eval('#region-hint', ({ textContent }) => textContent);
      await page.close();
      return hint;
    };
    const words = 'While this is empty, new profiles get eu-west-3.';
    expect(await shown({ settings, bindings })).toContain(words);
    expect(await shown({ settings, regions: { default: 'eu-west-3' } })).toContain(words);
    expect(await shown({ settings })).not.toContain('While this is empty');
    expect(await shown({ settings: { ...settings, region }, bindings })).not.toContain('While this is empty');
  });

  it('list profiles by name, and numbers in them as numbers', async () => {
    const { view, ...screen } = screenNamed('options-profiles-many');
    const unsorted = { ...screen, view: { ...view, bindings: view.bindings.toReversed() } };
    const page = await showScreen(stage.browser, unsorted, { colours: 'light' });
    const names = await page.$$eval('input[aria-label="Profile name"]', (all) =>
      all.map(({ value }) => value),
    );
    expect(names.slice(0, 12)).toEqual(Array.from({ length: 12 }, (_, index) => `team-${index}`));
    await page.close();
  });

  it('show whole names of profiles', async () => {
    const { view, ...screen } = screenNamed('options-profiles');
    const bindings = view.bindings.map((one) => ({ ...one, profile: 'acme-billing-stage-readonly' }));
    const page = await showScreen(
      stage.browser,
      { ...screen, view: { ...view, bindings: bindings.slice(0, 1) } },
      { colours: 'light' },
    );
    const field = await page.waitForSelector('input[aria-label="Profile name"]');
    expect(await field?.evaluate((input) => input.scrollWidth <= input.clientWidth)).toBe(true);
    await page.close();
  });

  it('show role, account and kind of an on-demand profile whole', async () => {
    const screen = screenNamed('options-profiles-on-demand');
    const page = await showScreen(stage.browser, screen, { colours: 'light' });
    const parts = await page.$$eval('.binding-role > :is(strong, span)', (all) =>
      all.map(({ textContent, scrollWidth, clientWidth }) => ({
        textContent,
        isWhole: scrollWidth <= clientWidth,
      })),
    );
    expect(parts.map(({ textContent }) => textContent)).toContain('On demand');
    expect(parts.filter(({ isWhole }) => !isWhole)).toEqual([]);
    await page.close();
  });

  it('say of an on-demand profile that its role is no longer offered', async () => {
    const screen = screenNamed('options-profiles-on-demand');
    const page = await showScreen(stage.browser, screen, { colours: 'light' });
    const rows = await page.$$eval('.bindings > li', (all) => all.map(({ textContent }) => textContent));
    expect(rows[0]).toContain('On demand');
    expect(rows[0]).not.toContain('no longer offered');
    expect(rows[1]).toContain('Role no longer offered');
    expect(rows[1]).not.toContain('On demand');
    await page.close();
  });

  it('say where the credentials file is', async () => {
    await goTo('Host');
    await options.reads('The host is installed and answering.');
    expect(await (await field('Credentials file')).evaluate(({ value }) => value)).toBe(
      stage.home.credentialsFile,
    );
  });

  it('have another credentials file written only after old and new were shown and confirmed', async () => {
    const other = join(stage.home.path, '.aws', 'credentials-work');
    await type('Credentials file', other);
    await options.reads('Save profiles to another file?');
    await options.reads(stage.home.credentialsFile);
    await options.press('Keep the old file');
    await type('Credentials file', join(stage.home.path, '.bashrc'));
    await options.press('Use the new file');
    await options.reads('its name says that it is something else');
    // Why it was refused can still be read.
    await type('Credentials file', other);
    await options.press('Use the new file');
    await options.reads('Saved');
    await options.press('Use the default file');
    await options.press('Use the new file');
    await expect
      .poll(async () => (await field('Credentials file')).evaluate(({ value }) => value), soon)
      .toBe(stage.home.credentialsFile);
  });

  it('forget everything: nothing is held, and the profile is gone', async () => {
    await inPopup(async (popup) => {
      await popup.press('Forget everything now');
      await popup.reads('Forgotten');
    });
    expect(await options.page.evaluate('chrome.storage.session.get().then(JSON.stringify)')).toContain(
      '"logins":[]',
    );
  });

  it('then write nothing by themselves, though the identity provider logs in again, until the user says so', async () => {
    await inPopup(async (popup) => {
      await stage.logIn('alice');
      await popup.reads('Developer');
      await popup.typeProfileName('dev');
      await popup.press('Save');
      await expect.poll(() => stage.credentialsFile(), soon).toContain('[dev]');
      await popup.press('Forget everything now');
      await popup.reads('You chose “Forget everything now”.');
      await stage.logIn('alice');
      await popup.offersToCopy('Developer', '111122223333');
      expect(await stage.credentialsFile()).not.toContain('aws_access_key_id');
      await popup.press('Save automatically again');
      await popup.readsNoMore('You chose “Forget everything now”.');
      await expect.poll(() => stage.credentialsFile(), soon).toContain('[dev]');
    });
  });
});
