import type { Command } from 'commander';

/**
 * The words of `[profile] -- <command> [args...]`: what stands before `--` is the profile, what follows is the call.
 * `withoutDashes`: what all words are if there is no `--`. Ends `command` as misused if more than the profile stands
 * before `--`, or the call is an empty word.
 */
export function profileAndCall(
  command: Command,
  withoutDashes: 'call' | 'profile',
): { byPosition?: string; call: string[] } {
  const words = command.args;
  const argv = process.argv.slice(2);
  const dashes = argv.indexOf('--');
  const ofCall = dashes < 0 ? (withoutDashes === 'call' ? words.length : 0) : argv.length - dashes - 1;
  const before = Math.max(0, words.length - ofCall);
  const call = words.slice(before);
  if (before > 1) command.error(`error: only the profile comes before --, not ${words[1]}`);
  if (call[0] === '') command.error("error: value '' is invalid for argument 'command'. It is empty.");
  return { ...(before > 0 && { byPosition: words[0] as string }), call };
}
