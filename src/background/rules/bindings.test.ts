import { beforeEach, describe, expect, it, vi } from 'vitest';
import { adminRole, issuer } from '../../../test/fixtures/login.ts';
import type { BindingKey } from '../../core/profile/binding.ts';
import { Memory } from '../state/memory.ts';
import {
  bindAll,
  isOfName,
  keepRegion,
  keyOf,
  learnName,
  readBindings,
  readOwnBindings,
  unbind,
  unbindIssuer,
  unbindOnDemand,
} from './bindings.ts';
import { setNamesChange } from './changing-names.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

beforeEach(() => {
  fake.reset();
  memory = new Memory();
});

const admin = keyOf({ issuer }, adminRole);
const other = { ...admin, roleArn: `${admin.roleArn}ReadOnly` };
const bind = (to: BindingKey, profile: string) => bindAll(memory, [{ ...to, profile }]);

describe('a binding', () => {
  it('is not lost when two are made at once', async () => {
    await Promise.all([bind(admin, 'dev'), bind(other, 'test')]);
    expect(await readBindings(memory)).toHaveLength(2);
  });

  it('is kept beside that of another container', async () => {
    await bind({ ...admin, container: 'firefox-container-1' }, 'dev');
    await bind({ ...admin, container: 'firefox-container-2' }, 'test');
    expect(await readBindings(memory)).toHaveLength(2);
  });

  it('gives a role one profile, the last', async () => {
    await bind(admin, 'dev');
    await bind(admin, 'prod');
    expect(await readBindings(memory)).toEqual([{ ...admin, profile: 'prod' }]);
  });

  it('takes a profile from the role that had it', async () => {
    await bind(admin, 'dev');
    await bind(other, 'dev');
    expect(await readBindings(memory)).toEqual([{ ...other, profile: 'dev' }]);
  });

  it('leaves all others alone', async () => {
    await bind(admin, 'dev');
    await bind(other, 'test');
    await bind(admin, 'dev');
    expect(await readBindings(memory)).toHaveLength(2);
  });

  it.each([[null], ['x'], [{}], [[{ profile: 'dev' }]], [[{ ...admin, profile: 7 }]]])(
    'is none where the storage holds %j',
    async (stored) => {
      await fake.local.set({ bindings: stored });
      expect(await readBindings(memory)).toEqual([]);
    },
  );
});

it('a binding keeps its person’s name when its profile is given another name', async () => {
  await bindAll(memory, [{ ...admin, profile: 'dev', sessionName: 'me' }]);
  await bind(admin, 'work');
  expect(await readBindings(memory)).toEqual([{ ...admin, profile: 'work', sessionName: 'me' }]);
});

it('a binding that is let go of leaves the others', async () => {
  await bind(admin, 'dev');
  await bind(other, 'test');
  await unbind(memory, admin);
  expect(await readBindings(memory)).toEqual([{ ...other, profile: 'test' }]);
});

it('a binding has a region of its own, which it keeps under another name and loses to no other', async () => {
  await bindAll(memory, [
    { ...admin, profile: 'dev', region: 'eu-west-1' },
    { ...other, profile: 'test' },
  ]);
  await bind(admin, 'work');
  expect(await readBindings(memory)).toMatchObject([
    { profile: 'test' },
    { profile: 'work', region: 'eu-west-1' },
  ]);
  await keepRegion(memory, other, 'us-west-2');
  expect((await readBindings(memory)).map(({ profile, region }) => [profile, region])).toEqual([
    ['test', 'us-west-2'],
    ['work', 'eu-west-1'],
  ]);
});

it('a binding of an on-demand profile is one until the profile has another name, and is let go of as one', async () => {
  const region = { region: 'eu-west-1' };
  await bindAll(memory, [
    { ...admin, profile: 'dev', onDemand: true, ...region },
    { ...other, profile: 'test', onDemand: true },
    { ...other, container: 'firefox-container-1', profile: 'mine' },
  ]);
  await bind(admin, 'dev');
  expect(await readOwnBindings(memory)).toContainEqual({
    ...admin,
    profile: 'dev',
    onDemand: true,
    ...region,
  });
  await bind(admin, 'work');
  expect(await readOwnBindings(memory)).toContainEqual({ ...admin, profile: 'work', ...region });
  await unbindOnDemand(memory, new Set(['work', 'test', 'mine']));
  expect((await readOwnBindings(memory)).map(({ profile }) => profile).toSorted()).toEqual(['mine', 'work']);
});

it('the bindings of an issuer are let go of together, and those of others stay', async () => {
  await bind(admin, 'dev');
  await bind(other, 'test');
  await bind({ ...admin, issuer: 'https://other.example' }, 'theirs');
  await unbindIssuer(memory, issuer);
  expect((await readBindings(memory)).map(({ profile }) => profile)).toEqual(['theirs']);
});

it('of two bindings made at once each takes the place of its own before', async () => {
  const inOne = { ...admin, container: 'firefox-container-1' };
  const inTwo = { ...admin, container: 'firefox-container-2' };
  await bindAll(memory, [
    { ...inOne, profile: 'one' },
    { ...inTwo, profile: 'two' },
  ]);
  await bindAll(memory, [
    { ...inOne, profile: 'uno' },
    { ...inTwo, profile: 'due' },
  ]);
  expect((await readBindings(memory)).map(({ profile }) => profile)).toEqual(['uno', 'due']);
});

it('what is kept of a binding names nothing that is not known', async () => {
  await bind(admin, 'dev');
  expect(await fake.local.get('bindings')).toStrictEqual({ bindings: [{ ...admin, profile: 'dev' }] });
});

describe('the name that a profile is for', () => {
  const dev = { ...admin, profile: 'dev' };
  const fixed = { issuer, ...adminRole, profile: 'fixed' };

  it('is learnt when a login was written there, and not for another profile or role', async () => {
    await bind(admin, 'dev');
    await bind(other, 'test');
    await learnName(memory, { ...dev, sessionName: 'me' });
    await learnName(memory, { ...other, profile: 'dev', sessionName: 'you' });
    await learnName(memory, { ...admin, profile: 'new', sessionName: 'you' });
    expect(await readBindings(memory)).toEqual([
      { ...dev, sessionName: 'me' },
      { ...other, profile: 'test' },
    ]);
  });

  it('is the last one that was learnt', async () => {
    await bind(admin, 'dev');
    await learnName(memory, { ...dev, sessionName: 'me' });
    await learnName(memory, { ...dev, sessionName: 'you' });
    expect(await readBindings(memory)).toEqual([{ ...dev, sessionName: 'you' }]);
  });

  it('is learnt for a profile that the administrator fixed, unless they fixed the name too', async () => {
    fake.managed = { profiles: [fixed, { ...fixed, ...other, profile: 'named', sessionName: 'jo' }] };
    await learnName(memory, { ...fixed, sessionName: 'me' });
    await learnName(memory, { ...other, profile: 'named', sessionName: 'me' });
    expect(await readBindings(memory)).toMatchObject([
      { profile: 'fixed', sessionName: 'me' },
      { profile: 'named', sessionName: 'jo' },
    ]);
    await learnName(memory, { ...fixed, sessionName: 'you' });
    expect(await readBindings(memory)).toMatchObject([{ sessionName: 'you' }, { sessionName: 'jo' }]);
  });

  it('is not compared for an issuer whose names change, unless the administrator fixed it', async () => {
    await bindAll(memory, [{ ...admin, profile: 'dev', sessionName: 'me' }]);
    await setNamesChange(memory, issuer, true);
    expect(await readBindings(memory)).toEqual([{ ...dev, sessionName: undefined }]);
    fake.managed = { profiles: [{ ...fixed, sessionName: 'jo' }] };
    expect(await readBindings(memory)).toMatchObject([{ sessionName: 'jo' }]);
  });

  it('is kept of fixed profiles apart, one for each, and of no other', async () => {
    const second = { ...fixed, ...other, profile: 'second' };
    fake.managed = {
      profiles: [
        fixed,
        second,
        { ...fixed, roleArn: `${admin.roleArn}3`, profile: 'named', sessionName: 'jo' },
      ],
    };
    const kept = async () =>
      ((await fake.local.get('fixedNames')).fixedNames ?? []) as { profile: string; sessionName: string }[];
    await learnName(memory, { ...admin, profile: 'none', sessionName: 'me' });
    await learnName(memory, { ...fixed, roleArn: `${admin.roleArn}3`, profile: 'named', sessionName: 'me' });
    expect(await kept()).toEqual([]);
    await learnName(memory, { ...fixed, sessionName: 'me' });
    await learnName(memory, { ...second, sessionName: 'me' });
    await learnName(memory, { ...fixed, sessionName: 'you' });
    expect((await kept()).map(({ profile, sessionName }) => [profile, sessionName])).toEqual([
      ['second', 'me'],
      ['fixed', 'you'],
    ]);
    expect(await fake.local.get('bindings')).toEqual({});
  });

  it('is stored only when it is news', async () => {
    await bindAll(memory, [{ ...dev, sessionName: 'me' }]);
    const set = vi.spyOn(fake.local, 'set');
    await learnName(memory, { ...dev, sessionName: 'me' });
    expect(set).not.toHaveBeenCalled();
    set.mockRestore();
  });

  it('is compared letter by letter where both are known', () => {
    expect(isOfName({ ...dev, sessionName: 'me' }, 'me')).toBe(true);
    expect(isOfName({ ...dev, sessionName: 'me' }, 'Me')).toBe(false);
    expect(isOfName({ ...dev, sessionName: 'me' }, undefined)).toBe(true);
    expect(isOfName(dev, 'me')).toBe(true);
  });
});

it('bindings of the administrator go before those of the user for the same role or profile', async () => {
  await bind(admin, 'dev');
  await bind(other, 'fixed');
  await bind({ ...other, issuer: 'https://other.example' }, 'mine');
  fake.managed = { profiles: [{ issuer, ...adminRole, profile: 'fixed' }] };
  expect((await readBindings(memory)).map(({ profile }) => profile)).toEqual(['fixed', 'mine']);
});

it('no binding stands while the policy cannot be read', async () => {
  await bind(admin, 'dev');
  fake.managed = { profiles: 'none' };
  expect(await readBindings(memory)).toEqual([]);
});
