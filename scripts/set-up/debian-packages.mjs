import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';
import { say } from './say.mjs';

/**
 * The programs from outside npm, by their names in test/needs.ts: how to see that each is there, and its Debian
 * packages.
 */
const programs = {
  ansible: { package: 'ansible-core', there: () => onPath('ansible-playbook') },
  chromium: {
    package: 'chromium',
    there: () =>
      process.env.PUPPETEER_EXECUTABLE_PATH ??
      onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'),
  },
  certutil: { package: 'libnss3-tools', there: () => onPath('certutil') },
  aws: { package: 'awscli', there: () => existsSync('/usr/bin/aws') },
  botocore: { package: 'python3-botocore', there: () => pythonHas('botocore') },
  boto3: { package: 'python3-boto3', there: () => pythonHas('boto3') },
  curl: { package: 'curl', there: () => onPath('curl') },
  tinyproxy: { package: 'tinyproxy', there: () => onPath('tinyproxy') },
  // The build with OpenSSL, which alone can inspect TLS.
  squid: {
    package: 'squid-openssl',
    there: () => existsSync('/usr/sbin/squid') && existsSync('/usr/lib/squid/security_file_certgen'),
  },
  haproxy: { package: 'haproxy', there: () => onPath('haproxy') || existsSync('/usr/sbin/haproxy') },
  lxml: { package: 'python3-lxml', there: () => pythonHas('lxml') },
  firefox: { package: 'firefox-esr', there: () => onPath('firefox-esr', 'firefox') },
  xmlsec1: { package: 'xmlsec1', there: () => onPath('xmlsec1') },
  strace: { package: 'strace', there: () => onPath('strace') },
  groff: { package: 'groff-base', there: () => onPath('groff') },
  tmux: { package: 'tmux', there: () => onPath('tmux') },
  zsh: { package: 'zsh', there: () => onPath('zsh') },
  fish: { package: 'fish', there: () => onPath('fish') },
  simplesamlphp: {
    package: 'simplesamlphp php-cli php-xml',
    there: () => existsSync('/usr/share/simplesamlphp/www') && phpHas('dom'),
  },
  glewlwyd: { package: 'glewlwyd sqlite3', there: () => onPath('glewlwyd') && onPath('sqlite3') },
  lemonldap: {
    package:
      'liblemonldap-ng-portal-perl liblasso-perl libio-string-perl libxml-simple-perl libimage-magick-perl libgd-securityimage-perl',
    there: () =>
      existsSync('/usr/share/lemonldap-ng/portal/htdocs/index.psgi') && perlHas('Lasso', 'Image::Magick'),
  },
  ip: { package: 'iproute2', there: () => onPath('ip') || existsSync('/usr/sbin/ip') },
  sshd: {
    package: 'openssh-server openssh-client',
    there: () => existsSync('/usr/sbin/sshd') && onPath('ssh'),
  },
  imagemagick: { package: 'imagemagick', there: () => existsSync('/usr/bin/convert') },
  git: { package: 'git', there: () => onPath('git') },
  xvfb: { package: 'xvfb', there: () => onPath('Xvfb') },
  xdotool: { package: 'xdotool', there: () => onPath('xdotool') },
  dbus: {
    package: 'dbus-daemon python3-dbus python3-gi',
    there: () => onPath('dbus-run-session') && pythonHas('dbus') && pythonHas('gi'),
  },
  'systemd-analyze': { package: 'systemd', there: () => onPath('systemd-analyze') },
  yaml: { package: 'python3-yaml', there: () => pythonHas('yaml') },
  // On x64 alone it runs programs of Windows for x64.
  wine: { package: 'wine wine64', there: () => onPath('wine') || process.arch !== 'x64' },
  wixl: { package: 'wixl msitools', there: () => onPath('wixl') && onPath('msibuild') },
  dpkg: { package: 'dpkg', there: () => onPath('dpkg-deb') },
  zip: { package: 'zip', there: () => onPath('zip') },
  // Of all systems' programs, which strip of binutils is not.
  'llvm-strip': { package: 'llvm', there: () => onPath('llvm-strip') },
};

/** Those that tests need; only npm run screenshots makes a film. */
export const programNames = Object.keys(programs).filter((name) => name !== 'imagemagick');

/**
 * Makes sure that the named programs are there, with apt if this user may use it. Returns the names of the missing
 * ones.
 */
export async function ensurePrograms(names) {
  const missing = names.filter((name) => !programs[name].there());
  if (missing.length === 0) return [];
  const packages = missing.flatMap((name) => programs[name].package.split(' '));
  const apt = aptCommand();
  if (apt === undefined) {
    say(
      `Missing: ${missing.join(', ')} (Debian packages: ${packages.join(' ')}), and apt-get cannot be used here.`,
    );
    return missing;
  }
  say(`Installing Debian packages: ${packages.join(' ')} …`);
  const [command, ...first] = apt;
  const quiet = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  await run(command, [...first, 'update', '-qq'], quiet);
  await run(command, [...first, 'install', '-y', '-qq', '--no-install-recommends', ...packages], quiet);
  return missing.filter((name) => !programs[name].there());
}

function aptCommand() {
  if (!onPath('apt-get')) return undefined;
  if (process.getuid?.() === 0) return ['apt-get'];
  try {
    execFileSync('sudo', ['-n', 'true'], { stdio: 'ignore' });
    return ['sudo', '-n', 'apt-get'];
  } catch {
    return undefined;
  }
}

function onPath(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.some((name) => folders.some((folder) => existsSync(join(folder, name))));
}

const pythonHas = (module) => succeeds('/usr/bin/python3', '-c', `import ${module}`);

const perlHas = (...modules) =>
  succeeds('/usr/bin/perl', ...modules.map((module) => `-M${module}`), '-e', '1');

const phpHas = (extension) => succeeds('php', '-r', `exit(extension_loaded('${extension}') ? 0 : 1);`);

function succeeds(command, ...args) {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
