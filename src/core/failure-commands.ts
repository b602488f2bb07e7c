import type { FailureCode, ParamsOf } from './failure-codes.ts';
import { profileWord } from './words/profile-word.ts';
import { shellWord } from './words/shell-word.ts';

const install = () => 'roleferry install';

const commands: { [C in FailureCode]?: (p: ParamsOf<C>) => string | undefined } = {
  'host-not-installed': install,
  'host-forbidden': install,
  'host-exited': install,
  'host-silent': install,
  'host-answer-invalid': install,
  'host-older': install,
  'message-version': ({ theirs, ours }) => (theirs > ours ? install() : undefined),
  'role-reserved': () => 'aws sso login',
  'profile-not-found': () => 'roleferry list',
  'source-profile-missing': () => 'roleferry list',
  'aws-cli-renews': ({ renewal }) => renewal,
  'aws-login-needed': ({ profile, login }) => `${login} --profile ${shellWord(profile)}`,
  'left-profile-changed': () => 'roleferry list',
  'profile-expired': ({ profile }) => `roleferry login ${profileWord(profile)}`,
  'profile-no-credentials': ({ profile }) => `roleferry login ${profileWord(profile)}`,
  'profile-not-process': ({ profile }) => `roleferry configure-process ${profileWord(profile)}`,
  'file-exposed': ({ file }) => `chmod 600 ${shellWord(file)}`,
  'file-not-for-aws-cli': () => 'roleferry doctor',
  'browser-in-windows': ({ distribution }) => `roleferry install --wsl ${distribution}`,
  'browser-not-here': () => 'roleferry install --help',
  'profiles-or-all': () => 'roleferry forget --help',
  'wsl-not-found': () => 'wsl --list',
  'node-gone': install,
  'install-record-damaged': install,
};

/**
 * What to run in a terminal against the failure `code`, if anything helps as it stands. Commands of Roleferry begin with
 * `roleferry`; whoever shows one says how this copy is called, see words/program.ts.
 */
export const commandOf = (code: FailureCode, params: unknown): string | undefined =>
  (commands[code] as ((p: unknown) => string | undefined) | undefined)?.(params);
