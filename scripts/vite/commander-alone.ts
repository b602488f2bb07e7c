import type { Plugin } from 'vite';
import { substitute } from './substitute.ts';

/** Commander can also start a program for each command, and loads what that takes; ours are none such. */
export const commanderAlone = (): Plugin =>
  substitute('commander-alone', {
    pieces: {
      'commander/lib/command.js': [
        /const (?:childProcess|process) = require\('node:(?:child_)?process'\);\n/g,
        '',
      ],
    },
  });
