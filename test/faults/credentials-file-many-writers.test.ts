import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseLines } from '../../src/credentials-file/format/parse-lines.ts';
import { writeProfiles } from '../../src/credentials-file/write-profiles.ts';
import { needs } from '../needs.ts';
import { buildWriter, newFolder } from './build-writer.ts';
import { numbersIn, updateOf } from './profile-update.ts';

let writer: string;

beforeAll(async () => {
  writer = await buildWriter();
});

async function run(file: string, name: string, count: number): Promise<number | null> {
  const child = spawn(process.execPath, [writer, file, name, String(count)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  return code;
}

test('32 processes write 25 profiles each into one file, and none is lost', async () => {
  const folder = newFolder();
  const file = join(folder, 'credentials');
  writeFileSync(file, '# mine\n[mine]\nregion = x\n');
  const codes = await Promise.all(Array.from({ length: 32 }, (_, index) => run(file, `p${index}-%`, 25)));
  expect(codes.filter((code) => code !== 0)).toEqual([]);
  const content = readFileSync(file, 'utf8');
  expect(content.startsWith('# mine\n[mine]\nregion = x\n')).toBe(true);
  for (let index = 0; index < 32; index++) {
    for (let number = 1; number <= 25; number++) {
      expect(numbersIn(content, `p${index}-${number}`), `p${index}-${number}`).toEqual([number]);
    }
  }
  expect(readdirSync(folder)).toEqual(['credentials']);
});

test('16 processes write one profile, and it is always that of one of them', async () => {
  const file = join(newFolder(), 'credentials');
  const done = Promise.all(Array.from({ length: 16 }, () => run(file, 'dev', 15)));
  let over = false;
  done.then(() => {
    over = true;
  });
  let looks = 0;
  while (!over) {
    await new Promise((resolve) => setImmediate(resolve));
    const content = readWhenThere(file);
    if (content === undefined) continue;
    looks++;
    expect(numbersIn(content, 'dev')).toHaveLength(1);
  }
  expect((await done).every((code) => code === 0)).toBe(true);
  expect(looks).toBeGreaterThan(100);
});

function readWhenThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

const aws = needs('aws');

describe.skipIf(aws.missing)('beside the AWS CLI, which knows no lock and writes in place', () => {
  /**
   * `aws configure set` reads the file, then writes back all of what it read. What anyone wrote between the two is
   * lost, and no lock of ours can keep the CLI from it. What can be asked of us: that we never lose what the CLI
   * wrote, that the file is never broken for good, and that a profile is lost only to a CLI running at that moment.
   */
  test('we lose none of its changes, and our own only while it writes', async () => {
    const folder = newFolder();
    const file = join(folder, 'credentials');
    writeFileSync(file, '# mine\n[mine]\nregion = x\n');
    const env = {
      PATH: '/usr/bin:/bin',
      HOME: folder,
      AWS_SHARED_CREDENTIALS_FILE: file,
      AWS_CONFIG_FILE: `${file}-config`,
    };
    const files = { credentialsFile: file, configFile: `${file}-config` };
    let lostByUs = 0;
    let sets = 0;
    const hammer = async (name: string) => {
      for (let number = 1; number <= 12; number++) {
        const value = `AKIA${name}${number}`;
        const args = ['configure', 'set', 'aws_access_key_id', value, '--profile', name];
        await promisify(execFile)(aws.path, args, { env });
        sets++;
        if (!readFileSync(file, 'utf8').includes(value)) lostByUs++;
      }
    };
    const hammering = hammer('cli');
    const written: string[] = [];
    let refused = 0;
    let over = false;
    hammering.finally(() => {
      over = true;
    });
    for (let number = 1; !over; number++) {
      const name = `p${number}`;
      const result = await writeProfiles(files, [updateOf(name, number)]);
      if (result.ok) written.push(name);
      else {
        // The moment between its emptying the file and its filling it again can look like a broken line.
        expect(['file-not-understood', 'file-busy']).toContain(result.failure.code);
        refused++;
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await hammering;
    const content = readFileSync(file, 'utf8');
    const lost = written.filter((name) => numbersIn(content, name) === undefined);
    console.log(
      `${sets} times aws configure set; of ours ${written.length} written, ${refused} refused, ` +
        `${lost.length} overwritten by the CLI; of the CLI's ${lostByUs} lost`,
    );
    expect(lostByUs).toBe(0);
    expect(content).toContain('# mine\n[mine]\nregion = x\n');
    expect(parseLines(content).ok).toBe(true);
    expect(content).toContain('AKIAcli12');
    expect(lost.length).toBeLessThan(written.length / 4);
    for (const name of written) expect(numbersIn(content, name) ?? [0]).toHaveLength(1);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});
