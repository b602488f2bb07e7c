import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { makeScratchHome, type ScratchHome } from './scratch-home.ts';
import { type Rehearsal, startRehearsal } from './server.ts';
import { accounts, iamArn } from './world.ts';

const aws = needs('aws');
const minute = 60_000;

/** The signatures here are the real AWS CLI's. */
describe.skipIf(aws.missing)('a request signed by the AWS CLI', { timeout: 30_000 }, () => {
  let rehearsal: Rehearsal;
  let home: ScratchHome;
  let clockIsOff: number;

  beforeAll(async () => {
    home = await makeScratchHome();
    rehearsal = await startRehearsal({ now: () => Date.now() + clockIsOff });
  });

  afterAll(async () => {
    await rehearsal.close();
    await home.close();
  });

  beforeEach(() => {
    clockIsOff = 0;
  });

  /** What `aws sts get-caller-identity` prints: the ARN, or the error's text. */
  async function identity(keys: Record<string, string>): Promise<string> {
    const args = ['sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text'];
    const { stdout, stderr } = await promisify(execFile)(
      aws.path,
      [...args, '--endpoint-url', rehearsal.stsHttpUrl, '--region', 'us-east-1'],
      { env: { ...home.env, ...keys, AWS_EC2_METADATA_DISABLED: 'true' } },
    ).catch((error: { stdout: string; stderr: string }) => error);
    return stdout.trim() || stderr.trim();
  }

  const ursula = {
    AWS_ACCESS_KEY_ID: 'AKIAREHEARSALURSULA1',
    AWS_SECRET_ACCESS_KEY: 'rehearsal/only/secret/of/ursula/00000001',
  };

  async function assumedByAlice(): Promise<Record<string, string>> {
    const response = await fetch(rehearsal.stsHttpUrl, {
      method: 'POST',
      body: new URLSearchParams({
        Action: 'AssumeRoleWithSAML',
        Version: '2011-06-15',
        RoleArn: iamArn(accounts.development, 'role/Developer'),
        PrincipalArn: iamArn(accounts.development, 'saml-provider/Rehearsal'),
        SAMLAssertion: rehearsal.issueResponse({ user: 'alice' }),
      }),
    });
    const xml = await response.text();
    const text = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
    return {
      AWS_ACCESS_KEY_ID: text('AccessKeyId'),
      AWS_SECRET_ACCESS_KEY: text('SecretAccessKey'),
      AWS_SESSION_TOKEN: text('SessionToken'),
    };
  }

  it('is believed with the keys of an IAM user', async () => {
    expect(await identity(ursula)).toBe('arn:aws:iam::111122223333:user/ursula');
  });

  it('is believed with temporary credentials that STS handed out', async () => {
    const credentials = await assumedByAlice();
    expect(await identity(credentials)).toBe(
      'arn:aws:sts::111122223333:assumed-role/Developer/alice@rehearsal.test',
    );
  });

  it('is refused with a wrong secret', async () => {
    expect(await identity({ ...ursula, AWS_SECRET_ACCESS_KEY: 'wrong' })).toContain('SignatureDoesNotMatch');
  });

  it('is refused when the credentials have expired', async () => {
    clockIsOff = -61 * minute;
    const credentials = await assumedByAlice();
    clockIsOff = 0;
    expect(await identity(credentials)).toContain('ExpiredToken');
  });

  it.each([
    [6, 'Signature expired'],
    [-6, 'Signature not yet current'],
  ])('is refused when the clocks are %i minutes apart', async (minutes, reason) => {
    clockIsOff = minutes * minute;
    expect(await identity(ursula)).toContain(reason);
  });
});
