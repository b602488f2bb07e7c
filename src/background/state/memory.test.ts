import { expect, it } from 'vitest';
import { Memory } from './memory.ts';

const names = () => new Set<string>();
const counted = (memory: Memory) => ({ names: memory.of(names) });

it('keeps each part from its first use on', () => {
  const memory = new Memory();
  memory.of(names).add('dev');
  expect([...memory.of(names)]).toEqual(['dev']);
});

it('lets a part use another one', () => {
  const memory = new Memory();
  memory.of(counted).names.add('dev');
  expect([...memory.of(names)]).toEqual(['dev']);
});

it('shares nothing with another memory', () => {
  new Memory().of(names).add('dev');
  expect([...new Memory().of(names)]).toEqual([]);
});
