import { Argument } from 'commander';
import { type Shell, scripts } from '../completion/scripts.ts';
import type { Define } from '../program/define.ts';
import { examples } from '../terminal/examples.ts';
import { print } from '../terminal/print.ts';

export const define: Define = (command) => {
  command
    .description(
      'Print the script for completing commands, options and profile names in a shell. It asks the ' +
        'roleferry on the PATH, so it never gets out of date.',
    )
    .addArgument(new Argument('<shell>', 'for which shell').choices(Object.keys(scripts)))
    .addHelpText(
      'after',
      examples([
        ['eval "$(roleferry completion bash)"', 'in ~/.bashrc'],
        ['eval "$(roleferry completion zsh)"', 'in ~/.zshrc, behind compinit'],
        ['roleferry completion fish > ~/.config/fish/completions/roleferry.fish', 'once'],
        ['roleferry completion powershell | Out-String | Invoke-Expression', 'in $PROFILE'],
      ]),
    )
    .action((shell: Shell) => {
      print(scripts[shell]);
    });
};
