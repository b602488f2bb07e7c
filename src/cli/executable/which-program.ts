import { isAbsolute, win32 } from 'node:path';

/** One of the programs in the executable, and the arguments that are for it. */
export interface Call {
  /** Its built file. */
  file: string;
  args: string[];
}

/** Programs that have a name of their own: the executable may have it, or it may be the first argument. */
const byName: Record<string, string> = {
  'roleferry-host': 'native-host.cjs',
  'roleferry-broker': 'broker.cjs',
  broker: 'broker.cjs',
  aws_role_credentials: 'aws_role_credentials.cjs',
};

/**
 * Which program is meant, by the name that the executable was called by and by its arguments: the host for a browser,
 * the broker, what AWS tools run, or else the command line.
 */
export function whichProgram(calledAs: string, args: string[]): Call {
  const name = win32.basename(calledAs).replace(/\.exe$/i, '');
  const named = own(name);
  if (named !== undefined) return { file: named, args };
  const [first = '', ...others] = args;
  const asked = own(first);
  if (asked !== undefined) return { file: asked, args: others };
  if (isOfBrowser(args)) return { file: 'native-host.cjs', args };
  if (isOfAwsTool(args)) return { file: 'credential-process.cjs', args };
  return { file: 'roleferry.cjs', args };
}

const own = (name: string): string | undefined => (Object.hasOwn(byName, name) ? byName[name] : undefined);

/** Whether a browser would call a host like that. The host itself looks closer: see native-host/caller.ts. */
const isOfBrowser = ([first = '', second = '']: string[]): boolean =>
  first.startsWith('chrome-extension://') ||
  (isAbsolute(first) && first.endsWith('.json') && /^\{.+\}$|@/.test(second));

/** The one command line that `configure-process` writes. The CLI has the same command, with help, but starts slower. */
const isOfAwsTool = ([command, option, profile, login, ...more]: string[]): boolean =>
  command === 'credential-process' &&
  option === '--profile' &&
  profile !== undefined &&
  (login === undefined || login === '--login') &&
  more.length === 0;
