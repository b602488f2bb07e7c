import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parameter } from '../e2e/parameter-store.ts';
import { savedAs } from '../e2e/stage.ts';
import { needs } from '../needs.ts';
import { accounts } from '../rehearsal/world.ts';
import { soon } from '../soon.ts';
import { type FirefoxStage, openFirefoxStage } from './stage.ts';

const missing = needs('firefox').missing || needs('certutil').missing;
const aws = needs('aws');

describe.skipIf(missing)('a profile with fewer rights than its role, in Firefox', () => {
  let stage: FirefoxStage;

  beforeAll(async () => {
    stage = await openFirefoxStage();
  });

  afterAll(() => stage?.close());

  it.skipIf(aws.missing)('is written by the same login, and may read and not write', async () => {
    const popup = await stage.openPopup();
    await stage.logIn('alice');
    await popup.reads('Developer');
    await savedAs(popup, 'dev');
    const entry = `section[aria-label="Developer, account ${accounts.development}"]`;
    await popup.page.locator(`${entry} details:nth-last-of-type(2) summary`).click();
    await popup.press('Add');
    await popup.reads('Developer · read only');
    await expect.poll(() => stage.credentialsFile(), soon).toContain('[dev-readonly]');
    expect(await parameter(stage, 'dev', 'blue')).toBe('1');
    expect(await parameter(stage, 'dev-readonly')).toBe('blue');
    expect(await parameter(stage, 'dev-readonly', 'red')).toContain('AccessDeniedException');
  });
});
