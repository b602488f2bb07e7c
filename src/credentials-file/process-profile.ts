import type { Settings } from './classify.ts';
import { configSettings } from './config-settings.ts';

/** Node and the CLI, or the CLI alone, asked for one profile. What stands before the name is the person's own. */
const ownCommand =
  /(?:^|[/\\'" ])roleferry(?:\.\w+)?['"]? credential-process --profile (?<profile>\S+)(?: --login)?$/;

/**
 * Whether AWS tools get the credentials of `name` by asking Roleferry: every `credential_process` that they find for
 * it in the content of a config file (latin1) is our own and asks for the same profile. Only the person makes it
 * so, with `roleferry configure-process` or by hand.
 */
export const isProcessProfile = (content: string, name: string): boolean =>
  asksRoleferry(configSettings(content, name), name);

/** The same, for settings that were already read. */
export function asksRoleferry(settings: Settings, name: string): boolean {
  const commands = settings.filter(({ key }) => key === 'credential_process');
  return (
    commands.length > 0 &&
    commands.every(({ value }) => ownCommand.exec(value.trim())?.groups?.profile === name)
  );
}
