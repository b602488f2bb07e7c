import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { profileWord } from '../../core/words/profile-word.ts';
import { processLines } from '../../credentials-file/index.ts';
import { callHere } from '../terminal/called/call-here.ts';
import { broken, type Finding, fine } from './finding.ts';

/** AWS tools wait a minute; what takes longer than this does not start. */
const patienceMilliseconds = 20_000;

/**
 * Runs the commands of process profiles in the config file like AWS tools, but without a login. Of commands that differ
 * only in the profile, it runs one.
 */
export async function checkProcessLines(configFile: string): Promise<Finding[]> {
  const byProgram = new Map<string, { profiles: string[]; line: string }>();
  for (const [name, withLogin] of await processLines(configFile)) {
    const line = withLogin.replace(/ --login$/, '');
    const program = line.slice(0, -name.length);
    const { profiles } = byProgram.get(program) ?? { profiles: [] };
    byProgram.set(program, { profiles: [...profiles, name], line: Buffer.from(line, 'latin1').toString() });
  }
  return Promise.all([...byProgram.values()].map(checkLine));
}

async function checkLine({ profiles, line }: { profiles: string[]; line: string }): Promise<Finding> {
  const [first = '', ...others] = profiles;
  const those = others.length === 0 ? first : `${first} and ${others.length} more`;
  const wrong = await whyUseless(line);
  if (wrong === undefined) return fine('profiles', `AWS tools get credentials for ${those} from Roleferry`);
  return broken(
    'profiles',
    `AWS tools cannot get credentials for ${those}: ${wrong}`,
    `run: ${callHere()} configure-process ${profileWord(first)}`,
  );
}

/** Why a command gives no credentials, unless there just are none now. Its output is discarded. */
async function whyUseless(line: string): Promise<string | undefined> {
  const child = spawn(line, {
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: patienceMilliseconds,
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  const [status, printed, said] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  if (status === 0) return isJson(printed) ? undefined : 'it prints something other than JSON';
  // Our own words, for example that the credentials have expired.
  if (status === 1 && said.startsWith('roleferry: ')) return undefined;
  return said.split('\n')[0] || 'it does not start';
}

function isJson(printed: string): boolean {
  try {
    return JSON.parse(printed).Version === 1;
  } catch {
    return false;
  }
}
