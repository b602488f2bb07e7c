import { expect, it } from 'vitest';
import { atOnce, sideBySide } from './side-by-side.ts';

/** Work that ends when told to. */
function work() {
  const finish = new Map<number, () => void>();
  const one = (item: number) =>
    new Promise<string>((resolve) => finish.set(item, () => resolve(`done ${item}`)));
  return { one, finish, begun: () => [...finish.keys()] };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

it('work is done for a few items at a time, and its outcomes are in the order of the items', async () => {
  const { one, finish, begun } = work();
  const outcomes = sideBySide([0, 1, 2], one, 2);
  expect(begun()).toEqual([0, 1]);
  finish.get(1)?.();
  await turn();
  expect(begun()).toEqual([0, 1, 2]);
  finish.get(2)?.();
  finish.get(0)?.();
  expect(await outcomes).toEqual(['done 0', 'done 1', 'done 2']);
});

it('AWS is asked twelve things at once, and no more', () => {
  const { one, begun } = work();
  void sideBySide(
    Array.from({ length: 20 }, (_, index) => index),
    one,
  );
  expect(begun()).toHaveLength(12);
  expect(atOnce).toBe(12);
});

it('nothing to do is done at once', async () => {
  expect(await sideBySide([], () => Promise.reject(new Error('asked')))).toEqual([]);
});
