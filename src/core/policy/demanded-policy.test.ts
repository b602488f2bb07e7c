import { describe, expect, it } from 'vitest';
import { said } from '../../../test/fixtures/said.ts';
import type { SessionPolicy } from '../aws/session-policy.ts';
import { sessionPolicyFor, widerThanDemanded } from './demanded-policy.ts';
import { parsePolicy } from './policy.ts';

const ofAws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const [look, audit, admin] = [ofAws('ReadOnlyAccess'), ofAws('SecurityAudit'), ofAws('AdministratorAccess')];
const json = (action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: action, Resource: '*' } });
const gets = json('s3:Get*');
const roleArn = 'arn:aws:iam::111122223333:role/team/Developer';

function demanding(...sessionPolicies: object[]) {
  const policy = parsePolicy({ sessionPolicies });
  if (!policy.ok) throw new Error(said(policy));
  return policy.value;
}

const askedFor = (demand: object, own?: SessionPolicy, arn = roleArn) => {
  const answer = sessionPolicyFor(demanding(demand), { roleArn: arn, sessionPolicy: own });
  return answer.ok ? answer.value : answer.failure.code;
};

describe('a demanded session policy', () => {
  it.each<[string, object]>([
    ['managed policies', { policyArns: [look, audit] }],
    ['a policy as JSON', { policy: gets }],
    ['both', { policyArns: [look], policy: gets }],
  ])('of %s is asked for by whoever asks for none', (_, demand) => {
    expect(askedFor(demand)).toEqual(demand);
  });

  it.each<[string, object, SessionPolicy]>([
    [
      'the very same',
      { policyArns: [look, audit], policy: gets },
      { policyArns: [audit, look], policy: gets },
    ],
    ['one of its managed policies', { policyArns: [look, audit] }, { policyArns: [audit] }],
    ['its managed policies without its JSON', { policyArns: [look], policy: gets }, { policyArns: [look] }],
    ['its JSON without its managed policies', { policyArns: [look], policy: gets }, { policy: gets }],
    [
      'its JSON, written with spaces',
      { policy: JSON.stringify(JSON.parse(gets), null, 2) },
      { policy: gets },
    ],
  ])('lets a person ask for %s', (_, demand, own) => {
    expect(askedFor(demand, own)).toEqual(own);
  });

  it.each<[string, object, SessionPolicy]>([
    ['another managed policy', { policyArns: [look] }, { policyArns: [audit] }],
    ['one more managed policy', { policyArns: [look] }, { policyArns: [look, admin] }],
    ['a JSON beside it', { policyArns: [look] }, { policyArns: [look], policy: gets }],
    ['a JSON in its place', { policyArns: [look] }, { policy: gets }],
    ['another JSON', { policy: gets }, { policy: json('s3:*') }],
    ['another JSON, though it seems narrower', { policy: gets }, { policy: json('s3:GetObject') }],
    ['a managed policy in place of its JSON', { policy: gets }, { policyArns: [look] }],
    ['a managed policy beside its JSON', { policy: gets }, { policyArns: [look], policy: gets }],
    ['the same policy in other letters', { policyArns: [look] }, { policyArns: [look.toLowerCase()] }],
    ['nothing at all', { policyArns: [look] }, {}],
    ['nothing at all in a list', { policyArns: [look] }, { policyArns: [] }],
  ])('refuses %s, and says what is demanded', (_, demand, own) => {
    expect(askedFor(demand, own)).toBe('policy-demands-session-policy');
    const refusal = said(sessionPolicyFor(demanding(demand), { roleArn, sessionPolicy: own }));
    expect(refusal).toContain(roleArn);
    const { policyArns = [], policy } = demand as SessionPolicy;
    for (const part of [...policyArns, ...(policy ? [policy] : [])]) expect(refusal).toContain(part);
  });

  it.each<[string, object]>([
    ['all roles', {}],
    ['the account', { accounts: ['444455556666', '111122223333'] }],
    ['the name', { roleName: 'Developer' }],
    ['the name with its path', { roleName: 'team/Developer' }],
    ['the name in other letters', { roleName: 'developer' }],
    ['the partition', { partition: 'aws' }],
    ['all of it', { accounts: ['111122223333'], roleName: 'Developer', partition: 'aws' }],
  ])('for %s is for the role', (_, roles) => {
    expect(askedFor({ ...roles, policyArns: [look] })).toEqual({ policyArns: [look] });
  });

  it.each<[string, object]>([
    ['another account', { accounts: ['444455556666'] }],
    ['another name', { roleName: 'Dev' }],
    ['another partition', { partition: 'aws-cn' }],
    ['the name in another account', { accounts: ['444455556666'], roleName: 'Developer' }],
  ])('for %s leaves the role alone', (_, roles) => {
    const demand = { ...roles, policyArns: [look] };
    expect(askedFor(demand)).toBeUndefined();
    expect(askedFor(demand, { policyArns: [admin] })).toEqual({ policyArns: [admin] });
  });

  it('is that of the first entry that fits, and no other counts', () => {
    const policy = demanding(
      { roleName: 'Other', policyArns: [admin] },
      { roleName: 'Developer', policyArns: [look] },
      { policyArns: [audit] },
    );
    expect(sessionPolicyFor(policy, { roleArn })).toEqual({ ok: true, value: { policyArns: [look] } });
    expect(widerThanDemanded(policy, { roleArn, sessionPolicy: { policyArns: [audit] } })).toBeDefined();
  });

  it('is missing from a session that was asked for with none', () => {
    expect(widerThanDemanded(demanding({ policyArns: [look] }), { roleArn })).toMatchObject({
      code: 'policy-demands-session-policy',
    });
    expect(widerThanDemanded({}, { roleArn })).toBeUndefined();
  });
});
