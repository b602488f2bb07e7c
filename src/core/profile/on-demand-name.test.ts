import { expect, it } from 'vitest';
import { saying } from '../../../test/fixtures/said.ts';
import { onDemandNameFailure } from './on-demand-name.ts';

it.each(['dev', 'a-b_c.d/e@f:g+h', 'default'])('an on-demand profile may be called %s', (name) => {
  expect(onDemandNameFailure(name)).toBeUndefined();
});

it.each([
  ['-ops', '-'],
  ['100%', '%'],
  ['a b', 'a space'],
  ['DEFAULT', 'DEFAULT'],
])('no on-demand profile is called %s, and the reason names %s', (name, reason) => {
  expect(onDemandNameFailure(name)).toEqual(saying('profile-name-invalid', reason));
});
