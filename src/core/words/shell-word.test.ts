import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { shellWord } from './shell-word.ts';

it.each(['dev', 'team/dev-1.x_y'])('%s needs no quotes in a shell', (text) => {
  expect(shellWord(text)).toBe(text);
});

it.each(['', 'a b', '$(id)', '`id`', "it's", "''", 'a;b', 'a\nb', '"', '*', 'dev ', ' dev'])(
  '%j is one word of a shell that says the same',
  (text) => {
    const args = ['-c', `printf '<%s>' ${shellWord(text)}`];
    expect(shellWord(text)).toMatch(/^'/);
    expect(execFileSync('sh', args).toString()).toBe(`<${text}>`);
  },
);
