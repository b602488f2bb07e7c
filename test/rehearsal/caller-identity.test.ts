import { writeFile } from 'node:fs/promises';
import { AssumeRoleWithSAMLCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { callerIdentity } from './caller-identity.ts';
import { makeScratchHome, type ScratchHome } from './scratch-home.ts';
import { type Rehearsal, startRehearsal } from './server.ts';
import { userNamed } from './world.ts';

const aws = needs('aws');
const arn = 'arn:aws:sts::111122223333:assumed-role/Developer/alice';

describe.each([
  { tool: 'the AWS CLI', path: aws.path, missing: aws.missing },
  { tool: 'the AWS SDK', path: null, missing: false },
])('the proof by a signed call through $tool', ({ path, missing }) => {
  let rehearsal: Rehearsal;
  let home: ScratchHome;
  let keys: { id: string; secret: string; token: string };

  beforeAll(async () => {
    rehearsal = await startRehearsal();
    home = await makeScratchHome();
    const pair = userNamed(rehearsal.world, 'alice').user.roles[0];
    const sts = new STSClient({ region: 'us-east-1', endpoint: rehearsal.stsHttpUrl });
    const { Credentials: given } = await sts.send(
      new AssumeRoleWithSAMLCommand({
        RoleArn: pair?.role,
        PrincipalArn: pair?.provider,
        SAMLAssertion: rehearsal.issueResponse({ user: 'alice' }),
      }),
    );
    keys = {
      id: given?.AccessKeyId ?? '',
      secret: given?.SecretAccessKey ?? '',
      token: given?.SessionToken ?? '',
    };
    const lines = `aws_access_key_id=${keys.id}\naws_secret_access_key=${keys.secret}\naws_session_token=${keys.token}\n`;
    await writeFile(home.credentialsFile, `[dev]\n${lines}[wrong]\n${lines.replace(keys.secret, 'wrong')}`);
  });

  afterAll(async () => {
    await rehearsal?.close();
    await home?.close();
  });

  const ask = (variables: Record<string, string>, evaluate?: string) =>
    callerIdentity({
      env: { ...home.env, ...variables },
      stsHttpUrl: rehearsal.stsHttpUrl,
      aws: path,
      ...(evaluate === undefined ? {} : { evaluate }),
    });

  it.skipIf(missing)('is made with a profile', async () => {
    const { answer } = await ask({ AWS_PROFILE: 'dev' });
    expect(JSON.parse(answer).Arn).toContain(arn);
  });

  it.skipIf(missing)('is made with env vars that bash evaluates', async () => {
    const pasted = `export AWS_ACCESS_KEY_ID='${keys.id}'\nexport AWS_SECRET_ACCESS_KEY='${keys.secret}'\nexport AWS_SESSION_TOKEN='${keys.token}'\n`;
    const { answer } = await ask({ AWS_SHARED_CREDENTIALS_FILE: '/dev/null' }, pasted);
    expect(JSON.parse(answer).Arn).toContain(arn);
  });

  it.skipIf(missing)('fails with the program’s own words when the signature is wrong', async () => {
    await expect(ask({ AWS_PROFILE: 'wrong' })).rejects.toThrow(/signature/i);
  });
});
