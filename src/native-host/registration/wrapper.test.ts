import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { saying } from '../../../test/fixtures/said.ts';
import { FrameDecoder } from '../framing.ts';
import type { Surroundings } from './system/surroundings.ts';
import { nodeOfWrapper, noNodeStatus, type WrappedProgram, wrapperText } from './wrapper.ts';

describe.skipIf(process.platform === 'win32')('the wrapper', () => {
  let home: string;
  let surroundings: Surroundings;
  let program: WrappedProgram;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), `it's "$HOME" & \`x\` `));
    surroundings = { platform: 'linux', env: {}, home };
    program = { file: join(home, 'program.mjs'), nodePath: join(home, 'no de'), answersInFrames: false };
    writeFileSync(program.file, 'console.log(JSON.stringify(process.argv.slice(2)))');
  });
  afterEach(() => rmSync(home, { recursive: true }));

  const putWrapper = (change = (text: string) => text) =>
    writeFileSync(join(home, 'wrapper'), change(wrapperText(surroundings, program)), { mode: 0o755 });

  /** What the machine of this test has in its own folders is not to be found. */
  const besideTheUsual = (text: string) => text.replace(/ (\/[^ ]+)+\/node/g, '');

  function start(args: string[] = [], env: Record<string, string> = {}) {
    putWrapper();
    return spawnSync(join(home, 'wrapper'), args, { env: { HOME: home, PATH: '', ...env } });
  }

  /** A Node of that version at this place of the home; it can say no more than that. */
  function oldNode(place: string, version: string) {
    mkdirSync(dirname(join(home, place)), { recursive: true });
    writeFileSync(join(home, place), `#!/bin/sh\necho ${version}\n`);
    chmodSync(join(home, place), 0o755);
  }

  it('starts its program whatever is in the names of folders, and passes its arguments on', () => {
    symlinkSync(process.execPath, program.nodePath);
    const args = ['a b', '', '$HOME', "'"];
    expect(JSON.parse(start(args).stdout.toString())).toEqual(args);
  });

  it.each(['--require /nowhere.js', '--a-flag-that-no-node-knows', '-r ./pre.cjs'])(
    'heeds no NODE_OPTIONS of the project that it is called from: %s',
    (options) => {
      symlinkSync(process.execPath, program.nodePath);
      writeFileSync(join(home, 'pre.cjs'), 'console.log("noise")');
      const { status, stdout } = start(['x'], { NODE_OPTIONS: options });
      expect({ status, stdout: stdout.toString() }).toEqual({ status: 0, stdout: '["x"]\n' });
    },
  );

  it.each([
    '.nvm/versions/node/v22.14.0/bin/node',
    '.local/share/fnm/node-versions/v22.14.0/installation/bin/node',
    'Library/Application Support/fnm/node-versions/v22.14.0/installation/bin/node',
    '.volta/tools/image/node/22.14.0/bin/node',
    '.asdf/installs/nodejs/22.14.0/bin/node',
    '.local/share/mise/installs/node/22.14.0/bin/node',
  ])('whose Node is gone starts it on one that is in ~/%s', (place) => {
    mkdirSync(dirname(join(home, place)), { recursive: true });
    symlinkSync(process.execPath, join(home, place));
    putWrapper(besideTheUsual);
    const said = execFileSync(join(home, 'wrapper'), ['x'], { env: { HOME: home, PATH: '' } });
    expect(said.toString()).toBe('["x"]\n');
  });

  it('finds the Node on the PATH last of all, but none in a folder that is named from here', () => {
    const bin = join(home, 'bin');
    mkdirSync(bin);
    symlinkSync(process.execPath, join(bin, 'node'));
    putWrapper(besideTheUsual);
    const run = (path: string) =>
      spawnSync(join(home, 'wrapper'), ['x'], { env: { HOME: home, PATH: path }, cwd: home });
    expect(run(bin).stdout.toString()).toBe('["x"]\n');
    expect(run('bin').status).toBe(noNodeStatus);
    expect(run(bin.replace(home, '.')).status).toBe(noNodeStatus);
  });

  it.each(['v18.20.4', 'v20.18.3', 'v21.7.3', 'v22.11.0', 'v8.17.0', 'nonsense'])(
    'does not start it on Node %s, and says that there is none, with the way out',
    (version) => {
      oldNode('.nvm/versions/node/x/bin/node', version);
      putWrapper(besideTheUsual);
      const { status, stdout, stderr } = spawnSync(join(home, 'wrapper'), [], {
        env: { HOME: home, PATH: '' },
      });
      expect({ status, stdout: stdout.toString() }).toEqual({ status: noNodeStatus, stdout: '' });
      expect(stderr.toString()).toContain(`${program.nodePath}, is gone, and no other new enough was found`);
      expect(stderr.toString()).toContain('hint: Install Node');
    },
  );

  it('tells a browser in a frame, which the extension shows', () => {
    program = { ...program, answersInFrames: true };
    putWrapper(besideTheUsual);
    const { stdout } = spawnSync(join(home, 'wrapper'), [], { env: { HOME: home, PATH: '' } });
    const [frame, ...more] = new FrameDecoder().push(stdout);
    expect(more).toEqual([]);
    if (frame?.kind !== 'message') throw new Error('no frame');
    expect(JSON.parse(Buffer.from(frame.bytes).toString('utf8'))).toMatchObject({
      version: 1,
      id: '',
      ok: false,
      failure: saying('node-gone', program.nodePath),
    });
  });

  it('tells which Node it starts, and is known from others by every character of it', () => {
    const text = wrapperText(surroundings, program);
    expect(nodeOfWrapper(surroundings, program, text)).toBe(program.nodePath);
    expect(nodeOfWrapper(surroundings, program, `${text}rm -rf /\n`)).toBeUndefined();
    expect(nodeOfWrapper(surroundings, { ...program, file: '/other' }, text)).toBeUndefined();
  });
});

describe('the wrapper on Windows', () => {
  const windows: Surroundings = { platform: 'win32', env: {}, home: 'C:\\Users\\ann' };
  const program = {
    file: 'D:\\Local\\roleferry\\native-host.cjs',
    nodePath: 'C:\\50%off\\node.exe',
    answersInFrames: true,
  };

  it('is a batch file in which percent signs of paths are no variables', () => {
    const text = wrapperText(windows, program);
    expect(text.split('\r\n')).toEqual(
      expect.arrayContaining([
        'set NODE_OPTIONS=',
        'set "node=C:\\50%%off\\node.exe"',
        '"%node%" "%program%" %*',
      ]),
    );
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(nodeOfWrapper(windows, program, text)).toBe(program.nodePath);
  });

  it('names a Node below the folder of a user whose name has other letters than English', () => {
    const ofJoerg: Surroundings = { ...windows, home: 'C:\\Users\\Jörg' };
    const own = { ...program, nodePath: 'C:\\Users\\Jörg\\scoop\\50%off\\node.exe' };
    const text = wrapperText(ofJoerg, own);
    expect(text).toContain('set "node=%USERPROFILE%\\scoop\\50%%off\\node.exe"\r\n');
    expect(text.replace(/^>&2 .*$/gm, '')).not.toContain('ö');
    expect(nodeOfWrapper(ofJoerg, own, text)).toBe(own.nodePath);
    const other = { ...program, nodePath: 'C:\\Users\\Jörgen\\node.exe' };
    expect(nodeOfWrapper(ofJoerg, other, wrapperText(ofJoerg, other))).toBe(other.nodePath);
  });
});
