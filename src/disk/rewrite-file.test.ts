import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { said } from '../../test/fixtures/said.ts';
import { skippedBecause } from '../../test/needs.ts';
import { failure } from '../core/failure.ts';
import { failed, ok } from '../core/result.ts';
import { rewriteBytes, rewriteFile } from './rewrite-file.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'roleferry-')));
  file = join(folder, 'credentials');
});

afterEach(() => rmSync(folder, { recursive: true }));

const append = (path = file) =>
  rewriteFile(path, (content) => ok({ content: `${content}\u00ff\n`, value: content.length }));

test('a new file is for its owner alone', async () => {
  expect(await append()).toEqual(ok(0));
  expect([...readFileSync(file)]).toEqual([0xff, 0x0a]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['credentials']);
});

test('an existing file keeps its mode, whatever the umask', async () => {
  writeFileSync(file, 'x');
  chmodSync(file, 0o666);
  expect((await append()).ok).toBe(true);
  expect(statSync(file).mode & 0o777).toBe(0o666);
});

const notRoot = skippedBecause(
  process.getuid?.() === 0 ? undefined : 'only root can write the file of somebody else',
);

test.skipIf(notRoot)('root leaves the file to its owner', async () => {
  writeFileSync(file, 'x');
  chownSync(file, 1234, 2345);
  expect((await append()).ok).toBe(true);
  expect(statSync(file)).toMatchObject({ uid: 1234, gid: 2345 });
});

test('a link stays a link, and its target changes', async () => {
  mkdirSync(join(folder, 'real'));
  writeFileSync(join(folder, 'real/c'), 'x');
  symlinkSync('real/c', file);
  expect((await append()).ok).toBe(true);
  expect(readFileSync(join(folder, 'real/c'), 'latin1')).toBe('x\u00ff\n');
  expect(realpathSync(file)).toBe(join(folder, 'real/c'));
  expect(readdirSync(join(folder, 'real'))).toEqual(['c']);
});

test('one byte that another program changes at the end of a large file is noticed', async () => {
  const written = Buffer.alloc(1_000_000, 'x');
  writeFileSync(file, written);
  let edits = 0;
  const result = await rewriteFile(file, (content) => {
    if (edits++ === 0) {
      written[written.length - 1] = 0x79;
      writeFileSync(file, written);
    }
    return ok({ content: `${content}z`, value: content.slice(-1) });
  });
  expect(result).toEqual(ok('y'));
  expect(edits).toBe(2);
  expect(readFileSync(file, 'latin1')).toBe(`${'x'.repeat(999_999)}yz`);
});

test('nothing is written when nothing changes', async () => {
  writeFileSync(file, 'x\u00ff', 'latin1');
  utimesSync(file, 1000, 1000);
  const { ino } = statSync(file);
  expect(await rewriteFile(file, (content) => ok({ content, value: 'same' }))).toEqual(ok('same'));
  expect(statSync(file)).toMatchObject({ ino, mtimeMs: 1_000_000 });
});

test('a file of which only the end goes is written', async () => {
  writeFileSync(file, 'abc');
  await rewriteFile(file, () => ok({ content: 'ab', value: undefined }));
  expect(readFileSync(file, 'utf8')).toBe('ab');
});

test('nothing is written when the edit fails', async () => {
  writeFileSync(file, 'x');
  const refusal = failure('profile-not-found', { profile: 'p' });
  expect(await rewriteFile(file, () => failed(refusal))).toEqual(failed(refusal));
  expect(readFileSync(file, 'utf8')).toBe('x');
});

test('a change by another program meanwhile is not lost', async () => {
  writeFileSync(file, 'a\n');
  let tries = 0;
  const result = await rewriteFile(file, (content) => {
    if (tries++ < 3) writeFileSync(file, `${content}theirs ${tries}\n`);
    return ok({ content: `${content}ours\n`, value: undefined });
  });
  expect(result.ok).toBe(true);
  expect(readFileSync(file, 'utf8')).toBe('a\ntheirs 1\ntheirs 2\ntheirs 3\nours\n');
});

test('what a program writes into the old file while ours takes its place is not lost', async () => {
  writeFileSync(file, 'a\n');
  const late = openSync(file, 'r+');
  const { ino } = fstatSync(late);
  const writeLate = () => {
    if (statSync(file).ino === ino) return void setImmediate(writeLate);
    ftruncateSync(late);
    writeSync(late, 'a\ntheirs\n', 0);
    closeSync(late);
  };
  setImmediate(writeLate);
  const append = (content: string) => ok({ content: `${content}ours\n`, value: undefined });
  expect((await rewriteFile(file, append)).ok).toBe(true);
  expect(readFileSync(file, 'utf8')).toBe('a\ntheirs\nours\n');
});

test('a file that is broken for a moment only is read again', async () => {
  writeFileSync(file, 'half');
  const refusal = failure('file-not-understood', { file, line: 1, reason: 'no-equals' });
  const result = await rewriteFile(file, (content) => {
    if (content !== 'half') return ok({ content: `${content}ours`, value: undefined });
    writeFileSync(file, 'whole\n');
    return failed(refusal);
  });
  expect(result.ok).toBe(true);
  expect(readFileSync(file, 'utf8')).toBe('whole\nours');
});

test('a change of mode meanwhile is not lost', async () => {
  writeFileSync(file, 'a');
  let tries = 0;
  await rewriteFile(file, (content) => {
    if (tries++ === 0) chmodSync(file, 0o640);
    return ok({ content: `${content}b`, value: undefined });
  });
  expect(statSync(file).mode & 0o777).toBe(0o640);
});

test('another program that never stops is given up on', async () => {
  writeFileSync(file, '');
  const result = await rewriteFile(file, (content) => {
    writeFileSync(file, `${content}x`);
    return ok({ content: 'ours', value: undefined });
  });
  expect(result).toMatchObject({ ok: false, failure: { code: 'file-busy', params: { file } } });
  expect(readFileSync(file, 'utf8')).toMatch(/^x+$/);
  expect(readdirSync(folder)).toEqual(['credentials']);
});

test('a read-only file is not renamed over', async () => {
  writeFileSync(file, 'x');
  chmodSync(file, 0o400);
  expect(await append()).toMatchObject({ ok: false, failure: { code: 'file-not-writable' } });
  expect(readFileSync(file, 'utf8')).toBe('x');
  expect(readdirSync(folder)).toEqual(['credentials']);
});

test('a folder in the place of the file is a clear failure', async () => {
  mkdirSync(file);
  expect(await append()).toMatchObject({ ok: false, failure: { code: 'file-unreadable' } });
});

test('a named pipe in the place of the file is a clear failure, and stays', async () => {
  execFileSync('mkfifo', [file]);
  expect(await append()).toMatchObject({
    ok: false,
    failure: { code: 'file-unreadable', params: { reason: 'special' } },
  });
  expect(statSync(file).isFIFO()).toBe(true);
});

test('a name that is too long is a clear failure', async () => {
  const result = await append(join(folder, 'x'.repeat(300)));
  expect(result).toMatchObject({
    ok: false,
    failure: expect.toSatisfy((failure) => said(failure).includes('too long')),
  });
});

test('a name as long as names can be is written all the same', async () => {
  const long = join(folder, 'x'.repeat(255));
  expect((await append(long)).ok).toBe(true);
  expect(existsSync(long)).toBe(true);
});

test('what a killed writer left behind is removed, and nothing that only looks like it', async () => {
  const digest = (name: string) => createHash('sha256').update(name).digest('hex').slice(0, 8);
  const left = `.roleferry-${digest('credentials')}-${'0a'.repeat(16)}.tmp`;
  const kept = [
    `.roleferry-${digest('credentials')}-mine.tmp`,
    `.roleferry-${digest('config')}-${'0a'.repeat(16)}.tmp`,
    '.roleferry-notes',
  ];
  for (const name of [left, ...kept]) writeFileSync(join(folder, name), 'secret');
  await append();
  expect(readdirSync(folder).sort()).toEqual(['credentials', ...kept].sort());
});

test.skipIf(notRoot)(
  "root leaves no copy of somebody else's file, neither its own nor a killed writer's",
  async () => {
    writeFileSync(file, 'old\n');
    const digest = createHash('sha256').update('credentials').digest('hex').slice(0, 8);
    const left = join(folder, `.roleferry-${digest}-${'0a'.repeat(16)}.tmp`);
    writeFileSync(left, 'secret');
    for (const theirs of [file, left]) chownSync(theirs, 65534, 65534);
    await rewriteBytes(file, (_bytes, doubted) =>
      ok({ pieces: [Buffer.from('new\n')], value: undefined, stands: () => doubted }),
    );
    expect(statSync(file).uid).toBe(65534);
    expect(readdirSync(folder)).toEqual(['credentials']);
  },
);

test('what does not stand is never in the file, and the edit is asked again', async () => {
  writeFileSync(file, 'old\n');
  const asked: boolean[] = [];
  const seen: string[] = [];
  const result = await rewriteBytes(file, (_bytes, doubted) => {
    asked.push(doubted);
    const stands = () => {
      seen.push(readFileSync(file, 'utf8'));
      return false;
    };
    return doubted
      ? ok({ pieces: [Buffer.from('sure\n')], value: 'sure' })
      : ok({ pieces: [Buffer.from('guess\n')], value: 'guess', stands });
  });
  expect(result).toEqual(ok('sure'));
  expect(asked).toEqual([false, true]);
  expect([...seen, readFileSync(file, 'utf8')]).toEqual(['old\n', 'sure\n']);
  expect(readdirSync(folder)).toEqual(['credentials']);
});

test('that nothing changes is believed only when it stands', async () => {
  writeFileSync(file, 'old\n');
  const result = await rewriteBytes(file, (bytes, doubted) =>
    doubted
      ? ok({ pieces: [Buffer.from('new\n')], value: 'sure' })
      : ok({ pieces: [bytes], value: 'guess', stands: () => false }),
  );
  expect(result).toEqual(ok('sure'));
  expect(readFileSync(file, 'utf8')).toBe('new\n');
});

test('a file that appears while ours is made is not overwritten', async () => {
  let edits = 0;
  const result = await rewriteFile(file, (content) => {
    if (edits++ === 0) writeFileSync(file, 'theirs\n');
    return ok({ content: `${content}ours\n`, value: undefined });
  });
  expect(result.ok).toBe(true);
  expect(readFileSync(file, 'utf8')).toBe('theirs\nours\n');
});
