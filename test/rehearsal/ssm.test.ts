import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { AssumeRoleCommand, AssumeRoleWithSAMLCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { makeScratchHome, type ScratchHome } from './scratch-home.ts';
import { type Rehearsal, startRehearsal } from './server.ts';
import { accounts, iamArn } from './world.ts';

const aws = needs('aws');
const ofAws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const developer = iamArn(accounts.development, 'role/Developer');

/** The signatures here are the real AWS CLI's. */
describe.skipIf(aws.missing)('a session with a session policy', { timeout: 60_000 }, () => {
  let rehearsal: Rehearsal;
  let home: ScratchHome;

  beforeAll(async () => {
    home = await makeScratchHome();
    rehearsal = await startRehearsal();
  });

  afterAll(async () => {
    await rehearsal.close();
    await home.close();
  });

  /** Credentials of the role, as the environment has them. */
  async function redeem(narrowed: { PolicyArns?: { arn: string }[]; Policy?: string } = {}) {
    const sts = new STSClient({ endpoint: rehearsal.stsHttpUrl, region: 'us-east-1' });
    const { Credentials: given } = await sts.send(
      new AssumeRoleWithSAMLCommand({
        RoleArn: developer,
        PrincipalArn: iamArn(accounts.development, 'saml-provider/Rehearsal'),
        SAMLAssertion: rehearsal.issueResponse({ user: 'alice' }),
        ...narrowed,
      }),
    );
    return {
      AWS_ACCESS_KEY_ID: given?.AccessKeyId ?? '',
      AWS_SECRET_ACCESS_KEY: given?.SecretAccessKey ?? '',
      AWS_SESSION_TOKEN: given?.SessionToken ?? '',
    };
  }

  /** What the AWS CLI prints, or the error's text. */
  async function call(keys: Record<string, string>, ...args: string[]): Promise<string> {
    const { stdout, stderr } = await promisify(execFile)(
      aws.path,
      [...args, '--endpoint-url', rehearsal.stsHttpUrl, '--region', 'us-east-1', '--output', 'text'],
      { env: { ...home.env, ...keys, AWS_EC2_METADATA_DISABLED: 'true' } },
    ).catch((error: { stdout: string; stderr: string }) => error);
    return stdout.trim() || stderr.trim();
  }

  const put = (keys: Record<string, string>, value: string) =>
    call(
      keys,
      'ssm',
      'put-parameter',
      '--name',
      '/app/colour',
      '--type',
      'String',
      '--value',
      value,
      '--query',
      'Version',
    );
  const get = (keys: Record<string, string>) =>
    call(keys, 'ssm', 'get-parameter', '--name', '/app/colour', '--query', 'Parameter.Value');
  const whoAmI = (keys: Record<string, string>) => call(keys, 'sts', 'get-caller-identity', '--query', 'Arn');
  const assume = (keys: Record<string, string>) =>
    call(
      keys,
      'sts',
      'assume-role',
      '--role-arn',
      iamArn(accounts.production, 'role/Deploy'),
      '--role-session-name',
      'jo',
      '--query',
      'AssumedRoleUser.Arn',
    );

  it('may do all that the role may, where there is none', async () => {
    const keys = await redeem();
    expect(await get(keys)).toContain('(ParameterNotFound)');
    expect(await put(keys, 'blue')).toBe('1');
    expect(await get(keys)).toBe('blue');
    expect(await assume(keys)).toContain('assumed-role/Deploy/jo');
  });

  it('may only read with ReadOnlyAccess, may not assume a role, and always may ask who it is', async () => {
    await put(await redeem(), 'green');
    const keys = await redeem({ PolicyArns: [{ arn: ofAws('ReadOnlyAccess') }] });
    expect(await get(keys)).toBe('green');
    expect(await put(keys, 'red')).toContain(
      '(AccessDeniedException) when calling the PutParameter operation: User: arn:aws:sts::111122223333:assumed-role/Developer/alice@rehearsal.test is not authorized to perform: ssm:PutParameter on resource: arn:aws:ssm:us-east-1:111122223333:parameter/app/colour',
    );
    expect(await get(keys)).toBe('green');
    expect(await assume(keys)).toContain('(AccessDenied)');
    expect(await whoAmI(keys)).toContain('assumed-role/Developer/alice@rehearsal.test');
  });

  it('may do what its policy as JSON allows', async () => {
    const Statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' };
    const keys = await redeem({ Policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
    expect(await get(keys)).toContain('AccessDeniedException');
    expect(await assume(keys)).toContain('assumed-role/Deploy/jo');
  });

  it('may not do more than the role', async () => {
    const role = rehearsal.world.roles.find(({ arn }) => arn === developer);
    const policies = [{ Statement: { Effect: 'Allow' as const, Action: 'ssm:Get*', Resource: '*' } }];
    Object.assign(role ?? {}, { policies });
    const keys = await redeem({ PolicyArns: [{ arn: ofAws('AdministratorAccess') }] });
    expect(await put(keys, 'red')).toContain('AccessDeniedException');
    Object.assign(role ?? {}, { policies: undefined });
  });

  it.each<[string, Parameters<typeof redeem>[0], string, string]>([
    [
      'a managed policy that does not exist',
      { PolicyArns: [{ arn: ofAws('NoAccess') }] },
      'MalformedPolicyDocument',
      'does not exist',
    ],
    [
      'one of another partition',
      { PolicyArns: [{ arn: 'arn:aws-cn:iam::aws:policy/ReadOnlyAccess' }] },
      'MalformedPolicyDocument',
      'does not exist',
    ],
    [
      'one of another account',
      { PolicyArns: [{ arn: iamArn(accounts.production, 'policy/team/Parameters') }] },
      'MalformedPolicyDocument',
      'does not exist',
    ],
    [
      'eleven',
      { PolicyArns: Array.from({ length: 11 }, (_, n) => ({ arn: ofAws(`P${n}`) })) },
      'ValidationError',
      'less than or equal to 10',
    ],
    [
      'a policy that is too large',
      { Policy: JSON.stringify({ Statement: [], Id: 'a'.repeat(2100) }) },
      'PackedPolicyTooLarge',
      'consumes 104%',
    ],
    ['a policy without statements', { Policy: '{}' }, 'MalformedPolicyDocument', 'Syntax errors'],
  ])('is refused with %s', async (_, narrowed, name, message) => {
    await expect(redeem(narrowed)).rejects.toMatchObject({
      name: expect.stringContaining(name),
      message: expect.stringContaining(message),
    });
  });

  it('hands its limits to nobody: a role that it assumes has those of its own call', async () => {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = await redeem();
    const credentials = {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      sessionToken: AWS_SESSION_TOKEN,
    };
    const sts = new STSClient({ endpoint: rehearsal.stsHttpUrl, region: 'us-east-1', credentials });
    const { Credentials: given } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: iamArn(accounts.production, 'role/Deploy'),
        RoleSessionName: 'jo',
        PolicyArns: [{ arn: ofAws('ReadOnlyAccess') }],
      }),
    );
    const keys = {
      AWS_ACCESS_KEY_ID: given?.AccessKeyId ?? '',
      AWS_SECRET_ACCESS_KEY: given?.SecretAccessKey ?? '',
      AWS_SESSION_TOKEN: given?.SessionToken ?? '',
    };
    expect(await put(keys, 'red')).toContain('AccessDeniedException');
  });
});

it('a request to the Parameter Store that is not signed, or for another service, is refused', async () => {
  const rehearsal = await startRehearsal();
  const ask = async (target: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(rehearsal.stsHttpUrl, {
      method: 'POST',
      headers: { 'x-amz-target': `AmazonSSM.${target}`, ...headers },
      body: '{"Name":"a"}',
    });
    return `${answer.status} ${JSON.parse(await answer.text()).__type}`;
  };
  expect(await ask('GetParameter')).toBe('400 MissingAuthenticationToken');
  expect(await ask('DeleteParameter')).toBe('400 UnknownOperationException');
  await rehearsal.close();
});
