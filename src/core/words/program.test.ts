import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { calling, program } from './program.ts';

describe('a command in a text', () => {
  it.each([
    ['roleferry install', 'X install'],
    [
      'If it stays, run: roleferry install --credentials-file FILE',
      'If it stays, run: X install --credentials-file FILE',
    ],
    ['roleferry saml and roleferry user', 'X saml and X user'],
  ])('of %j begins as this copy is called', (text, expected) => {
    expect(calling(text, 'X')).toBe(expected);
  });

  it.each([
    'aws sso login',
    'chmod 600 /home/jo/roleferry file',
    'Roleferry is here',
    'npx roleferry',
    'node roleferry.cjs install',
  ])('of %j stays as it is', (text) => {
    expect(calling(text, 'X')).toBe(text);
  });

  it('may be called by a path with a dollar sign', () => {
    expect(calling('roleferry list', "node '/a/$&/$1'")).toBe("node '/a/$&/$1' list");
  });
});

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

test.each([
  ['README.md', 'install'],
  ['docs/installing.md', 'install'],
  ['docs/installing.md', 'doctor'],
  ['docs/installing.md', 'uninstall'],
  ['docs/store.md', 'install'],
  ['.github/ISSUE_TEMPLATE/bug.yml', 'doctor'],
])('%s names the command that works: %s', (document, command) => {
  const text = read(document);
  expect(text).toContain(`${program} ${command}`);
  // Nothing of that name is in the registry.
  if (!program.startsWith('npx ')) expect(text).not.toMatch(/npx roleferry(@\w+)? [a-z]/);
});
