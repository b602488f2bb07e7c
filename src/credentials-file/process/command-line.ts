import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';

/**
 * The command line for `credential_process`: `program` (an absolute path) asked for the credentials of `profile`, with
 * `login` through the browser where they have ended.
 *
 * AWS tools take it apart by themselves (botocore, by the rules of a shell) or give it to `sh -c` or `cmd /C`, so the
 * words are quoted for both. Failure: `process-path-unfit` when no quoting brings a path through the config file.
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
  // The SDK for JavaScript begins a comment there, inside quotes too.
  if (/\s[#;]/.test(path)) return `there is a blank with # or ; after it in ${path}`;
  if (/[\p{Cc}"]/u.test(path)) return `there is a character in ${path} that the config file cannot hold`;
  return undefined;
}

const quotedForShell = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

const quotedForCmd = (word: string): string => (/[\s&^()<>|]/.test(word) ? `"${word}"` : word);
