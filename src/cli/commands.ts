import type { Command } from 'commander';

/** What commands need to know about the program they are part of. */
interface Program {
  /** Absolute path of the built native host, beside the CLI's own file. */
  hostFile: string;
}

/** Gives `command` its options, examples and action. */
export type Define = (command: Command, program: Program) => void;

interface CommandEntry {
  name: string;
  summary: string;
  /** Loaded only when it is asked for, so that the rest starts fast. */
  load: () => Promise<{ define: Define }>;
}

/** Every command, in the order in which help lists them. */
export const commands: CommandEntry[] = [
  {
    name: 'inspect',
    summary: 'say what a SAML assertion holds, without asking AWS',
    load: () => import('./inspect.ts'),
  },
  {
    name: 'forget',
    summary: 'remove temporary credentials from the credentials file',
    load: () => import('./forget.ts'),
  },
  {
    name: 'install',
    summary: 'register the native host with the browsers of this user',
    load: () => import('./install.ts'),
  },
  {
    name: 'uninstall',
    summary: 'undo install',
    load: () => import('./uninstall.ts'),
  },
];
