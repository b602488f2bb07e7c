import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { ok } from '../../src/core/result.ts';
import { writeProfiles } from '../../src/credentials-file/write-profiles.ts';
import { withLock } from '../../src/disk/lock.ts';
import { needs } from '../needs.ts';
import { tries } from '../tries.ts';
import { buildWriter, newFolder } from './build-writer.ts';
import { numbersIn, updateOf } from './profile-update.ts';

let writer: string;

beforeAll(async () => {
  writer = await buildWriter();
});

async function startWriter(file: string) {
  const child = spawn(process.execPath, [writer, file, 'dev', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

test('a writer killed at any moment leaves the old file or the new one, and the next one writes', async () => {
  const kills = tries(60, 200);
  const seen = { old: 0, new: 0, orphans: 0 };
  const others = `# mine\n[other]\nregion = x\n\n`;
  const lane = async (count: number) => {
    const folder = newFolder();
    const file = join(folder, 'credentials');
    for (let round = 0; round < count; round++) {
      writeFileSync(file, others);
      const child = await startWriter(file);
      await delay(Math.random() * 60);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const content = readFileSync(file, 'utf8');
      expect(content.startsWith(others)).toBe(true);
      const numbers = numbersIn(content, 'dev');
      if (numbers) expect(numbers).toHaveLength(1);
      else expect(content).toBe(others);
      seen[numbers ? 'new' : 'old']++;
      seen.orphans += readdirSync(folder).length - 1;
      const files = { credentialsFile: file, configFile: join(folder, 'config') };
      expect(await writeProfiles(files, [updateOf('next', round)])).toMatchObject({ value: [{ ok: true }] });
      expect(numbersIn(readFileSync(file, 'utf8'), 'next')).toEqual([round]);
      expect(numbersIn(readFileSync(file, 'utf8'), 'dev')).toEqual(numbers);
      expect(readdirSync(folder)).toEqual(['credentials']);
    }
  };
  await Promise.all([lane(kills / 2), lane(kills / 2)]);
  console.log(`${kills} kills: ${JSON.stringify(seen)}`);
  expect(seen.orphans).toBeGreaterThan(0);
});

test('a writer that hangs keeps its lock: the others wait ten seconds, then say so', async () => {
  const file = join(newFolder(), 'credentials');
  const child = await startWriter(file);
  // Stopped while holding the lock, which shows because nobody else gets it at once.
  let result: { ok: boolean } | undefined;
  let waited = 0;
  for (let tries = 0; tries < 50 && result?.ok !== false; tries++) {
    child.kill('SIGCONT');
    await delay(Math.random() * 10);
    child.kill('SIGSTOP');
    const held = Promise.race([withLock(file, async () => ok('free')), delay(300, 'held')]);
    if ((await held) === 'held') {
      const start = Date.now();
      result = await withLock(file, async () => ok('stolen'));
      waited = Date.now() - start;
    }
  }
  expect(result).toMatchObject({ ok: false, failure: { code: 'file-busy' } });
  expect(waited).toBeGreaterThan(9_000);
  const patient = withLock(file, async () => ok('free'));
  child.kill('SIGKILL');
  expect(await patient).toEqual(ok('free'));
});

describe.skipIf(needs('strace').missing)('on the way to the disk', () => {
  test('the new file is synced before it takes the place of the old one, and the folder after', async () => {
    const folder = newFolder();
    const file = join(folder, 'credentials');
    const trace = join(folder, 'trace');
    const calls = 'trace=openat,fsync,rename,renameat,renameat2,fchmod,unlink';
    const args = ['-f', '-y', '-o', trace, '-e', calls, process.execPath, writer, file, 'dev', '1'];
    const child = spawn(needs('strace').path, args, { stdio: 'ignore' });
    await once(child, 'exit');
    expect(existsSync(file)).toBe(true);
    const steps = readFileSync(trace, 'utf8')
      .split('\n')
      .filter((line) => line.includes(folder) && !line.includes('resumed'))
      .map((line) => {
        if (/O_EXCL/.test(line)) return 'create';
        if (/fsync\(\d+<[^>]*\.tmp>/.test(line)) return 'sync file';
        if (/fsync\(/.test(line)) return 'sync folder';
        return /rename/.test(line) ? 'rename' : '';
      })
      .filter((step) => step !== '');
    expect(steps).toEqual(['create', 'sync file', 'rename', 'sync folder']);
  });
});
