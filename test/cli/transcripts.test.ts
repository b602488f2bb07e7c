import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { temporarySection } from '../fixtures/built-cli.ts';
import { cliForTest } from '../fixtures/cli.ts';
import { needs } from '../needs.ts';
import { type Rehearsal, startRehearsal } from '../rehearsal/server.ts';
import { scenes } from './transcripts/scenes.ts';

// What a person sees of each command, in a pipe and in a terminal, right and wrong. Read the files in `transcripts` when
// they change. `npm test -- test/cli/transcripts -u` writes them anew.

const cli = cliForTest();
const tmux = needs('tmux');

let rehearsal: Rehearsal;
const shown = { pipe: '', terminal: '' };

const columns = 100;

beforeAll(async () => {
  rehearsal = await startRehearsal();
  symlinkSync(process.execPath, join(bin(), 'node'));
  if (tmux.missing) return;
  [shown.pipe, shown.terminal] = await Promise.all([run('pipe', inPipe), run('terminal', inTerminal)]);
}, 400_000);
afterAll(() => rehearsal.close());

const bin = () => join(dirname(cli.program), 'bin');

/** Plays all scenes in one shell, each in a home of its own, and returns what `play` shows of them. */
async function run(way: 'pipe' | 'terminal', play: (script: string) => Promise<string>): Promise<string> {
  const root = mkdtempSync(join(dirname(cli.program), `${way[0]}-`));
  const piped = ' > out 2> err < /dev/null; status=$?; cat out; sed "s/^/| /" err';
  const script = Object.entries(scenes).flatMap(([name, lines], index) => {
    const home = makeHome(join(root, String(index)));
    return [
      `echo '=== ${name}'; HOME=${home}; cd ${home}`,
      ...lines.map((line) => {
        const typed = `'${line.replaceAll("'", "'\\''")}'`;
        const call = way === 'pipe' ? `{ eval ${typed}; }${piped}` : `eval ${typed}; status=$?`;
        return `printf '\\n$ %s\\n' ${typed}; ${call}; [ $status = 0 ] || echo "[$status]"`;
      }),
    ];
  });
  const env = [
    `export PATH=${bin()}:/usr/bin:/bin HOME TERM LANG=C.UTF-8 SHELL=/bin/bash`,
    `export AWS_ENDPOINT_URL_STS=${rehearsal.stsHttpUrl} BROWSER=/bin/false`,
    'unset TMUX TMUX_PANE',
  ];
  const file = join(root, 'script');
  writeFileSync(file, [...env, ...script, "echo '=== end'"].join('\n'));
  return normalized(await play(file), root);
}

const execute = promisify(execFile);

const inPipe = async (script: string) => (await execute('/bin/sh', [script], { env: {} })).stdout;

/** A terminal that is long enough for everything, so that nothing scrolls away. */
async function inTerminal(script: string): Promise<string> {
  const socket = join(dirname(script), 'tmux');
  const call = (...args: string[]) =>
    execute(tmux.path, ['-S', socket, '-f', '/dev/null', ...args], {
      env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', TERM: 'xterm' },
    });
  try {
    await call('new-session', '-d', '-x', String(columns), '-y', '3000', 'cat');
    await call('set-option', '-g', 'remain-on-exit', 'on');
    await call('respawn-pane', '-k', `/bin/sh ${script}; ${tmux.path} -S ${socket} wait-for -S done`);
    await call('wait-for', 'done');
    return (await call('capture-pane', '-p', '-J', '-S', '-')).stdout.replace(/[ \t]+$/gm, '');
  } finally {
    await call('kill-server');
  }
}

const longLived = (name: string) =>
  `[${name}]\naws_access_key_id = AKIAEXAMPLEEXAMPLE12\naws_secret_access_key = EXAMPLEKEY\n`;

function makeHome(home: string): string {
  mkdirSync(join(home, '.aws'), { recursive: true, mode: 0o700 });
  mkdirSync(join(home, '.config/chromium'), { recursive: true });
  const put = (path: string, content: string) => writeFileSync(join(home, path), content, { mode: 0o600 });
  const expired = temporarySection('old', { expiration: '2020-01-01T00:00:00Z' });
  put('.aws/credentials', [temporarySection('dev'), expired, longLived('mine')].join('\n'));
  put(
    '.aws/config',
    '[profile dev]\nregion = eu-west-1\n\n[profile chained]\nrole_arn = arn:aws:iam::111111111111:role/x\nsource_profile = dev\n',
  );
  for (const user of ['alice', 'bob']) put(`${user}.saml`, rehearsal.issueResponse({ user }));
  put('page.html', '<html><body>Sign in</body></html>\n');
  return home;
}

/** The same on every machine and at any time. */
const normalized = (text: string, root: string): string =>
  text
    .replace(new RegExp(`${root}/\\d+`, 'g'), '~')
    .replaceAll(dirname(cli.program), '/opt/roleferry')
    .replaceAll(process.execPath, '/usr/bin/node')
    .replaceAll(process.version.slice(1), '22.0.0')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
    .replace(/20(?!20|99)\d\d-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replace(/\d+ (?:d|h|min)(?: \d+ (?:h|min))?(?= left)/g, 'SOME TIME')
    .replace(/\d{6} h \d+ min/g, 'SOME TIME')
    .replace(/ASIA(?!EXAMPLE)\w{16}/g, 'ASIA…');

const part = (text: string, name: string): string =>
  (text.split(`=== ${name}\n`)[1] ?? '').split('\n=== ')[0]?.trim() ?? '';

it('are there for every command', () => {
  const typed = Object.values(scenes).flat().join('\n');
  for (const { name } of commands) expect(typed).toContain(`roleferry ${name}`);
});

it.skipIf(tmux.missing).each(Object.keys(scenes))('show %s as it was read', async (name) => {
  const text = `In a pipe, with stderr behind a bar:\n\n${part(shown.pipe, name)}\n\n\nIn a terminal of ${columns} columns:\n\n${part(shown.terminal, name)}\n`;
  await expect(text).toMatchFileSnapshot(`transcripts/${name}.txt`);
});
