import { readConfig } from '../files/read-text.ts';
import type { Settings } from '../format/classify.ts';
import { settingsByProfile } from './config-settings.ts';

export const processKey = 'credential_process';

/** Node and the CLI, or the CLI alone, asked for one profile. What stands before the name is the person's own. */
const ownCommand =
  /(?:^|[/\\'" ])roleferry(?:\.\w+)?['"]? credential-process --profile (?<profile>\S+)(?: --login)?$/;

/**
 * Whether AWS tools get the credentials of `name` by asking Roleferry: every `credential_process` that they find for
 * it in the config file (its `settings` there) is our own and asks for the same profile. Only the person makes it so,
 * with `roleferry configure-process` or by hand.
 */
export function asksRoleferry(settings: Settings, name: string): boolean {
  const commands = settings.filter(({ key }) => key === processKey);
  return (
    commands.length > 0 &&
    commands.every(({ value }) => ownCommand.exec(value.trim())?.groups?.profile === name)
  );
}

/**
 * The process profiles of a config file, each with the line (latin1) that AWS tools run for it. A file that cannot be
 * read has none, for AWS tools as for us.
 */
export async function processLines(configFile: string): Promise<ReadonlyMap<string, string>> {
  const config = await readConfig(configFile);
  const lines = new Map<string, string>();
  for (const [name, settings] of settingsByProfile(config.ok ? config.value : '')) {
    const line = settings.find(({ key }) => key === processKey)?.value;
    if (line !== undefined && asksRoleferry(settings, name)) lines.set(name, line);
  }
  return lines;
}
