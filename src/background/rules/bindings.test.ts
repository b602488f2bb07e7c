import { beforeEach, describe, expect, it, vi } from 'vitest';
import { adminRole, issuer } from '../../../test/fixtures/login.ts';
import type { BindingKey } from '../../core/profile/binding.ts';
import { bindAll, keyOf, readBindings } from './bindings.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

beforeEach(() => fake.reset());

const admin = keyOf({ issuer }, adminRole);
const other = { ...admin, roleArn: `${admin.roleArn}ReadOnly` };
const bind = (to: BindingKey, profile: string) => bindAll([{ ...to, profile }]);

describe('a binding', () => {
  it('is not lost when two are made at once', async () => {
    await Promise.all([bind(admin, 'dev'), bind(other, 'test')]);
    expect(await readBindings()).toHaveLength(2);
  });

  it('is kept beside that of another container', async () => {
    await bind({ ...admin, container: 'firefox-container-1' }, 'dev');
    await bind({ ...admin, container: 'firefox-container-2' }, 'test');
    expect(await readBindings()).toHaveLength(2);
  });

  it('gives a role one profile, the last', async () => {
    await bind(admin, 'dev');
    await bind(admin, 'prod');
    expect(await readBindings()).toEqual([{ ...admin, profile: 'prod' }]);
  });

  it('takes a profile from the role that had it', async () => {
    await bind(admin, 'dev');
    await bind(other, 'dev');
    expect(await readBindings()).toEqual([{ ...other, profile: 'dev' }]);
  });

  it('leaves all others alone', async () => {
    await bind(admin, 'dev');
    await bind(other, 'test');
    await bind(admin, 'dev');
    expect(await readBindings()).toHaveLength(2);
  });

  it.each([[null], ['x'], [{}], [[{ profile: 'dev' }]], [[{ ...admin, profile: 7 }]]])(
    'is none where the storage holds %j',
    async (stored) => {
      await fake.local.set({ bindings: stored });
      expect(await readBindings()).toEqual([]);
    },
  );
});

it('a binding keeps its person’s name when its profile is given another name', async () => {
  await bindAll([{ ...admin, profile: 'dev', sessionName: 'me' }]);
  await bind(admin, 'work');
  expect(await readBindings()).toEqual([{ ...admin, profile: 'work', sessionName: 'me' }]);
});
