import { describe, expect, it } from 'vitest';
import { cliForTest } from '../fixtures/cli.ts';

const cli = cliForTest();

const provider = (partition = 'aws') => `arn:${partition}:iam::111122223333:saml-provider/corp`;
const role = 'arn:aws:iam::111122223333:role/team/dev';
const user = 'arn:aws:iam::111122223333:user/jobloggs';

function policy(...args: string[]): string {
  const { status, stdout, stderr } = cli.look('policy', ...args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

describe('roleferry policy', () => {
  it('trusts logins through the SAML provider that were meant for AWS', () => {
    expect(JSON.parse(policy('saml-trust', '--provider-arn', provider()))).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: provider() },
          Action: 'sts:AssumeRoleWithSAML',
          Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
        },
      ],
    });
  });

  it.each([
    ['aws-cn', 'https://signin.amazonaws.cn/saml'],
    ['aws-eusc', 'https://signin.amazonaws-eusc.eu/saml'],
    [
      'aws-us-gov',
      ['https://signin.amazonaws-us-gov.com/saml', 'https://signin-fips.amazonaws-us-gov.com/saml'],
    ],
  ])('knows the sign-in page of %s', (partition, audience) => {
    const { Statement } = JSON.parse(policy('saml-trust', '--provider-arn', provider(partition)));
    expect(Statement[0].Condition.StringEquals['SAML:aud']).toEqual(audience);
  });

  it('trusts a user, with MFA if that is asked for', () => {
    const statement = { Effect: 'Allow', Principal: { AWS: user }, Action: 'sts:AssumeRole' };
    expect(JSON.parse(policy('user-trust', '--principal', user)).Statement).toEqual([statement]);
    expect(JSON.parse(policy('user-trust', '--principal', user, '--mfa')).Statement).toEqual([
      { ...statement, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } },
    ]);
  });

  it('trusts each one that is named', () => {
    const { Statement } = JSON.parse(policy('user-trust', '--principal', user, '--principal', role));
    expect(Statement[0].Principal).toEqual({ AWS: [user, role] });
  });

  it('lets people use aws login, as AWS’s own policy for that does', () => {
    const statement = {
      Effect: 'Allow',
      Action: ['signin:AuthorizeOAuth2Access', 'signin:CreateOAuth2Token'],
      Resource: 'arn:aws:signin:*:*:oauth2/public-client/*',
    };
    expect(JSON.parse(policy('aws-login'))).toEqual({ Version: '2012-10-17', Statement: [statement] });
    expect(policy('aws-login', '--partition', 'aws-cn')).toContain('"arn:aws-cn:signin:*:*:oauth2');
    expect(policy('aws-login', '--format', 'terraform')).toMatch(
      /^resource "aws_iam_policy" "roleferry_aws_login" \{/,
    );
    const { Resources } = JSON.parse(policy('aws-login', '--format', 'cloudformation'));
    expect(Resources.RoleferryAwsLogin).toMatchObject({ Type: 'AWS::IAM::ManagedPolicy' });
    expect(cli.look('policy', 'aws-login', '--partition', 'mars')).toMatchObject({ status: 2, stdout: '' });
  });

  it('lets a broker assume the roles that it hands out, with what it sends along', () => {
    const { Statement } = JSON.parse(policy('broker-identity', '--role-arn', role));
    expect(Statement).toEqual([{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: role }]);
    const more = policy('broker-identity', '--role-arn', role, '--tags', '--source-identity');
    expect(JSON.parse(more).Statement[0].Action).toEqual([
      'sts:AssumeRole',
      'sts:TagSession',
      'sts:SetSourceIdentity',
    ]);
  });

  it('trusts a broker, with an external id if there is one', () => {
    const given = policy('broker-trust', '--principal', user, '--external-id', 'corp', '--tags');
    expect(JSON.parse(given).Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: user },
        Action: ['sts:AssumeRole', 'sts:TagSession'],
        Condition: { StringEquals: { 'sts:ExternalId': 'corp' } },
      },
    ]);
    expect(cli.look('policy', 'broker-trust', '--principal', user, '--external-id', '*').status).not.toBe(0);
  });

  it('lets a user assume the named roles and nothing else', () => {
    const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: role };
    expect(JSON.parse(policy('assume-only', '--role-arn', role)).Statement).toEqual([statement]);
    const two = policy('assume-only', '--role-arn', role, '--role-arn', `${role}2`, '--mfa');
    expect(JSON.parse(two).Statement).toEqual([
      {
        ...statement,
        Resource: [role, `${role}2`],
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      },
    ]);
  });

  it.each([
    [['saml-trust', '--provider-arn', provider()], 'AWS::IAM::Role', 'AssumeRolePolicyDocument'],
    [['assume-only', '--role-arn', role], 'AWS::IAM::ManagedPolicy', 'PolicyDocument'],
  ])('makes of %j a template of CloudFormation', (args, Type, property) => {
    const template = JSON.parse(policy(...args, '--format', 'cloudformation'));
    expect(Object.values(template.Resources)).toEqual([
      { Type, Properties: { [property]: JSON.parse(policy(...args)) } },
    ]);
  });

  it.each([
    [['user-trust', '--principal', user], 'aws_iam_role', 'assume_role_policy'],
    [['assume-only', '--role-arn', role], 'aws_iam_policy', 'policy'],
  ])('makes of %j a resource of Terraform', (args, type, attribute) => {
    const resource = policy(...args, '--format', 'terraform');
    const [, head, value] =
      /^(resource "\w+" "\w+" \{\n {2}\w+) = jsonencode\((.*)\)\n\}\n$/s.exec(resource) ?? [];
    expect(head).toMatch(new RegExp(`^resource "${type}" "roleferry\\w*" \\{\\n {2}${attribute}$`));
    expect(JSON.parse(value ?? '')).toEqual(JSON.parse(policy(...args)));
  });

  it.each([
    [['saml-trust'], "required option '--provider-arn <arn>' not specified"],
    [['saml-trust', '--provider-arn', role], 'saml-provider/NAME'],
    [['saml-trust', '--provider-arn', provider('aws-moon')], 'is invalid'],
    [['saml-trust', '--provider-arn', provider(), '--mfa'], "unknown option '--mfa'"],
    [['user-trust', '--principal', '*'], 'user/NAME'],
    [['user-trust', '--principal', '*'], 'role/NAME or root,'],
    [['user-trust', '--principal', user, '--principal', 'me'], 'user/NAME'],
    [['assume-only', '--role-arn', 'arn:aws:iam::111122223333:role/*'], 'role/NAME'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: that is what must not get through
    [['assume-only', '--role-arn', 'arn:aws:iam::111122223333:role/${x}/a'], 'role/NAME'],
    [['assume-only', '--role-arn', `${role}"]`], 'role/NAME'],
    [['assume-only', '--role-arn', role, '--format', 'yaml'], 'cloudformation'],
    [['trust'], "unknown command 'trust'"],
  ])('takes %j for a mistake', (args, what) => {
    const { status, stdout, stderr } = cli.look('policy', ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^roleferry: .*\nhint: .*\n$/);
    expect(stderr).toContain(what);
  });

  it.each(['saml-trust', 'user-trust', 'assume-only'])('has examples in the help of %s', (kind) => {
    expect(policy(kind, '--help')).toContain('Examples:');
  });
});
