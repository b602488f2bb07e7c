import { expect, test } from 'vitest';
import type { Settings } from './classify.ts';
import { profilesIn } from './profiles-in.ts';

const read = (content: string) => {
  const profiles = profilesIn('F', content);
  if (!profiles.ok) throw new Error(profiles.failure.code);
  return profiles.value;
};

const pairs = (settings: Settings) => settings.map(({ key, value }) => [key, value]);

test('the profiles of a file are known in its order, each once', () => {
  expect([...read('[b]\n[a]\nk = 1\n[ b ]\n').names]).toEqual(['b', 'a']);
  expect([...read('').names]).toEqual([]);
});

test('the settings of a profile are those of all its sections, and of no other', () => {
  const { settingsOf } = read('[a]\nAWS_Key = 1\n[b]\nk = 2\n[a]\naws_key = 3\n');
  expect(pairs(settingsOf('a'))).toEqual([
    ['aws_key', '1'],
    ['aws_key', '3'],
  ]);
  expect(settingsOf('none')).toEqual([]);
});

test('what only some AWS tool finds in a profile belongs to it too', () => {
  const { settingsOf } = read(
    '[DEFAULT]\nrole_arn = r\nregion = x\naws_access_key_id = AKIAX\n[a]\naws_access_key_id: AKIAX =\n',
  );
  expect(pairs(settingsOf('a'))).toEqual([
    ['role_arn', 'r'],
    ['aws_access_key_id', 'AKIAX ='],
    ['aws_access_key_id: akiax', ''],
  ]);
});

test('a file that cannot be understood has no profiles, and the line is told', () => {
  expect(profilesIn('F', '[a]\nk\n')).toMatchObject({
    ok: false,
    failure: { code: 'file-not-understood', params: { file: 'F', line: 2, reason: expect.any(String) } },
  });
});
