import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { cliForTest } from '../fixtures/cli.ts';
import { needs } from '../needs.ts';

const cli = cliForTest();
const groff = needs('groff');

describe('the manual page', () => {
  it.skipIf(groff.missing)(
    'shows every command and option as help does, and roff finds no fault in it',
    () => {
      const { status, stdout, stderr } = cli.look('man-page');
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      const args = ['-man', '-ww', '-Tutf8', '-P-cbou', '-rLL=200n', '-rHY=0'];
      const shown = spawnSync(groff.path, args, { input: stdout, encoding: 'utf8' });
      expect({ status: shown.status, stderr: shown.stderr }).toEqual({ status: 0, stderr: '' });
      const words = shown.stdout.replace(/\s+/g, ' ');
      for (const { name } of commands) expect(words).toContain(`roleferry ${name} `);
      for (const part of [
        ...[
          '--extension-id <id>',
          '--json print JSON, for programs',
          'roleferry policy saml-trust [options]',
        ],
        ...['EXIT STATUS 0 It was done.', 'roleferry list --json the same for a program', 'NO_COLOR'],
      ]) {
        expect(words).toContain(part);
      }
    },
  );
});
