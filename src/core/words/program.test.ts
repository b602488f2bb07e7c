import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { calling, program } from './program.ts';

describe('a command', () => {
  it('of Roleferry begins as this copy is called', () => {
    expect(calling('roleferry install --wsl Ubuntu', 'X')).toBe('X install --wsl Ubuntu');
  });

  it.each(['aws sso login', 'chmod 600 /home/jo/roleferry', 'npx roleferry list', 'roleferry-broker check'])(
    'of another program stays as it is: %j',
    (command) => {
      expect(calling(command, 'X')).toBe(command);
    },
  );

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
