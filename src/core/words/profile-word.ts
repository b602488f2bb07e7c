import { shellWord } from './shell-word.ts';

/** A profile as Roleferry's commands take it: by position, unless it would pass for an option. */
export const profileWord = (name: string): string =>
  name.startsWith('-') ? `--profile ${shellWord(name)}` : shellWord(name);
