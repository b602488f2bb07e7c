import type { Command } from 'commander';

/**
 * The profile that the command line names, by its position or with `--profile`; `undefined` if neither does. Ends
 * `command` as misused if both do and differ.
 */
export function namedProfile(
  command: Command,
  byPosition: string | undefined,
  byOption: string | undefined,
): string | undefined {
  if (byPosition !== undefined && byOption !== undefined && byPosition !== byOption) {
    command.error(`error: two profiles are named: ${byPosition}, and ${byOption} with --profile`);
  }
  return byPosition ?? byOption;
}
