import { expect, it } from 'vitest';
import { failure } from './failure.ts';
import { printable } from './printable.ts';

it('leaves what people can read as it is', () => {
  expect(printable('José, 東京, https://idp.example/é')).toBe('José, 東京, https://idp.example/é');
});

it.each(['\u202e', '\u2066', '\u200b', '\u0007', '\u001b', '\n', '\u2028', '\u2029', '\ufeff'])(
  'shows that there is something where %j would not be seen',
  (character) => {
    expect(printable(`a${character}b`)).toBe('a\ufffdb');
  },
);

it('is how every failure shows what came from outside', () => {
  expect(failure('role-not-in-assertion', { roleArn: 'arn:\u202enimda' }).message).toContain(
    'arn:\ufffdnimda',
  );
});
