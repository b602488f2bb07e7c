import { beforeEach, describe, expect, it, vi } from 'vitest';
import { adminRole, issuer } from '../../../test/fixtures/login.ts';
import { plainNames } from '../../../test/fixtures/plain-names.ts';
import { said } from '../../../test/fixtures/said.ts';
import { ok } from '../../core/result.ts';
import { readRules } from '../settings/read-rules.ts';
import { Memory } from '../state/memory.ts';
import { bindingRefusal, chainRefusal, type Names } from './binding-refusal.ts';
import type { Binding } from './bindings.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

const mine = { issuer, ...adminRole };
const theirs: Binding = { ...mine, issuer: 'https://other.example', profile: 'dev' };
const secondRole = { source: 'dev', roleArn: 'arn:aws:iam::444455556666:role/Audit', profile: 'audit' };
const nothing = {
  policy: ok({}),
  bindings: [] as Binding[],
  chains: [] as (typeof secondRole)[],
  names: plainNames,
};
const admin = 'account 1111-2222-3333, role Admin, via ';

const refusal = (rules: Partial<typeof nothing>, order: object = {}, key: object = {}) =>
  bindingRefusal({ ...mine, ...key }, { profile: 'dev', ...order }, { ...nothing, ...rules });
const wordsOf = (...asked: Parameters<typeof refusal>) => said(refusal(...asked));

describe('a login that wants a profile', () => {
  it('has it when it is nobody’s, or its own', () => {
    expect(refusal({})).toBeUndefined();
    expect(
      refusal({
        bindings: [
          { ...mine, profile: 'dev' },
          { ...theirs, profile: 'other' },
        ],
      }),
    ).toBeUndefined();
    expect(refusal({ chains: [secondRole] })).toBeUndefined();
  });

  it('does not have one that AWS tools cannot read', () => {
    expect(refusal({}, { profile: 'a b' })?.code).toBe('profile-name-invalid');
  });

  it('does not have another login’s without a yes, and hears whose it is', () => {
    expect(refusal({ bindings: [theirs] })?.code).toBe('profile-bound-elsewhere');
    expect(wordsOf({ bindings: [theirs] })).toContain(`belongs to ${admin}`);
    expect(wordsOf({ bindings: [theirs] })).toContain('(https://other.example). ');
    expect(wordsOf({ bindings: [theirs] })).toContain(
      `belongs to ${admin}${mine.providerArn.split('/')[1]} (`,
    );
    expect(refusal({ bindings: [theirs] }, { takeOver: true })).toBeUndefined();
  });

  it('hears of accounts and identity providers by the names that the user knows', () => {
    const names: Names = {
      account: () => 'Shop (1111-2222-3333)',
      issuer: (id) => (id === issuer ? 'Work' : 'other.example'),
    };
    const words = wordsOf({ bindings: [theirs], names });
    expect(words).toContain('belongs to account Shop (1111-2222-3333), role Admin, via ');
    expect(words).toContain(' (other.example). ');
    expect(words).toContain(' (Work), an identity provider never seen before.');
    expect(words).not.toMatch(/https:|111122223333/);
  });

  it('hears that its issuer was never seen before, and only then', () => {
    const known = { ...mine, roleArn: `${mine.roleArn}2`, profile: 'other' };
    expect(wordsOf({ bindings: [theirs] })).toContain(`(${issuer}), an identity provider never seen before.`);
    expect(wordsOf({ bindings: [theirs, known] })).toContain(`(${issuer}).`);
  });

  it('does not have that of a second role, and hears from which profile that is assumed', () => {
    const chains = [{ ...secondRole, profile: 'dev', source: 'base' }];
    expect(wordsOf({ chains })).toContain(
      'belongs to account 4444-5555-6666, role Audit, assumed from the profile base.',
    );
  });

  it('hears of the containers of Firefox, where there are any', () => {
    const inTwo = { ...mine, container: 'firefox-container-2', profile: 'dev' };
    expect(wordsOf({ bindings: [inTwo] }, {}, { container: 'firefox-container-1' })).toMatch(
      /\(.*\), container 2\. .*\(.*\), container 1\. /,
    );
  });

  it('of another name does not have its role’s profile, nor any other, until that name is meant', () => {
    const bindings = [{ ...mine, profile: 'dev', sessionName: 'jo' }];
    const sam = { sessionName: 'sam' };
    expect(refusal({ bindings }, {}, sam)?.code).toBe('session-name-changed');
    expect(wordsOf({ bindings }, { profile: 'new' }, sam)).toContain('as jo. This login is as sam,');
    expect(refusal({ bindings }, { newName: true }, sam)).toBeUndefined();
    expect(refusal({ bindings }, {}, { sessionName: 'jo' })).toBeUndefined();
    expect(refusal({ bindings })).toBeUndefined();
  });

  it('is bound by what the administrator fixed, whatever the user says yes to', () => {
    const yes = { takeOver: true, newName: true };
    const fixed = { ...mine, profile: 'dev' };
    const codeOf = (policy: object, order: object = {}, key: object = {}) =>
      refusal({ policy: ok(policy) }, { ...yes, ...order }, key)?.code;
    expect(codeOf({ profiles: [fixed] })).toBeUndefined();
    expect(codeOf({ profiles: [fixed] }, { profile: 'mine' })).toBe('policy-fixed-profile');
    expect(refusal({ policy: ok({ profiles: [fixed] }) }, { profile: 'mine' })?.params).toEqual({
      profile: 'dev',
    });
    expect(codeOf({ profiles: [fixed] }, {}, { issuer: 'https://other.example' })).toBe(
      'policy-fixed-profile',
    );
    expect(codeOf({ profiles: [{ ...fixed, sessionName: 'jo' }] }, {}, { sessionName: 'sam' })).toBe(
      'policy-session-name',
    );
    expect(
      codeOf({ profiles: [{ ...fixed, sessionName: 'jo' }] }, {}, { sessionName: 'jo' }),
    ).toBeUndefined();
    expect(codeOf({ forbidProfiles: true })).toBe('policy-no-profiles');
    expect(codeOf({ allowedAccounts: [] })).toBe('policy-forbids');
  });
});

describe('a second role', () => {
  beforeEach(async () => {
    memory = new Memory();
    fake.reset();
    fake.managed = {};
    await fake.local.set({ bindings: [{ ...mine, profile: 'dev' }] });
  });

  it('may be assumed from a profile that a login is saved to', async () => {
    expect(chainRefusal(secondRole, await readRules(memory))).toBeUndefined();
  });

  it.each([
    ['is no role', { roleArn: 'arn:aws:iam::444455556666:user/jo' }, 'role-arn-invalid'],
    [
      'is of a partition that nobody knows',
      { roleArn: 'arn:aws-x:iam::444455556666:role/A' },
      'partition-unknown',
    ],
    ['is of another partition', { roleArn: 'arn:aws-cn:iam::444455556666:role/A' }, 'partition-differs'],
    ['wants a name that is none', { profile: 'a b' }, 'profile-name-invalid'],
    ['comes from a profile of no login', { source: 'nobody' }, 'chain-source-unbound'],
    ['wants the profile of a login', { profile: 'dev' }, 'profile-bound-elsewhere'],
  ])('may not when it %s', async (_, change, code) => {
    expect(chainRefusal({ ...secondRole, ...change }, await readRules(memory))?.code).toBe(code);
  });

  it('hears from which profile it cannot be assumed', async () => {
    expect(chainRefusal({ ...secondRole, source: 'nobody' }, await readRules(memory))?.params).toEqual({
      profile: 'nobody',
    });
  });

  it('may not while the policy cannot be read', async () => {
    fake.managed = { profiles: 'none' };
    expect(chainRefusal(secondRole, await readRules(memory))?.code).toBe('policy-invalid');
  });

  it('that wants the profile of a login hears whose it is, and what it is itself', async () => {
    const words = said(chainRefusal({ ...secondRole, profile: 'dev' }, await readRules(memory)));
    expect(words).toContain(`belongs to ${admin}`);
    expect(words).toContain('account 4444-5555-6666, role Audit, assumed from the profile dev.');
  });
});
