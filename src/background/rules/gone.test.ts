import { describe, expect, it, vi } from 'vitest';
import { aLogin, issuer } from '../../../test/fixtures/login.ts';
import type { Role } from '../../core/aws/role.ts';
import type { Login } from '../state/login.ts';
import type { Binding } from './bindings.ts';
import { goneFrom } from './gone.ts';

vi.mock('../../webext/browser.ts', () => ({ browser: {} }));

const role = (account: number, name: string): Role => ({
  roleArn: `arn:aws:iam::${account}:role/${name}`,
  providerArn: `arn:aws:iam::${account}:saml-provider/Idp`,
});
const rolesOf = (accounts: number[], names: string[]) =>
  accounts.flatMap((account) => names.map((name) => role(account, name)));
const nameOf = ({ roleArn }: Role) => roleArn.replace(/^arn:aws:iam::(\d+):role\//, '$1 ');
const boundBy = (roles: Role[], more: Partial<Binding> = {}): Binding[] =>
  roles.map((one) => ({ issuer, ...one, profile: nameOf(one), onDemand: true, ...more }));
const login = (roles: Role[], more: Partial<Login> = {}) => aLogin({ roles, ...more });
/** The profiles that are gone; the newest login comes first. */
const gone = (logins: Login[], bindings: Binding[]) => {
  const isGone = goneFrom(logins, bindings);
  return bindings.filter(isGone).map(({ profile }) => profile);
};

const accounts = Array.from({ length: 40 }, (_, index) => 100_000_000_000 + index);
const names = ['Admin', 'Audit', 'Billing', 'Dev', 'Ops', 'ReadOnly'];
const all = rolesOf(accounts, names);
const [first, second] = [accounts.slice(0, 1), accounts.slice(1, 2)];

describe('an on-demand profile is gone', () => {
  it('if the newest login of its application does not offer its role', () => {
    const made = boundBy(all, { app: 'a' });
    expect(gone([login(all)], made)).toEqual([]);
    expect(gone([login(all.slice(2)), login(all)], made)).toEqual(all.slice(0, 2).map(nameOf));
    expect(gone([login(all), login(all.slice(2))], made)).toEqual([]);
  });

  it('if its account was removed whole', () => {
    const left = rolesOf(accounts.slice(1), names);
    expect(gone([login(left)], boundBy(all, { app: 'a' }))).toEqual(rolesOf(first, names).map(nameOf));
  });

  it('if an earlier version made it, without an application', () => {
    expect(gone([login(all.slice(1))], boundBy(all))).toEqual([nameOf(all[0] as Role)]);
  });

  it('with its profiles of fewer rights', () => {
    const lesser = { sessionPolicy: { policyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] } };
    const made = [
      ...boundBy(all, { app: 'a' }),
      ...boundBy(all.slice(0, 1), { ...lesser, profile: 'look', app: 'a' }),
    ];
    expect(gone([login(all.slice(1))], made)).toEqual([nameOf(all[0] as Role), 'look']);
    expect(gone([login(all)], made)).toEqual([]);
  });
});

describe('an on-demand profile is not gone', () => {
  it('if a login of another application with the same entity id does not offer its role', () => {
    const [one, other] = [rolesOf(first, names), rolesOf(second, names)];
    const made = [...boundBy(one, { app: 'a' }), ...boundBy(other, { app: 'b' })];
    expect(gone([login(other), login(one)], made)).toEqual([]);
    expect(gone([login(other), login(one.slice(1))], made)).toEqual([nameOf(one[0] as Role)]);
  });

  it('if an application without any profile has its entity id', () => {
    expect(gone([login(rolesOf(second, names))], boundBy(rolesOf(first, names), { app: 'a' }))).toEqual([]);
  });

  it('if a login has only the role that was chosen', () => {
    const lesser = { sessionPolicy: { policyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] } };
    const [chosen = role(1, 'Dev')] = all;
    const made = boundBy(all, { app: 'a' });
    expect(gone([login([chosen, { ...chosen, ...lesser }])], made)).toEqual([]);
    expect(gone([login([chosen]), login(all.slice(1))], made)).toEqual([]);
  });

  it('if the login is of another identity provider, person or container, or encrypted', () => {
    const made = boundBy(all, { app: 'a', sessionName: 'jo@example.com', container: 'one' });
    const fewer = all.slice(1);
    const others = [
      login(fewer, { issuer: 'https://other.example' }),
      login(fewer, { sessionName: 'sam@example.com' }),
      login(fewer, { container: 'two' }),
      login(fewer, { encrypted: true }),
    ];
    expect(gone(others, made)).toEqual([]);
  });
});
