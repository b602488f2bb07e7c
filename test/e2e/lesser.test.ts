import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { stsError } from '../rehearsal/fault.ts';
import { accounts } from '../rehearsal/world.ts';
import { soon } from '../soon.ts';
import { parameter } from './parameter-store.ts';
import { openStage, type Popup, type Stage, savedAs } from './stage.ts';

const missing = needs('chromium').missing || needs('certutil').missing;
const aws = needs('aws');

describe.skipIf(missing)('a profile with fewer rights than its role', () => {
  let stage: Stage;
  let popup: Popup;

  beforeAll(async () => {
    stage = await openStage();
    await stage.logIn('alice');
    popup = await stage.openPopup();
    await savedAs(popup, 'dev');
  });

  afterAll(() => stage?.close());

  const asked = () => stage.rehearsal.requests.filter(({ action }) => action === 'AssumeRoleWithSAML');
  const entry = (more = '') => `section[aria-label="Developer, account ${accounts.development}${more}"]`;
  const keyOf = async (profile: string) =>
    new RegExp(`\\[${profile}\\]\\r?\\naws_access_key_id = (\\w+)`).exec(await stage.credentialsFile())?.[1];

  it('is added in the popup under the name that is suggested, from the same assertion', async () => {
    const { page } = popup;
    await page.locator(`${entry()} details:nth-last-of-type(2) summary`).click();
    await page.locator(`${entry()} ::-p-aria([name="Add"][role="button"])`).click();
    await popup.reads('Added as dev-readonly');
    await popup.reads('Developer · read only');
    await expect.poll(() => keyOf('dev-readonly'), soon).toMatch(/^ASIA/);
    expect(await keyOf('dev-readonly')).not.toBe(await keyOf('dev'));
    expect(new Set(asked().map(({ form }) => form.get('SAMLAssertion'))).size).toBe(1);
  });

  it.skipIf(aws.missing)('may read and not write, where the full one may do both', async () => {
    expect(await parameter(stage, 'dev', 'blue')).toBe('1');
    expect(await parameter(stage, 'dev-readonly')).toBe('blue');
    expect(await parameter(stage, 'dev-readonly', 'red')).toContain('AccessDeniedException');
    expect(await parameter(stage, 'dev')).toBe('blue');
  });

  it('is written by the next login as the full one is, from one assertion', async () => {
    const before = await Promise.all(['dev', 'dev-readonly'].map(keyOf));
    stage.rehearsal.requests.length = 0;
    await stage.logIn('alice');
    await expect.poll(async () => asked().length, soon).toBe(2);
    for (const [index, profile] of ['dev', 'dev-readonly'].entries()) {
      await expect.poll(() => keyOf(profile), soon).not.toBe(before[index]);
    }
    expect(new Set(asked().map(({ form }) => form.get('SAMLAssertion'))).size).toBe(1);
  });

  it('says what AWS has against it, while the full one is written', async () => {
    const before = await keyOf('dev');
    const lesser = await keyOf('dev-readonly');
    stage.rehearsal.onSts = ({ form }) =>
      form.has('PolicyArns.member.1.arn')
        ? stsError(400, 'PackedPolicyTooLarge', 'Packed policy consumes 112% of allotted space')
        : undefined;
    await stage.logIn('alice');
    await expect.poll(() => keyOf('dev'), soon).not.toBe(before);
    await popup.reads('too large for AWS: 112% of what fits');
    expect(await keyOf('dev-readonly')).toBe(lesser);
  });
});
