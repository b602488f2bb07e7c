import { readConfig } from '../files/read-text.ts';
import type { Settings } from '../format/classify.ts';
import { settingsByProfile } from './config-settings.ts';

export const processKey = 'credential_process';

/** A call of the CLI, with or without Node, for one profile. The path may be anything. */
const ownCommand =
  /(?:^|[/\\'" ])roleferry(?:\.\w+)?['"]? credential-process --profile (?<profile>\S+)(?: --login)?$/;

/**
 * Whether AWS tools ask Roleferry for the credentials of `name`: each `credential_process` in its `settings` in the
 * config file calls Roleferry for this profile. Only the user sets this, with `roleferry configure-process` or by hand.
 */
export function asksRoleferry(settings: Settings, name: string): boolean {
  const commands = settings.filter(({ key }) => key === processKey);
  return (
    commands.length > 0 &&
    // Stryker disable next-line OptionalChaining: what matches has groups
    commands.every(({ value }) => ownCommand.exec(value.trim())?.groups?.profile === name)
  );
}

/** Whether AWS tools that run `line`, the command of a process profile, begin a login where one is needed. */
export const logsIn = (line: string): boolean => line.trim().endsWith(' --login');

/**
 * The process profiles of a config file, each with the command (latin1) that AWS tools run for it. An unreadable file
 * has none, also to AWS tools.
 */
export async function processLines(configFile: string): Promise<ReadonlyMap<string, string>> {
  const config = await readConfig(configFile);
  const lines = new Map<string, string>();
  // Stryker disable next-line StringLiteral: neither has a profile
  for (const [name, settings] of settingsByProfile(config.ok ? config.value : '')) {
    const line = settings.find(({ key }) => key === processKey)?.value;
    // Stryker disable next-line ConditionalExpression: who asks Roleferry has a line
    if (line !== undefined && asksRoleferry(settings, name)) lines.set(name, line);
  }
  return lines;
}
