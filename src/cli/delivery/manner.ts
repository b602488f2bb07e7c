import { timeLeft } from '../../core/words/time-left.ts';
import type { ProfileUpdate } from '../../credentials-file/index.ts';
import { windowsProgram } from '../../native-host/registration/system/system-program.ts';
import { type Call, shellCall } from '../profile-use/run-child.ts';
import type { ProgramName } from '../terminal/called/call-of.ts';
import { notEmpty } from '../terminal/not-empty.ts';
import { timeWords } from '../terminal/time-words.ts';
import type { Delivery } from './delivery.ts';

/** In what `roleferry` and `aws_role_credentials` differ. */
export interface Manner {
  program: ProgramName;
  /** Whether the environment may name the region. */
  regionFromEnvironment: boolean;
  /** What `--exec` runs. Throws commander's error if it cannot be understood. */
  parseExec: (command: string) => Call;
  /** The settings of a new profile, and where they are written. */
  profile: Pick<ProfileUpdate, 'output' | 'allInOne'>;
  /** What stdout says of a profile that was written. */
  report: (delivery: Delivery, credentialsFile: string) => string;
  /** What else to name when a role must be chosen. */
  roleChoice: { all?: string };
}

export const roleferry: Manner = {
  program: 'roleferry',
  regionFromEnvironment: true,
  parseExec: (command) => systemShell(notEmpty(command)),
  profile: {},
  report({ profile, roleArn, exchanged }) {
    const end = Date.parse(exchanged.credentials.expiration) - exchanged.clockOffset;
    return `wrote ${profile}: ${roleArn}, ${timeLeft(end, Date.now(), timeWords)}\n`;
  },
  roleChoice: { all: '--all-roles' },
};

/** The system's shell runs the line. */
const systemShell = (line: string): Call =>
  process.platform === 'win32'
    ? { file: windowsProgram('cmd.exe', process.env), args: ['/d', '/s', '/c', line] }
    : shellCall('/bin/sh', line);
