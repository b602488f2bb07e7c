import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parameter } from '../e2e/parameter-store.ts';
import { type Popup, savedAs } from '../e2e/stage.ts';
import { needs } from '../needs.ts';
import { stsError } from '../rehearsal/fault.ts';
import { accounts } from '../rehearsal/world.ts';
import { soon } from '../soon.ts';
import { type FirefoxStage, openFirefoxStage } from './stage.ts';

const missing = needs('firefox').missing || needs('certutil').missing;
const aws = needs('aws');

const entry = `section[aria-label="Developer, account ${accounts.development}"]`;

describe.skipIf(missing)('a profile with fewer rights than its role, in Firefox', () => {
  let stage: FirefoxStage;
  let popup: Popup;

  beforeAll(async () => {
    stage = await openFirefoxStage();
    popup = await stage.openPopup();
  });

  afterAll(() => stage?.close());

  it.skipIf(aws.missing)('is written by the same login, and may read and not write', async () => {
    await stage.logIn('alice');
    await popup.reads('Developer');
    await savedAs(popup, 'dev');
    await popup.page.locator(`${entry} details:nth-last-of-type(2) summary`).click();
    await popup.press('Add');
    await popup.reads('Developer · read only');
    await expect.poll(() => stage.credentialsFile(), soon).toContain('[dev-readonly]');
    expect(await parameter(stage, 'dev', 'blue')).toBe('1');
    expect(await parameter(stage, 'dev-readonly')).toBe('blue');
    expect(await parameter(stage, 'dev-readonly', 'red')).toContain('AccessDeniedException');
  });

  it.each([
    ['PackedPolicyTooLarge', 'Packed policy consumes 112% of allotted space', ': 112% of what fits'],
    ['MalformedPolicyDocument', 'Syntax errors in policy.', 'AWS does not accept the session policy'],
  ])('says what AWS has against it (%s), while the full one is written', async (code, message, words) => {
    const keyOf = async (profile: string) =>
      new RegExp(`\\[${profile}\\]\\r?\\naws_access_key_id = (\\w+)`).exec(
        await stage.credentialsFile(),
      )?.[1];
    const [full, lesser] = [await keyOf('dev'), await keyOf('dev-readonly')];
    stage.rehearsal.onSts = ({ form }) =>
      form.has('PolicyArns.member.1.arn') ? stsError(400, code, message) : undefined;
    await stage.logIn('alice');
    await expect.poll(() => keyOf('dev'), soon).not.toBe(full);
    await popup.reads(words);
    expect(await keyOf('dev-readonly')).toBe(lesser);
  });
});
