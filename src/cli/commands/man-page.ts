import { manPage } from '../completion/man-page-text.ts';
import type { Define } from '../program/define.ts';
import { examples } from '../terminal/examples.ts';
import { print } from '../terminal/print.ts';

export const define: Define = (command, { build }) => {
  command
    .description('Print the manual page of all commands, for man.')
    .addHelpText(
      'after',
      examples([
        ['roleferry man-page | man -l -', 'read it'],
        ['roleferry man-page > ~/.local/share/man/man1/roleferry.1', 'so that man roleferry finds it'],
      ]),
    )
    .action(async () => {
      print(manPage(await build(() => true)));
    });
};
