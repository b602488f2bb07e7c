import { beforeEach, describe, expect, it, vi } from 'vitest';
import { aLogin } from '../../../test/fixtures/login.ts';
import { onChange } from './changes.ts';
import type { Login } from './login.ts';
import { changeLogins, readLogins, updateLogins } from './login-store.ts';
import { Memory } from './memory.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

/** As after a stop of the worker: what was in its memory is gone. */
function wake() {
  memory = new Memory();
}

beforeEach(() => {
  fake.reset();
  wake();
});

const ids = async () => (await readLogins(memory)).map(({ id }) => id);
const add = (id: string) => changeLogins(memory, (logins) => [aLogin({ id }), ...logins]);

describe('the logins', () => {
  it('are none at first', async () => {
    expect(await ids()).toEqual([]);
  });

  it('outlast a stop of the worker', async () => {
    await add('a');
    wake();
    expect(await ids()).toEqual(['a']);
    expect(fake.local.everything()).toBe('{}');
  });

  it('keep every one of many changes at once, also those made while they are first read', async () => {
    await add('first');
    wake();
    const many = Array.from({ length: 20 }, (_, i) => `${i}`);
    await Promise.all(many.map(add));
    expect(await ids()).toEqual([...many.toReversed(), 'first']);
    wake();
    expect(await ids()).toEqual([...many.toReversed(), 'first']);
  });

  it('make place for newer ones', async () => {
    for (let i = 0; i < 40; i += 1) await add(`${i}`);
    const kept = await ids();
    expect(kept).toHaveLength(30);
    expect(kept[0]).toBe('39');
    wake();
    expect(await ids()).toEqual(kept);
  });

  it('tell those who watch of each change, until they look away', async () => {
    const seen: number[] = [];
    const stop = onChange(memory, () => seen.push(seen.length));
    await add('a');
    await add('b');
    stop();
    await add('c');
    expect(seen).toEqual([0, 1]);
  });

  it('have what STS says after a while, or with the next change, and it is seen at once', async () => {
    await add('a');
    await add('b');
    vi.useFakeTimers();
    try {
      const turn = () => updateLogins(memory, (logins) => [logins.toReversed(), undefined]);
      const stored = async () => {
        const all = (await fake.session.get('logins')).logins as Login[];
        return all.map(({ id }) => id);
      };
      await turn();
      expect(await ids()).toEqual(['a', 'b']);
      expect(await stored()).toEqual(['b', 'a']);
      await vi.advanceTimersByTimeAsync(1000);
      expect(await stored()).toEqual(['a', 'b']);
      await turn();
      await add('c');
      expect(await stored()).toEqual(['c', 'b', 'a']);
      await turn();
      await changeLogins(memory, (logins) => logins);
      expect(await stored()).toEqual(['a', 'b', 'c']);
    } finally {
      vi.useRealTimers();
    }
  });
});
