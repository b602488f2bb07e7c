import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { RoleView } from '../../webext/login-view.ts';
import { settingsSchema } from '../../webext/settings-schema.ts';
import type { View } from '../../webext/view.ts';
import { isKept, keyOf, pickedNames } from './picked-names.ts';

const role = (roleName: string, accountId = '111122223333', more: Partial<RoleView> = {}): RoleView => ({
  roleArn: `arn:aws:iam::${accountId}:role/${roleName}`,
  providerArn: `arn:aws:iam::${accountId}:saml-provider/Okta`,
  accountId,
  roleName,
  state: 'offered',
  profile: roleName.toLowerCase(),
  suggestion: roleName.toLowerCase(),
  fixed: false,
  bound: false,
  chained: [],
  ...more,
});

const view = (more: Partial<View> = {}) =>
  ({
    bindings: [],
    chains: [],
    profiles: [],
    configProfiles: [],
    settings: v.parse(settingsSchema, {}),
    ...more,
  }) as unknown as View;

const admins = [role('Admin'), role('Admin', '444455556666')];

const namesOf = (ticked: RoleView[], written = {}, shown = view()) => {
  const picked = pickedNames(shown, ticked, { names: new Map(), ...written });
  return { ...picked, names: ticked.map((one) => picked.names.get(keyOf(one))), twice: [...picked.twice] };
};

describe('the names of the roles that are ticked', () => {
  it('differ, and tell by which rule', () => {
    expect(namesOf(admins)).toEqual({
      names: ['admin-111122223333', 'admin-444455556666'],
      template: '{role}-{accountName}',
      twice: [],
    });
  });

  it('are as short as the ticked ones allow', () => {
    expect(namesOf(admins.slice(0, 1))).toMatchObject({ names: ['admin'], template: '{role}' });
  });

  it('are those that the user wrote, and suggestions keep away from these', () => {
    const [first, second] = admins as [RoleView, RoleView];
    const written = { names: new Map([[keyOf(first), 'admin']]) };
    expect(namesOf([first, second], written)).toMatchObject({
      names: ['admin', 'admin-444455556666'],
      twice: [],
    });
  });

  it('are said to be the same where the user made them so', () => {
    const written = { names: new Map(admins.map((one) => [keyOf(one), 'x'])) };
    expect(namesOf(admins, written)).toEqual({ names: ['x', 'x'], twice: ['x'] });
  });

  it('are made just as a template of the user says', () => {
    expect(namesOf(admins, { template: 'a-{role}' })).toEqual({
      names: ['a-admin', 'a-admin'],
      template: 'a-{role}',
      twice: ['a-admin'],
    });
  });

  it('stay where a role has a profile or the administrator gave one', () => {
    const bound = role('Dev', '111122223333', { profile: 'mine', suggestion: 'dev' });
    const fixed = role('Ops', '111122223333', { profile: 'ops', fixed: true });
    expect(namesOf([bound, fixed], { template: 'a-{role}' })).toEqual({ names: ['mine', 'ops'], twice: [] });
  });

  it('are none that the credentials file has', () => {
    const shown = view({ profiles: [{ name: 'admin', kind: 'long-lived' }] as never });
    expect(namesOf(admins.slice(0, 1), {}, shown).names).toEqual(['admin-111122223333']);
  });
});

describe('the rule by which names were made', () => {
  const own = view({ settings: { ...view().settings, profileNameTemplate: '{accountName}/{role}' } });

  it.each([
    ['the first names needed it', view(), '{role}-{accountName}', undefined, true],
    ['the user typed it', own, '{role}', '{role}', true],
    [
      'it only told some roles apart, and the user has another',
      own,
      '{accountName}/{role}-{account}',
      undefined,
      false,
    ],
    ['it is the user’s already', own, '{accountName}/{role}', '{accountName}/{role}', false],
  ])('is kept for next time or not: %s', (_, shown, template, typed, kept) => {
    const written = { names: new Map(), ...(typed === undefined ? {} : { template: typed }) };
    expect(isKept(shown, template, written)).toBe(kept);
  });
});
