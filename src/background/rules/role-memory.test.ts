import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { adminRole, issuer } from '../../../test/fixtures/login.ts';
import { Memory } from '../state/memory.ts';
import { readRoleMemory, recallRole, rememberRole } from './role-memory.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

const hour = 3600;
const day = 24 * hour * 1000;

beforeEach(() => {
  fake.reset();
  memory = new Memory();
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(() => vi.useRealTimers());

const pass = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);
const remember = (news: Parameters<typeof rememberRole>[3]) => rememberRole(memory, issuer, adminRole, news);
const recalled = () => recallRole(memory, issuer, adminRole);

describe('the longest session of a role', () => {
  it('is remembered for a week', async () => {
    await remember({ maximum: hour });
    pass(7 * day - 1);
    expect(await recalled()).toMatchObject({ maximum: hour });
    pass(1);
    expect(await recalled()).not.toHaveProperty('maximum');
  });

  it('is forgotten after that week also by who logs in daily and goes by it', async () => {
    await remember({ maximum: hour });
    for (let days = 1; days < 7; days++) {
      pass(day);
      await remember({ maximum: hour });
    }
    expect(await recalled()).toMatchObject({ maximum: hour });
    pass(day);
    expect(await recalled()).not.toHaveProperty('maximum');
  });

  it('is remembered for another week where it was found anew', async () => {
    await remember({ maximum: hour });
    pass(5 * day);
    await remember({ maximum: 4 * hour });
    pass(6 * day);
    expect(await recalled()).toMatchObject({ maximum: 4 * hour });
    pass(day);
    await remember({ maximum: 4 * hour });
    pass(6 * day);
    expect(await recalled()).toMatchObject({ maximum: 4 * hour });
  });
});

describe('the session length that a person wants for a role', () => {
  it('outlasts what is learnt of the role, and may be none', async () => {
    await remember({ wish: 0 });
    await remember({ maximum: hour });
    await remember({});
    expect(await recalled()).toMatchObject({ wish: 0, maximum: hour });
  });

  it('is let go of where the settings are to hold again', async () => {
    await remember({ wish: 4 * hour, maximum: hour });
    await remember({ wish: null });
    expect(await recalled()).not.toHaveProperty('wish');
    expect(await recalled()).toMatchObject({ maximum: hour });
  });
});

describe('what is remembered of one role', () => {
  const other = { ...adminRole, roleArn: `${adminRole.roleArn}2` };
  const elsewhere = { ...adminRole, providerArn: `${adminRole.providerArn}2` };

  it('is not told of another role, provider or issuer, nor let go of for them', async () => {
    await rememberRole(memory, issuer, adminRole, { wish: hour });
    await rememberRole(memory, issuer, other, { wish: 2 * hour });
    await rememberRole(memory, issuer, elsewhere, { wish: 3 * hour });
    await rememberRole(memory, `${issuer}2`, adminRole, { wish: 4 * hour });
    expect((await recallRole(memory, issuer, adminRole)).wish).toBe(hour);
    expect((await recallRole(memory, issuer, other)).wish).toBe(2 * hour);
    expect((await recallRole(memory, issuer, elsewhere)).wish).toBe(3 * hour);
    expect((await recallRole(memory, `${issuer}2`, adminRole)).wish).toBe(4 * hour);
  });

  it('is nothing where it was never used', async () => {
    expect(await recalled()).toEqual({});
    expect(await readRoleMemory(memory)).toEqual([]);
  });

  it('is kept once, the role that was used last at the end', async () => {
    await rememberRole(memory, issuer, adminRole);
    await rememberRole(memory, issuer, other);
    await rememberRole(memory, issuer, adminRole);
    expect(await readRoleMemory(memory)).toEqual([
      { issuer, ...other },
      { issuer, ...adminRole },
    ]);
  });
});
