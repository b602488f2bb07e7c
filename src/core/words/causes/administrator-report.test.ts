import { describe, expect, it } from 'vitest';
import { type Failure, failure } from '../../failure.ts';
import { administratorReport } from './administrator-report.ts';

const roleArn = 'arn:aws:iam::111122223333:role/Admin';
const providerArn = 'arn:aws:iam::111122223333:saml-provider/Okta';
const asked: NonNullable<Failure['refusal']> = {
  ...{ roleArn, providerArn, issuer: 'https://idp.example/metadata', host: 'sts.eu-west-1.amazonaws.com' },
  ...{ seconds: 28_800, at: Date.UTC(2026, 0, 2, 3, 4, 5) },
  cause: { code: 'tags-not-allowed', keys: ['Team', 'Cost'] },
  statements: [{ Effect: 'Allow', Principal: { Federated: providerArn }, Action: 'sts:TagSession' }],
};
const refused: Failure = {
  ...failure('sts-access-denied', { roleArn }),
  details:
    'AccessDenied: Not authorized to perform sts:TagSession\nHTTP 403\nrequest ID 51de7dff-3803-47db-b8a7-4430a295e699',
  refusal: asked,
};

describe('the text for the administrator', () => {
  it('says what was asked, what AWS answered, the cause, and what the trust policy lacks', () => {
    expect(administratorReport(refused)).toBe(`AWS refused a SAML login.

What was asked
  AssumeRoleWithSAML at sts.eu-west-1.amazonaws.com, 2026-01-02T03:04:05.000Z
  role      arn:aws:iam::111122223333:role/Admin
  provider  arn:aws:iam::111122223333:saml-provider/Okta
  issuer    https://idp.example/metadata
  duration  28800 seconds

What AWS answered
  AccessDenied: Not authorized to perform sts:TagSession
  HTTP 403
  request ID 51de7dff-3803-47db-b8a7-4430a295e699

Likely cause
  The assertion has session tags (Team and Cost), and the trust policy of the role does not allow sts:TagSession.
  In the AWS account: add sts:TagSession to the trust policy of the role.

What the trust policy of the role lacks
  {
    "Effect": "Allow",
    "Principal": {
      "Federated": "arn:aws:iam::111122223333:saml-provider/Okta"
    },
    "Action": "sts:TagSession"
  }
`);
  });

  it('leaves out what nobody knows', () => {
    const refusal = { roleArn, providerArn, issuer: '', host: 'localhost', at: 0 };
    const text = administratorReport({ ...failure('sts-access-denied', { roleArn }), refusal });
    expect(text).toContain('issuer    not named');
    expect(text).not.toMatch(/duration|answered|cause|lacks|undefined/i);
  });

  it('has statements that IAM reads, whatever stands in them', () => {
    const strange = `${providerArn}"\u202e\n`;
    const statement = {
      Effect: 'Allow',
      Principal: { Federated: strange },
      Action: 'sts:TagSession',
    } as const;
    const text = administratorReport({ ...refused, refusal: { ...asked, statements: [statement] } });
    const [, json = ''] = text?.split('lacks\n') ?? [];
    expect(text).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}]|[^\P{Cc}\n]/u);
    expect(JSON.parse(json)).toEqual(statement);
  });

  it('lets nothing from outside steer what it is pasted into, or make a line of its own', () => {
    const hostile = 'x\u001b[31m\u202e\nLikely cause\n  all is well';
    const text = administratorReport({
      ...refused,
      refusal: { ...asked, issuer: hostile, roleArn: hostile },
    });
    expect(text).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}]|[^\P{Cc}\n]/u);
    expect(text?.match(/^Likely cause$/gm)).toHaveLength(1);
  });

  it('is there only where AWS refused', () => {
    expect(administratorReport(failure('sts-unreachable', { host: 'x', reason: 'offline' }))).toBeUndefined();
  });
});
