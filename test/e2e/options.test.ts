import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { openStage, type Stage, savedAs } from './stage.ts';

const missing = needs('chromium').missing || needs('certutil').missing;

describe.skipIf(missing)('options, in a real browser', () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await openStage();
    await stage.logIn('alice');
    const popup = await stage.openPopup();
    await savedAs(popup, 'dev');
    await popup.close();
  });

  afterEach(() => stage?.close());

  const openOptions = () => stage.openPopup('options');

  it('rename a binding: the next login goes to the new name', async () => {
    const options = await openOptions();
    await options.reads('Account 111122223333');
    await options.typeProfileName('work');
    await options.press('Rename');
    await expect.poll(() => options.profileName()).toBe('work');
    await options.close();
    await stage.logIn('alice');
    await expect.poll(() => stage.credentialsFile()).toContain('[work]');
  });

  it('remove a binding: the next login asks again', async () => {
    const options = await openOptions();
    await options.press('Remove dev');
    await options.reads('None yet');
    await options.close();
    const before = await stage.credentialsFile();
    await stage.logIn('alice');
    const popup = await stage.openPopup();
    await popup.reads('Once saved');
    expect(await stage.credentialsFile()).toBe(before);
  });

  it('forget everything: nothing is held, and the profile is gone', async () => {
    const popup = await stage.openPopup();
    await popup.press('Forget everything now');
    await popup.reads('Forgotten');
    await popup.reads('No login seen yet');
    expect(await stage.credentialsFile()).not.toContain('[dev]');
    expect(await popup.page.evaluate('chrome.storage.session.get().then(JSON.stringify)')).toBe(
      '{"logins":[]}',
    );
  });
});
