import { lstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { type Failure, failure } from '../core/failure.ts';
import type { Reason } from '../core/failure-reasons.ts';
import { foreignContent } from '../credentials-file/index.ts';
import { readSnapshot } from '../disk/read-snapshot.ts';

/** What decides whether the extension may choose a file for credentials. */
export interface FilePlace {
  platform: NodeJS.Platform;
  home: string;
  /** The host's own folder. */
  folder: string;
  /** The config file of AWS. */
  configFile: string;
}

/**
 * The failure `credentials-file-refused` if the extension may not choose `file`; `undefined` if it may. It may choose an
 * existing credentials file, an empty file, or a new file in an existing folder that belongs to this user and that nobody
 * else can reach. The user can set any other with `roleferry install --credentials-file`.
 */
export async function credentialsFileFailure(file: string, place: FilePlace): Promise<Failure | undefined> {
  const reason = whyNoPath(file, place.platform) ?? (await whyNotThere(file, place).catch(() => 'unclear'));
  return reason === undefined ? undefined : failure('credentials-file-refused', { file, reason });
}

/** Reserved by Windows in every folder, whatever comes behind a dot. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])(?:[. ]|$)/i;

function whyNoPath(file: string, platform: NodeJS.Platform): Reason<'place'> | undefined {
  const { isAbsolute, normalize } = platform === 'win32' ? path.win32 : path.posix;
  if (/^[\\/]{2}/.test(file)) return 'remote';
  if (!isAbsolute(file)) return 'relative';
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(file)) return 'invisible';
  if (platform === 'win32') {
    if (!/^[a-z]:[\\/]/i.test(file)) return 'no-drive';
    const parts = file.slice(3).split(/[\\/]/);
    if (parts.some((part) => device.test(part))) return 'device';
    if (parts.some((part) => /[:*?"<>|]|[. ]$/.test(part))) return 'windows-characters';
  }
  const plain = platform === 'win32' ? file.replaceAll('/', '\\') : file;
  if (normalize(plain) !== plain || /[\\/]$/.test(plain)) return 'roundabout';
  return undefined;
}

/** Checks the path as written and, behind links, where it leads. */
async function whyNotThere(file: string, place: FilePlace): Promise<Reason<'place'> | undefined> {
  const { dirname, join, basename } = path;
  const folder = real(dirname(file));
  if (folder === undefined) return 'folder-missing';
  const isThere = lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  const target = isThere ? real(file) : join(folder, basename(file));
  if (target === undefined) return 'broken-link';
  for (const one of [file, join(folder, basename(file)), target]) {
    const reason = whyTaken(one, place);
    if (reason !== undefined) return reason;
  }
  for (const one of new Set([folder, dirname(target)])) {
    const reason = whyNotOwn(one, place);
    if (reason !== undefined) return reason;
  }
  return isThere ? await whyNoCredentialsFile(target, place) : undefined;
}

function real(file: string): string | undefined {
  // Stryker disable BlockStatement: without the last one the answer is the same
  try {
    return realpathSync.native(file);
  } catch {
    return undefined;
  }
}
// Stryker restore BlockStatement

/** Folders whose files other programs run or trust. */
const foreignFolders = new Set(
  '.ssh .gnupg .git .kube .docker .mozilla bin sbin autostart systemd cron.d launchagents launchdaemons startup'.split(
    ' ',
  ),
);

const foreignNames =
  /^(?:authorized_keys2?|known_hosts|id_\w+|crontab|makefile|dockerfile|hosts|passwd|shadow|sudoers)$/;

/** Extensions of files that are run, or that other programs read. */
const foreignEndings =
  /\.(?:sh|bash|zsh|fish|csh|ksh|ps1|psm1|psd1|bat|cmd|com|exe|dll|so|dylib|scr|msi|vbs|vbe|wsf|hta|lnk|url|reg|inf|js|mjs|cjs|ts|py|pyc|pth|rb|pl|php|lua|jar|desktop|service|socket|timer|plist|json|ya?ml|toml|xml|html?|pem|key|crt|pub)$/;

/** Why this is another program's place, by its name alone. */
function whyTaken(file: string, { folder, configFile, home }: FilePlace): Reason<'place'> | undefined {
  // Many file systems ignore case, and a refusal costs nothing.
  // Stryker disable next-line StringLiteral: only paths of Windows have backslashes
  const lower = (text: string) => text.replaceAll('\\', '/').toLowerCase();
  const name = lower(file);
  const isIn = (other: string) => name.startsWith(`${lower(other)}/`);
  if (/^\/(?:dev|proc|sys)\//.test(name)) return 'system';
  for (const one of [folder, real(folder) ?? folder]) {
    const isOfHost =
      lower(path.dirname(file)) === lower(one) || isIn(`${one}/extension`) || isIn(`${one}/cache`);
    if (isOfHost) return 'of-host';
  }
  const configs = [configFile, real(configFile) ?? configFile, path.join(home, '.aws', 'config')];
  if (configs.some((config) => lower(config) === name)) return 'config-file';
  const parts = name.split('/');
  // Stryker disable next-line StringLiteral: every path has a last part
  const last = parts.pop() ?? '';
  if (parts.some((part) => foreignFolders.has(part))) return 'foreign-folder';
  if (foreignNames.test(last) || foreignEndings.test(last)) return 'foreign-name';
  // .bashrc, .profile, .netrc and all the others.
  if (last.startsWith('.') && !/aws|credential/.test(last)) return 'foreign-name';
  return undefined;
}

/** Why this folder is not one of the user's own. */
function whyNotOwn(folder: string, { home, platform }: FilePlace): Reason<'place'> | undefined {
  const stats = statSync(folder);
  // Stryker disable ConditionalExpression,StringLiteral,MethodExpression,OptionalChaining: paths of Windows lead nowhere elsewhere
  const isWindows = platform === 'win32';
  const same = (one: string) => (isWindows ? one.toLowerCase() : one);
  const ownHome = same(real(home) ?? home);
  const isInHome = same(folder) === ownHome || same(folder).startsWith(ownHome + path.sep);
  // Node cannot read who owns a folder on Windows.
  if (isWindows) return isInHome ? undefined : 'outside-home';
  // Stryker restore ConditionalExpression,StringLiteral,MethodExpression,OptionalChaining
  // Stryker disable next-line OptionalChaining: only Windows has no users with numbers
  if (stats.uid !== process.getuid?.()) return 'foreign-owner';
  const writers = isInHome ? 0o002 : 0o022;
  return (stats.mode & writers) === 0 ? undefined : 'foreign-writers';
}

const mostBytes = 4 * 1024 * 1024;

/** Why the existing file is no credentials file. One without any setting counts as empty. */
async function whyNoCredentialsFile(
  file: string,
  { platform }: FilePlace,
): Promise<Reason<'place'> | undefined> {
  const wrong = whyNoPlainFile(statSync(file), platform);
  if (wrong !== undefined) return wrong;
  const snapshot = await readSnapshot(file);
  // Stryker disable next-line all: root, as whom tests may run, can read everything
  if (!snapshot.ok || snapshot.value === undefined) return 'unreadable';
  return foreignContent(snapshot.value.bytes.toString('latin1'));
}

function whyNoPlainFile(stats: Stats, platform: NodeJS.Platform): Reason<'place'> | undefined {
  if (stats.isDirectory()) return 'folder';
  if (!stats.isFile()) return 'special';
  if (stats.size > mostBytes) return 'too-large';
  // Stryker disable next-line all: paths of Windows lead nowhere elsewhere
  if (platform === 'win32') return undefined;
  // Stryker disable next-line OptionalChaining: only Windows has no users with numbers
  if (stats.uid !== process.getuid?.()) return 'not-yours';
  return (stats.mode & 0o111) === 0 ? undefined : 'program';
}
