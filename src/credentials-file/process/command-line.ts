import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';

/**
 * The command line for `credential_process`: asks `program` (an absolute path) for the credentials of `profile`. With
 * `login` it opens the login in the browser when they have expired.
 *
 * Some AWS tools split it themselves (botocore, like a shell), others give it to `sh -c` or `cmd /C`. The words are
 * quoted for both. Failure: `process-path-unfit` if no quoting works for a path.
 */
export function processCommand(
  program: string,
  profile: string,
  { login, platform }: { login: boolean; platform: NodeJS.Platform },
): Result<string> {
  const reason = whyUnfit(program);
  if (reason !== undefined) return failed(failure('process-path-unfit', { reason }));
  const quote = platform === 'win32' ? quotedForCmd : quotedForShell;
  const words = [quote(program), 'credential-process', '--profile', profile];
  return ok([...words, ...(login ? ['--login'] : [])].join(' '));
}

function whyUnfit(path: string): string | undefined {
  // The SDK for JavaScript starts a comment there, even inside quotes.
  if (/\s[#;]/.test(path)) return `there is a blank with # or ; after it in ${path}`;
  if (/[\p{Cc}"]/u.test(path)) return `there is a character in ${path} that the config file cannot hold`;
  return undefined;
}

const quotedForShell = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

const quotedForCmd = (word: string): string => (/[\s&^()<>|]/.test(word) ? `"${word}"` : word);
