import { expect, it } from 'vitest';
import { grouped } from './grouped.ts';

it('items with the same key come together, each group in their order', () => {
  expect([...grouped(['ab', 'c', 'ad', 'ca', 'e'], ([first = '']) => first)]).toEqual([
    ['a', ['ab', 'ad']],
    ['c', ['c', 'ca']],
    ['e', ['e']],
  ]);
});
