import * as v from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import { adminRole, aLogin, issuer, readySession } from '../../../test/fixtures/login.ts';
import { plainNames } from '../../../test/fixtures/plain-names.ts';
import { said } from '../../../test/fixtures/said.ts';
import { ok } from '../../core/result.ts';
import { settingsSchema } from '../../webext/settings-schema.ts';
import type { Login, RoleSession } from '../state/login.ts';
import { admit, type Errand, isAllowed, isHeld, type Parcel, pickUp, type Standing } from './parcel.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

const other = { ...adminRole, roleArn: `${adminRole.roleArn}Two` };
const errand = (change: Partial<Errand> = {}): Errand => ({
  loginId: 'login-1',
  role: adminRole,
  order: { profile: 'dev' },
  ...change,
});
const holding = (...sessions: RoleSession[]): Login[] => [aLogin({ sessions })];
const session = readySession();

/** The parcel of an errand whose credentials are there. */
function packed(change: Partial<Errand> = {}, logins: Login[] = holding(session)): Parcel {
  const parcel = pickUp(errand(change), logins, session.startedAt);
  if (parcel === undefined) throw new Error('there are credentials');
  return parcel;
}

describe('the credentials of an errand', () => {
  it('are there until the very moment at which they end', () => {
    expect(pickUp(errand(), holding(session), session.endsAt - 1)).toMatchObject({
      credentials: session.credentials,
      order: { profile: 'dev' },
      result: { ok: true },
    });
    expect(pickUp(errand(), holding(session), session.endsAt)).toBeUndefined();
  });

  it('are not there where they were dropped, are being asked for, or are of another login or role', () => {
    const { startedAt } = session;
    for (const held of [
      [],
      holding(),
      holding({ ...session, credentials: undefined }),
      holding({ role: adminRole, step: 'exchanging' }),
      holding(readySession({ role: other })),
      [aLogin({ id: 'login-2', sessions: [session] })],
    ]) {
      expect(pickUp(errand(), held, startedAt)).toBeUndefined();
    }
  });

  it('are still held as long as the login has those that were given at that time', () => {
    const parcel = packed();
    expect(isHeld(holding(session), parcel)).toBe(true);
    expect(isHeld(holding({ ...session, startedAt: session.startedAt + 1 }), parcel)).toBe(false);
    expect(isHeld(holding({ role: adminRole, step: 'forgotten' }), parcel)).toBe(false);
    expect(isHeld(holding({ role: adminRole, step: 'exchanging' }), parcel)).toBe(false);
    expect(isHeld(holding(), parcel)).toBe(false);
    expect(isHeld([], parcel)).toBe(false);
  });
});

describe('of several parcels', () => {
  const standing: Standing = {
    settings: v.parse(settingsSchema, {}),
    rules: { policy: ok({}), bindings: [], chains: [], names: plainNames },
  };
  const two = () => holding(session, readySession({ role: other }));
  const both = (profile: string) => [packed({}, two()), packed({ role: other, order: { profile } }, two())];

  it('for one profile only the first may go, and the next hears whose it is', () => {
    const [first, second] = admit(both('dev'), standing);
    expect(first?.result).toEqual({ ok: true, value: {} });
    expect(second?.result).toMatchObject({ ok: false, failure: { code: 'profile-bound-elsewhere' } });
    expect(second && said(second.result)).toMatch(/dev.*belongs to account 1111-2222-3333, role Admin, /);
    expect(second && said(second.result)).toContain(issuer);
    expect(second && said(second.result)).toContain('role AdminTwo');
  });

  it('for different profiles all may go', () => {
    expect(admit(both('look'), standing).map(isAllowed)).toEqual([true, true]);
  });

  it('one that may not go holds its profile for nobody', () => {
    const mine = { issuer, ...adminRole, profile: 'dev', sessionName: 'sam@example.com' };
    const rules = { ...standing.rules, bindings: [mine] };
    const [refused, taken] = admit(
      [packed({}, two()), packed({ role: other, order: { profile: 'dev', takeOver: true } }, two())],
      { ...standing, rules },
    );
    expect(refused?.result).toMatchObject({ failure: { code: 'session-name-changed' } });
    expect(taken?.result).toMatchObject({ ok: true });
  });

  it('none may go where nothing is to be written', () => {
    const settings = { ...standing.settings, behaviour: 'never' as const };
    for (const { result } of admit(both('look'), { ...standing, settings })) {
      expect(result).toMatchObject({ failure: { code: 'writing-off' } });
    }
  });
});
