import { beforeEach, describe, expect, it, vi } from 'vitest';
import { failure } from '../../core/failure.ts';
import { clearHistory, noteForGood, noteForNow, readHistory } from './history.ts';
import { Memory } from './memory.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

beforeEach(() => {
  fake.reset();
  memory = new Memory();
});

const wrote = { what: 'write', outcome: 'done', accountId: '111122223333', profile: 'dev' } as const;

describe('the history', () => {
  it('counts what happens again right after', async () => {
    await noteForGood(memory, wrote);
    await noteForGood(memory, wrote, wrote);
    await noteForGood(memory, { ...wrote, outcome: 'failed', failure: failure('host-exited') });
    await noteForGood(memory, wrote);
    expect(await readHistory(memory)).toMatchObject([
      { outcome: 'done', times: 1 },
      { outcome: 'failed', times: 1 },
      { outcome: 'done', times: 3 },
    ]);
  });

  it('keeps two hundred, the newest first', async () => {
    await noteForGood(
      memory,
      ...Array.from({ length: 250 }, (_, index) => ({ ...wrote, profile: `p${index}` })),
    );
    const history = await readHistory(memory);
    expect(history).toHaveLength(200);
    expect(history[0]).toMatchObject({ profile: 'p249' });
  });

  it('has what anybody can cause in memory only, where it pushes out nothing of the rest', async () => {
    await noteForGood(memory, wrote);
    const flood = Array.from({ length: 500 }, (_, index) => ({
      what: 'login' as const,
      outcome: 'done' as const,
      issuer: `https://stranger.example/${index}`,
    }));
    await noteForNow(memory, ...flood);
    expect(fake.local.everything()).not.toContain('stranger');
    expect((await fake.local.get('history')).history).toHaveLength(1);
    const history = await readHistory(memory);
    expect(history).toHaveLength(51);
    expect(history).toContainEqual(expect.objectContaining(wrote));
  });

  it('is of a size that nobody can blow up', async () => {
    const long = 'x'.repeat(100_000);
    const told = { ...failure('sts-refused', { code: 'X', reason: long }), details: long };
    await noteForGood(memory, { ...wrote, issuer: long, roleName: long, failure: told });
    expect(fake.local.everything().length).toBeLessThan(3000);
    expect(await readHistory(memory)).toHaveLength(1);
  });

  it('is gone when it is cleared', async () => {
    await noteForGood(memory, wrote);
    await noteForNow(memory, wrote);
    await clearHistory(memory);
    expect(await readHistory(memory)).toEqual([]);
  });
});
