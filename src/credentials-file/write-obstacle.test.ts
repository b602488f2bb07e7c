import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeObstacle } from './write-obstacle.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'roleferry-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const command = (name: string) =>
  `[profile ${name}]\ncredential_process = /x/roleferry credential-process --profile ${name}\n`;

test('a read-only credentials file is in the way of what goes into it, and of no process profile', async () => {
  const files = { credentialsFile: join(home, 'credentials'), configFile: join(home, 'config') };
  const withCache = { ...files, cacheFolder: join(home, 'cache') };
  writeFileSync(files.configFile, command('a') + command('b'));
  expect(await writeObstacle(files, ['a', 'dev'])).toBeUndefined();
  writeFileSync(files.credentialsFile, '');
  chmodSync(files.credentialsFile, 0o444);
  const readOnly = { code: 'file-not-writable' };
  expect(await writeObstacle(withCache, ['a', 'b'])).toBeUndefined();
  expect(await writeObstacle(withCache, ['a', 'dev'])).toMatchObject(readOnly);
  expect(await writeObstacle(files, ['a'])).toMatchObject(readOnly);
});
