import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { needs, skippedBecause } from '../needs.ts';
import { buildWriter, newFolder } from './build-writer.ts';
import { numbersIn } from './profile-update.ts';

const canMount = spawnSync('unshare', ['-m', 'true']).status === 0;
const cannotMount = skippedBecause(canMount ? undefined : 'no file can be mounted here');
const strace = needs('strace');

let writer: string;

beforeAll(async () => {
  writer = await buildWriter();
});

const others = `# mine\n[other]\nregion = x\n${'# a comment\n'.repeat(400)}\n`;

/** The file outside, and as a container sees it. */
let outside: string;
let folder: string;
let file: string;

beforeEach(() => {
  outside = join(newFolder(), 'mine');
  folder = join(newFolder(), '.aws');
  file = join(folder, 'credentials');
  mkdirSync(folder);
  writeFileSync(outside, others);
  writeFileSync(file, '');
});

/** Writes profile `name` where the file is mounted over the credentials file; `before` runs there first. */
function write(name: string, number: number, { before = ':', command = '' } = {}) {
  const script = `set -e; mount --bind "$1" "$2"; ${before}; exec ${command} "$3" "$4" "$2" "${name}" ${number}`;
  return spawnSync('unshare', ['-m', 'sh', '-c', script, 'sh', outside, file, process.execPath, writer], {
    encoding: 'utf8',
  });
}

const content = () => readFileSync(outside, 'utf8');

describe.skipIf(cannotMount)('a credentials file that is mounted by itself', () => {
  test('is written into, keeps its mode and what else is in it, and nothing is left beside it', () => {
    chmodSync(outside, 0o640);
    expect(write('dev', 2)).toMatchObject({ status: 0, stderr: '' });
    expect(content().startsWith(others)).toBe(true);
    expect(numbersIn(content(), 'dev')).toEqual([2]);
    expect(readdirSync(folder)).toEqual(['credentials']);
    expect(statSync(outside).mode & 0o777).toBe(0o640);
  });

  test('is written into where it is of another file system', () => {
    const before =
      'mkdir -p "$2".d; mount -t tmpfs none "$2".d; cp "$1" "$2".d/c; mount --bind "$2".d/c "$2"';
    const given = write('dev', 1, { before, command: 'sh -c \'"$0" "$@" && cat "$2"\'' });
    expect(given.status).toBe(0);
    expect(numbersIn(given.stdout, 'dev')).toEqual([1]);
    expect(content()).toBe(others);
  });

  test.each([
    [
      'its folder cannot be written',
      'umount "$2"; d=$(dirname "$2"); mount --bind "$d" "$d"; mount --bind "$1" "$2"; mount -o remount,bind,ro "$d"',
    ],
    ['it is mounted read-only', 'mount -o remount,bind,ro "$2"'],
  ])('is left alone where %s', (_, before) => {
    expect(write('dev', 1, { before })).toMatchObject({ status: 1, stderr: 'file-not-writable\n' });
    expect(content()).toBe(others);
    expect(readdirSync(folder)).toEqual(['credentials']);
  });

  test('loses nothing to two that write through two mounts of it at once', () => {
    const other = join(newFolder(), 'credentials');
    writeFileSync(other, '');
    const script =
      'mount --bind "$1" "$2"; mount --bind "$1" "$5"; ' +
      '"$3" "$4" "$2" a% 20 & "$3" "$4" "$5" b% 20; wait';
    const args = ['-m', 'sh', '-c', script, 'sh', outside, file, process.execPath, writer, other];
    expect(spawnSync('unshare', args, { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
    for (let number = 1; number <= 20; number++) {
      expect(numbersIn(content(), `a${number}`)).toEqual([number]);
      expect(numbersIn(content(), `b${number}`)).toEqual([number]);
    }
  });

  test('is no matter of the credentials file alone: a config file may be mounted too', () => {
    const config = `${file}-config`;
    writeFileSync(config, '');
    const mine = join(newFolder(), 'config');
    writeFileSync(mine, '# mine\n[default]\nk = 1\n');
    const before = `export REGION=eu-west-1; mount --bind ${mine} ${config}`;
    expect(write('dev', 1, { before })).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(mine, 'utf8')).toBe(
      '# mine\n[default]\nk = 1\n\n[profile dev]\nregion = eu-west-1\n',
    );
  });

  const steps = [
    ['fsync', 1],
    ['rename', 1],
    ['unlink', 1],
    ['rename', 2],
    ['pwrite64', 1],
    ['ftruncate', 1],
    ['fsync', 2],
    ['unlink', 2],
  ] as const;

  test.skipIf(strace.missing).each(steps)(
    'is whole after a kill before %s number %d and the next write, and nothing is left',
    (call, count) => {
      const inject = `inject=${call}:signal=SIGKILL:when=${count}`;
      const killed = write('dev', 1, { command: `${strace.path} -f -qq -o /dev/null -e ${inject}` });
      expect(killed.signal).toBe('SIGKILL');
      expect(write('next', 1)).toMatchObject({ status: 0, stderr: '' });
      expect(content().startsWith(others)).toBe(true);
      expect([undefined, [1]]).toContainEqual(numbersIn(content(), 'dev'));
      expect(numbersIn(content(), 'next')).toEqual([1]);
      expect(readdirSync(folder)).toEqual(['credentials']);
    },
  );
});

/** A copy as a killed writer leaves it, beside a file with `bytes`. */
function leave(bytes: string, old: string, now: string) {
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');
  const copy = `.roleferry-${digest('credentials').slice(0, 8)}-copy`;
  writeFileSync(file, bytes);
  writeFileSync(join(folder, copy), `${old.length} ${now.length} ${digest(old + now)}\n${old}${now}`);
}

describe('what a killed writer left', () => {
  const old = `${others}[b]\nk = 1\n`;
  const now = `${others}[dev]\nk = 12345\n`;
  const run = () => spawnSync(process.execPath, [writer, file, 'next', '1'], { encoding: 'utf8' });

  test.each([
    ['half-written', now.slice(0, others.length + 3) + old.slice(others.length + 3), old],
    ['written but not cut', `${now}`.slice(0, -2) + old.slice(now.length - 2), old],
    ['not written at all', old, old],
    ['written', now, now],
    ['changed by somebody else since', `${old}[mine]\nk = 2\n`, `${old}[mine]\nk = 2\n`],
    ['written anew by somebody else', '[mine]\nk = 2\n', '[mine]\nk = 2\n'],
  ])('is %s, and the next write begins with the right content', (_, bytes, right) => {
    leave(bytes, old, now);
    expect(run()).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(file, 'utf8').startsWith(right)).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain('[next]\n');
    expect(readdirSync(folder)).toEqual(['credentials']);
  });

  test('is no copy of ours when it is damaged or somebody else made it', () => {
    leave(now.slice(0, -4), old, now);
    const [copy = ''] = readdirSync(folder).filter((name) => name.endsWith('copy'));
    writeFileSync(join(folder, copy), '5 5 x\nabcdefghij');
    expect(run().status).toBe(0);
    expect(readFileSync(file, 'utf8').startsWith(now.slice(0, -4))).toBe(true);
  });
});
