import type { Settings } from '../format/classify.ts';

/** Node and the CLI, or the CLI alone, asked for one profile. What stands before the name is the person's own. */
const ownCommand =
  /(?:^|[/\\'" ])roleferry(?:\.\w+)?['"]? credential-process --profile (?<profile>\S+)(?: --login)?$/;

/**
 * Whether AWS tools get the credentials of `name` by asking Roleferry: every `credential_process` that they find for
 * it in the config file (its `settings` there) is our own and asks for the same profile. Only the person makes it so,
 * with `roleferry configure-process` or by hand.
 */
export function asksRoleferry(settings: Settings, name: string): boolean {
  const commands = settings.filter(({ key }) => key === 'credential_process');
  return (
    commands.length > 0 &&
    commands.every(({ value }) => ownCommand.exec(value.trim())?.groups?.profile === name)
  );
}
