import { type Command, InvalidArgumentError, Option } from 'commander';

/** `--profile`, for a command that also takes the profile by its position. */
export const profileOption = (): Option =>
  new Option('-p, --profile <name>', 'the profile, another way to name it').argParser(
    (name: string, before: string | undefined) => {
      if (before === undefined || before === name) return name;
      throw new InvalidArgumentError(`It names another profile than ${before}.`);
    },
  );

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

/** The same for a command that changes the profile, so it goes by no `AWS_PROFILE`. Ends it if no profile is named. */
export function demandedProfile(
  command: Command,
  byPosition: string | undefined,
  byOption: string | undefined,
): string {
  return (
    namedProfile(command, byPosition, byOption) ??
    command.error("error: missing required argument 'profile', or --profile")
  );
}
