import { expect, it } from 'vitest';
import { said } from '../../../test/fixtures/said.ts';
import { failure } from '../failure.ts';
import { printable, printableJson } from './printable.ts';

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
  expect(said(failure('role-not-in-assertion', { roleArn: 'arn:\u202enimda' }))).toContain('arn:\ufffdnimda');
});

it('escapes in JSON what would steer a terminal, and a program reads the same', () => {
  const value = {
    'a\u202e': [
      '\u009b31m',
      '\u007f',
      '\u001b[0m',
      '\u2066x\u2069',
      '\u{e0041}',
      'José 東京 "\n',
      '\u2028',
      '\ufeff',
    ],
  };
  const text = printableJson(value);
  expect(text).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}]|[^\P{Cc}\n]/u);
  expect(text).toContain('\\u009b31m');
  expect(text).toContain('José 東京');
  expect(printableJson({ a: 1 })).toBe('{\n  "a": 1\n}');
  expect(JSON.parse(text)).toEqual(value);
});
