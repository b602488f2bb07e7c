import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { soon } from '../soon.ts';
import { openStage, type Stage, savedAs } from './stage.ts';

const missing = needs('chromium').missing || needs('certutil').missing;

describe.skipIf(missing)('a login in another corner of AWS, in a real browser', () => {
  let stage: Stage;
  /** Those who have a profile already. */
  const users = new Set<string>();

  beforeAll(async () => {
    stage = await openStage();
  });

  afterAll(() => stage?.close());

  it.each([
    ['a regional host', 'alice', 'eu-west-1.signin.aws.amazon.com', 'sts.eu-west-1.amazonaws.com', 'aws'],
    ['the global host', 'alice', 'signin.aws.amazon.com', 'sts.us-east-1.amazonaws.com', 'aws'],
    ['China', 'lin', 'signin.amazonaws.cn', 'sts.cn-northwest-1.amazonaws.com.cn', 'aws-cn'],
    [
      'a region of China',
      'lin',
      'cn-north-1.signin.amazonaws.cn',
      'sts.cn-north-1.amazonaws.com.cn',
      'aws-cn',
    ],
    ['GovCloud', 'grace', 'signin.amazonaws-us-gov.com', 'sts.us-gov-west-1.amazonaws.com', 'aws-us-gov'],
    [
      'GovCloud with FIPS',
      'grace',
      'signin-fips.amazonaws-us-gov.com',
      'sts.us-gov-west-1.amazonaws.com',
      'aws-us-gov',
    ],
    [
      'a region of GovCloud',
      'grace',
      'us-gov-east-1.signin.amazonaws-us-gov.com',
      'sts.us-gov-east-1.amazonaws.com',
      'aws-us-gov',
    ],
  ])('at %s (%s, %s) asks %s', async (_, user, signInHost, stsHost, partition) => {
    stage.rehearsal.onLogin = () => ({ destinationHost: signInHost });
    const before = stage.rehearsal.requests.length;
    const file = await stage.credentialsFile().catch(() => '');
    const asked = () =>
      stage.rehearsal.requests.slice(before).filter(({ action }) => action === 'AssumeRoleWithSAML');
    await stage.logIn(user);
    const popup = await stage.openPopup();
    // Once saved, it is written automatically; the time left is that of the earlier credentials too.
    if (!users.has(user)) await savedAs(popup, user);
    await expect.poll(() => stage.credentialsFile(), soon).not.toBe(file);
    if (users.has(user)) await popup.reads('min left');
    users.add(user);
    await expect
      .poll(() => asked().map(({ host, status }) => [host, status]), soon)
      .toEqual([[stsHost, 200]]);
    expect(await stage.credentialsFile()).toContain(`arn:${partition}:sts::`);
    await popup.close();
  });
});
