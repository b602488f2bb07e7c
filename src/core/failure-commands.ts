import type { FailureCode, ParamsOf } from './failure-codes.ts';
import { shellWord } from './words/shell-word.ts';

const install = () => 'npx roleferry install';
const update = () => 'npx roleferry@latest install';

const commands: { [C in FailureCode]?: (p: ParamsOf<C>) => string | undefined } = {
  'host-not-installed': install,
  'host-forbidden': install,
  'host-exited': install,
  'host-silent': install,
  'host-answer-invalid': update,
  'host-older': update,
  'message-version': ({ theirs, ours }) => (theirs > ours ? update() : undefined),
  'role-reserved': () => 'aws sso login',
  'profile-not-found': () => 'roleferry list',
  'left-profile-changed': () => 'roleferry list',
  'profile-expired': ({ profile }) => `roleferry login --profile ${shellWord(profile)}`,
  'profile-no-credentials': ({ profile }) => `roleferry login --profile ${shellWord(profile)}`,
  'profile-not-process': ({ profile }) => `roleferry configure-process ${shellWord(profile)}`,
  'file-exposed': ({ file }) => `chmod 600 ${shellWord(file)}`,
  'file-not-for-aws-cli': () => 'roleferry doctor',
  'browser-in-windows': ({ distribution }) => `npx roleferry install --wsl ${distribution}`,
  'browser-not-here': () => 'roleferry install --help',
  'profiles-or-all': () => 'roleferry forget --help',
  'wsl-not-found': () => 'wsl --list',
  'node-gone': () => 'roleferry install',
  'install-record-damaged': () => 'roleferry install',
};

/** What to run in a terminal against the failure `code`, if anything helps as it stands. */
export const commandOf = (code: FailureCode, params: unknown): string | undefined =>
  (commands[code] as ((p: unknown) => string | undefined) | undefined)?.(params);
