import type { Command } from 'commander';

/** What commands need to know about the program they are part of. */
export interface Program {
  /** Absolute path of the built native host, beside the CLI's own file, or of the single executable that has both. */
  hostFile: string;
  /** The whole command line, with options and actions for the commands that are wanted. */
  build: (isWanted: (command: string) => boolean) => Promise<Command>;
}

/** Gives `command` its options, examples and action. */
export type Define = (command: Command, program: Program) => void;
