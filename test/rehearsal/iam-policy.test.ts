import { describe, expect, it } from 'vitest';
import { everything, isAllowed, type PolicyDocument } from './iam-policy.ts';

type Statement = Exclude<PolicyDocument['Statement'], unknown[]>;

const asked = { action: 'ssm:GetParameter', resource: 'arn:aws:ssm:us-east-1:111122223333:parameter/a.b' };
const allow = (more: Partial<Statement> = {}): Statement => ({
  Effect: 'Allow',
  Action: 'ssm:GetParameter',
  Resource: '*',
  ...more,
});
const { Action: _, ...anyAction } = allow();
const { Resource: __, ...anyResource } = allow();
const document = (...statements: Statement[]): PolicyDocument => ({ Statement: statements });

describe('a policy allows an action', () => {
  it.each<[string, Statement]>([
    ['that it names', allow()],
    ['in a list', allow({ Action: ['ssm:PutParameter', 'ssm:GetParameter'] })],
    ['in other capitals', allow({ Action: 'SSM:getparameter' })],
    ['by a wildcard', allow({ Action: 'ssm:Get*' })],
    ['by wildcards for one character', allow({ Action: 'ssm:G?tParamete?' })],
    ['by one wildcard', allow({ Action: '*' })],
    ['that it does not except', { ...anyAction, NotAction: ['ssm:Put*'] }],
    ['on the resource', allow({ Resource: asked.resource })],
    ['on resources like this', allow({ Resource: 'arn:aws:ssm:*:*:parameter/?.b' })],
    ['on a resource that it does not except', { ...anyResource, NotResource: 'arn:aws:ssm:*:*:parameter/c' }],
  ])('%s', (_, statement) => {
    expect(isAllowed(asked, [document(statement)], undefined)).toBe(true);
  });

  it.each<[string, Statement]>([
    ['that it does not name', allow({ Action: 'ssm:GetParameters' })],
    ['of which it names the beginning', allow({ Action: 'ssm:Get' })],
    ['with a character more than its wildcards', allow({ Action: 'ssm:GetParameter?' })],
    ['that it excepts', { ...anyAction, NotAction: 'ssm:Get*' }],
    ['on another resource', allow({ Resource: 'arn:aws:ssm:us-east-1:111122223333:parameter/aXb' })],
    ['on a resource in other capitals', allow({ Resource: asked.resource.toUpperCase() })],
    ['on a resource that it excepts', { ...anyResource, NotResource: asked.resource }],
    ['under a condition that nobody here knows', allow({ Condition: { Bool: { 'aws:x': 'true' } } })],
    ['without a resource', anyResource],
  ])('but not one %s', (_, statement) => {
    expect(isAllowed(asked, [document(statement)], undefined)).toBe(false);
  });
});

describe('a session may do', () => {
  const write = { ...asked, action: 'ssm:PutParameter' };
  const reads = document(allow());
  const deny = (action: string) =>
    document(allow({ Effect: 'Deny', Action: action }), allow({ Action: '*' }));

  it('what role and session policy both allow', () => {
    expect(isAllowed(asked, [everything], [reads])).toBe(true);
    expect(isAllowed(write, [everything], [reads])).toBe(false);
    expect(isAllowed(asked, [reads], [everything])).toBe(true);
    expect(isAllowed(write, [reads], [everything])).toBe(false);
    expect(isAllowed(write, [reads], [reads])).toBe(false);
  });

  it('what one of several session policies allows', () => {
    expect(isAllowed(write, [everything], [reads, document(allow({ Action: 'ssm:PutParameter' }))])).toBe(
      true,
    );
  });

  it('nothing that one of them denies, whatever the others allow', () => {
    expect(isAllowed(write, [everything], [everything, deny('ssm:Put*')])).toBe(false);
    expect(isAllowed(write, [deny('ssm:Put*')], [everything])).toBe(false);
    expect(isAllowed(asked, [deny('ssm:Put*')], [everything])).toBe(true);
  });

  it('nothing with a session policy that allows nothing', () => {
    expect(isAllowed(asked, [everything], [])).toBe(false);
  });
});
