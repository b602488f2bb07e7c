import { describe, expect, it } from 'vitest';
import { matching } from './matching.ts';

const items = [
  ['Admin', '111122223333', 'Shop Live'],
  ['ReadOnly', '444455556666', undefined],
];
const search = (words: string) => matching(items, words, (item) => item);

describe('a search', () => {
  it.each([
    ['finds everything before anything is typed', ' ', items],
    ['finds a part of a word in any case', 'LIVE', [items[0]]],
    ['finds words in any order', 'live adm', [items[0]]],
    ['finds nothing where a word is missing', 'admin 4444', []],
    ['does not find what is not there to be read', 'undefined', []],
  ])('%s', (_, words, found) => {
    expect(search(words)).toEqual(found);
  });
});
