import { Argument } from 'commander';
import { profileNameFailure } from '../../core/profile/profile-name.ts';
import { knownProfiles } from '../../credentials-file/index.ts';
import { filesOfHost } from '../files/files-of-host.ts';
import type { Define } from '../program/define.ts';
import { print } from '../terminal/print.ts';
import { candidates } from './candidates.ts';

/**
 * `roleferry complete -- WORD…` answers the completion scripts. It gets the words after `roleferry`; the last one is
 * being typed. Prints one candidate per line, then a tab and its purpose; the lines `:file`, `:folder` and `:program` let
 * the shell offer those. Prints no errors, since they would appear in the middle of the command line.
 */
export const define: Define = (command, { build }) => {
  command.addArgument(new Argument('[word...]')).action(async (words: string[]) => {
    const before = words.slice(0, -1);
    const current = words.at(-1) ?? '';
    const [first, second] = before.filter((word) => !word.startsWith('-'));
    const asked = first === 'help' ? second : first;
    const program = await build((name) => name === asked);
    const found = candidates(program, before, current);
    const lines = found.words.map(([word, purpose]) => (purpose === '' ? word : `${word}\t${purpose}`));
    if (found.also === 'profile') {
      const prefix = /^--[\w-]+=/.exec(current)?.[0] ?? '';
      lines.push(...(await profileNames()).map((name) => prefix + name));
    } else if (found.also) lines.push(`:${found.also}`);
    const shown = lines.filter((line) => line.startsWith(':') || line.startsWith(current));
    print(shown.map((line) => `${line}\n`).join(''));
  });
};

/** Without names that a shell would take for several words, or a terminal for commands. */
async function profileNames(): Promise<string[]> {
  const listed = await knownProfiles(filesOfHost());
  const names = listed.ok ? listed.value.map(({ name }) => name) : [];
  return names.filter((name) => profileNameFailure(name) === undefined);
}
