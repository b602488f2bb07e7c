import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { configSettings, readConfigSettings } from './config-settings.ts';
import { asksRoleferry, processLines } from './process-lines.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'roleferry-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const process = (...values: string[]) => values.map((value) => ({ key: 'credential_process', value }));
const command = '/usr/bin/roleferry credential-process --profile dev';

test.each([
  [process(command), true],
  [process(`${command} --login`), true],
  [process(' roleferry credential-process --profile dev '), true],
  [process("'/opt/my roleferry' credential-process --profile dev"), true],
  [process('"C:\\x\\roleferry.cmd" credential-process --profile dev'), true],
  [[...process(command), { key: 'region', value: 'x' }], true],
  [process(command, command), true],
  [process(command, '/bin/other'), false],
  [process('/bin/other', command), false],
  [process('/usr/bin/roleferry credential-process --profile prod'), false],
  [process('/usr/bin/notroleferry credential-process --profile dev'), false],
  [process(`${command} --verbose`), false],
  [[{ key: 'region', value: command }], false],
  [[], false],
])('whether AWS tools ask Roleferry for dev by %j is %s', (settings, asks) => {
  expect(asksRoleferry(settings, 'dev')).toBe(asks);
});

test('a config file tells which profiles are process profiles, and by which command', async () => {
  const file = join(home, 'config');
  writeFileSync(
    file,
    `[profile dev]\nregion = x\ncredential_process = ${command}\n[profile b]\nregion = y\n[profile c]\ncredential_process = other\n[services dev]\nk = 1\n`,
  );
  expect([...(await processLines(file))]).toEqual([['dev', command]]);
  const read = await readConfigSettings(file);
  expect(read.ok && [...read.value.keys()]).toEqual(['dev', 'b', 'c']);
});

test('a config file that is not there has none, nor has one that cannot be read', async () => {
  expect([...(await processLines(join(home, 'none')))]).toEqual([]);
  expect([...(await processLines(home))]).toEqual([]);
  expect(await readConfigSettings(home)).toMatchObject({ failure: { code: 'file-unreadable' } });
});

test('all that any tool finds in a profile is told, and nothing of another', () => {
  const settings = configSettings('[profile dev]\nRegion = x\nk: v\n[profile b]\nl = 1\n', 'dev');
  expect(settings).toContainEqual({ key: 'region', value: 'x' });
  expect(settings).toContainEqual({ key: 'k', value: 'v' });
  expect(settings.every(({ key }) => key !== 'l')).toBe(true);
  expect(settings.map(({ key }) => key).toSorted()).toEqual(['k', 'region', 'region']);
  for (const content of ['', '[my profile dev]\nk = 1\n', '[profile "dev" x]\nk = 1\n']) {
    expect(configSettings(content, 'dev')).toEqual([]);
  }
});
