import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A real program that some tests judge by, where it is looked for and what installs it on Debian. */
interface Tool {
  /** Absolute paths first: another program of that name may stand earlier on PATH. */
  candidates: string[];
  debianPackage: string;
  /** The environment variable in which a person may name another one. */
  variable?: string;
  /** Arguments with which the program ends in 0 only when all that is needed is there. */
  probe?: string[];
}

const tools = {
  ansible: { candidates: ['ansible-playbook'], debianPackage: 'ansible-core' },
  aws: { candidates: ['/usr/bin/aws', 'aws'], debianPackage: 'awscli' },
  botocore: {
    candidates: ['/usr/bin/python3'],
    debianPackage: 'python3-botocore',
    probe: ['-c', 'import botocore'],
  },
  bash: { candidates: ['bash'], debianPackage: 'bash' },
  boto3: { candidates: ['/usr/bin/python3'], debianPackage: 'python3-boto3', probe: ['-c', 'import boto3'] },
  certutil: { candidates: ['certutil'], debianPackage: 'libnss3-tools' },
  chromium: {
    candidates: [
      'google-chrome-stable',
      'google-chrome',
      'chromium',
      'chromium-browser',
      'microsoft-edge-stable',
      'microsoft-edge',
    ],
    debianPackage: 'chromium',
    variable: 'PUPPETEER_EXECUTABLE_PATH',
  },
  firefox: { candidates: ['firefox-esr', 'firefox'], debianPackage: 'firefox-esr' },
  curl: { candidates: ['/usr/bin/curl', 'curl'], debianPackage: 'curl' },
  dbus: {
    candidates: ['dbus-run-session'],
    debianPackage: 'dbus-daemon, with python3-dbus and python3-gi',
    probe: ['--', '/usr/bin/python3', '-c', 'import dbus.mainloop.glib, gi.repository.GLib'],
  },
  dpkg: { candidates: ['/usr/bin/dpkg', 'dpkg'], debianPackage: 'dpkg' },
  fish: { candidates: ['fish'], debianPackage: 'fish' },
  glewlwyd: { candidates: ['/usr/bin/glewlwyd'], debianPackage: 'glewlwyd, with sqlite3' },
  groff: { candidates: ['groff'], debianPackage: 'groff-base' },
  haproxy: { candidates: ['/usr/sbin/haproxy', 'haproxy'], debianPackage: 'haproxy' },
  ip: { candidates: ['/usr/sbin/ip', 'ip'], debianPackage: 'iproute2' },
  lemonldap: {
    candidates: ['/usr/bin/perl'],
    debianPackage: 'liblemonldap-ng-portal-perl, with Lasso',
    probe: [
      ...[
        '-MLasso',
        '-MPlack',
        '-MIO::String',
        '-MXML::Simple',
        '-MImage::Magick',
        '-MGD::SecurityImage',
        '-e',
      ],
      'exit(-e "/usr/share/lemonldap-ng/portal/htdocs/index.psgi" ? 0 : 1)',
    ],
  },
  'llvm-strip': { candidates: ['llvm-strip'], debianPackage: 'llvm' },
  lxml: { candidates: ['/usr/bin/python3'], debianPackage: 'python3-lxml', probe: ['-c', 'import lxml'] },
  php: { candidates: ['php'], debianPackage: 'php-cli' },
  python3: { candidates: ['/usr/bin/python3', 'python3'], debianPackage: 'python3' },
  script: { candidates: ['script'], debianPackage: 'bsdutils' },
  simplesamlphp: {
    candidates: ['php'],
    debianPackage: 'simplesamlphp',
    probe: ['-r', 'exit(is_dir("/usr/share/simplesamlphp/www") && extension_loaded("dom") ? 0 : 1);'],
  },
  squid: { candidates: ['/usr/sbin/squid'], debianPackage: 'squid-openssl' },
  sshd: { candidates: ['/usr/sbin/sshd'], debianPackage: 'openssh-server, with openssh-client' },
  strace: { candidates: ['strace'], debianPackage: 'strace' },
  'systemd-analyze': {
    candidates: ['/usr/bin/systemd-analyze', 'systemd-analyze'],
    debianPackage: 'systemd',
  },
  tinyproxy: { candidates: ['/usr/bin/tinyproxy', 'tinyproxy'], debianPackage: 'tinyproxy' },
  tmux: { candidates: ['/usr/bin/tmux', 'tmux'], debianPackage: 'tmux' },
  unshare: { candidates: ['/usr/bin/unshare'], debianPackage: 'util-linux', probe: ['-rm', 'true'] },
  wine: { candidates: ['/usr/bin/wine', 'wine'], debianPackage: 'wine, with wine64' },
  wixl: { candidates: ['wixl'], debianPackage: 'wixl, with msitools' },
  xdotool: { candidates: ['xdotool'], debianPackage: 'xdotool' },
  xmlsec1: { candidates: ['xmlsec1'], debianPackage: 'xmlsec1' },
  xvfb: { candidates: ['Xvfb'], debianPackage: 'xvfb' },
  yaml: { candidates: ['/usr/bin/python3'], debianPackage: 'python3-yaml', probe: ['-c', 'import yaml'] },
  zip: { candidates: ['zip'], debianPackage: 'zip' },
  zsh: { candidates: ['zsh'], debianPackage: 'zsh' },
} satisfies Record<string, Tool>;

export type ToolName = keyof typeof tools;

/**
 * Looks for the real tool `name`: `describe.skipIf(needs('aws').missing)`, then `needs('aws').path`.
 *
 * Where it is missing the tests are skipped with the reason on stderr; on CI (`CI=true`) this throws
 * instead, since a check that silently never runs is worse than a red one.
 */
export function needs(name: ToolName): { missing: boolean; path: string } {
  const path = findTool(name);
  if (path !== undefined) return { missing: false, path };
  const reason = `${name} is not installed (Debian package ${tools[name].debianPackage})`;
  return { missing: skippedBecause(reason), path: name };
}

/** The same for what is no program: whether there is a reason to skip. */
export function skippedBecause(reason: string | undefined): boolean {
  if (reason === undefined) return false;
  if (process.env.CI === 'true') throw new Error(reason);
  console.warn(`Skipped: ${reason}`);
  return true;
}

/** The absolute path of `name`, or `undefined` when it, or what it needs, is not there. */
export function findTool(name: ToolName): string | undefined {
  const tool: Tool = tools[name];
  const named = tool.variable === undefined ? undefined : process.env[tool.variable];
  const path = (named ? [named] : tool.candidates).map(findOnPath).find((found) => found !== undefined);
  if (path === undefined || tool.probe === undefined) return path;
  try {
    execFileSync(path, tool.probe, { stdio: 'ignore' });
    return path;
  } catch {
    return undefined;
  }
}

function findOnPath(candidate: string): string | undefined {
  const places = candidate.startsWith('/')
    ? [candidate]
    : (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, candidate));
  return places.find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
