import { expect, test } from 'vitest';
import { editProcessLine } from './edit-process-line.ts';

const command = '/usr/bin/roleferry credential-process --profile dev';
const line = `credential_process = ${command}\n`;

function edit(
  content: string,
  { name = 'dev', to = command, dropped = [] as string[], isUndone = false } = {},
) {
  const edited = editProcessLine('F', content, name, isUndone ? undefined : to, new Set(dropped));
  return edited.ok ? edited.value.content : [edited.failure.code, edited.failure.params];
}
const undo = (content: string, dropped: string[] = []) => edit(content, { dropped, isUndone: true });

test.each([
  ['', `[profile dev]\n${line}`],
  ['[profile b]\nk = 1\n', `[profile b]\nk = 1\n\n[profile dev]\n${line}`],
  ['[profile dev]\nregion = x\n[profile b]\n', `[profile dev]\nregion = x\n${line}[profile b]\n`],
  ['[profile dev]\ncredential_process = other\nregion = x\n', `[profile dev]\n${line}region = x\n`],
  [
    '[profile "dev"]\ncredential_process=other # c\n',
    `[profile "dev"]\n# c\ncredential_process=${command}\n`,
  ],
])('the command is set in %j', (content, edited) => {
  expect(edit(content)).toBe(edited);
});

test('[default] has no prefix, and [profile default] goes before it', () => {
  const to = command.replace('dev', 'default');
  const set = `credential_process = ${to}\n`;
  const name = 'default';
  expect(edit('', { name, to })).toBe(`[default]\n${set}`);
  expect(edit('[default]\nk = 1\n', { name, to })).toBe(`[default]\nk = 1\n${set}`);
  expect(edit('[profile default]\nk = 1\n[default]\nl = 1\n', { name, to })).toBe(
    `[profile default]\nk = 1\n${set}[default]\nl = 1\n`,
  );
  expect(edit(`[default]\ncredential_process = x\n[profile default]\nk = 1\n`, { name, to })).toBe(
    `[default]\n[profile default]\nk = 1\n${set}`,
  );
});

test('of two sections of a profile the last has the command', () => {
  expect(edit(`[profile dev]\ncredential_process = x\n[profile "dev"]\nk = 1\n`)).toBe(
    `[profile dev]\n[profile "dev"]\nk = 1\n${line}`,
  );
});

test('keys that would be in the way are dropped', () => {
  const content =
    '[profile dev]\naws_access_key_id = AKIAX\nregion = x\n[profile b]\naws_access_key_id = AKIAX\n';
  expect(edit(content, { dropped: ['aws_access_key_id'] })).toBe(
    `[profile dev]\nregion = x\n${line}[profile b]\naws_access_key_id = AKIAX\n`,
  );
});

test('a command in another alphabet is set as it is', () => {
  const to = Buffer.from(command.replace('usr', 'ünï')).toString('latin1');
  expect(edit('', { to })).toBe(`[profile dev]\ncredential_process = ${to}\n`);
});

test.each([
  [`[profile dev]\n${line}`, ''],
  [`[profile b]\nk = 1\n\n[profile dev]\n${line}`, '[profile b]\nk = 1\n'],
  [`[profile b]\nk = 1\n[profile dev]\n${line}`, '[profile b]\nk = 1\n'],
  [
    `[profile dev]\nregion = x\n${line}\n[profile b]\n${line}`,
    `[profile dev]\nregion = x\n\n[profile b]\n${line}`,
  ],
  [`[profile dev]\n${line}\n# of b\n[profile b]\nk = 1\n`, '\n# of b\n[profile b]\nk = 1\n'],
  ['[profile b]\nk = 1\n', '[profile b]\nk = 1\n'],
])('the command is taken away from %j', (content, edited) => {
  expect(undo(content)).toBe(edited);
});

test('taking it away also takes what is dropped, and the section with the last of it', () => {
  const content = `[profile b]\nk = 1\n\n[profile dev]\naws_session_token = t\n${line}`;
  expect(undo(content, ['aws_session_token'])).toBe('[profile b]\nk = 1\n');
  expect(undo(content)).toBe('[profile b]\nk = 1\n\n[profile dev]\naws_session_token = t\n');
});

test('a file that cannot be understood is left alone, and the line is told', () => {
  expect(edit('[profile dev\n')).toMatchObject(['file-not-understood', { file: 'F', line: 1 }]);
});

test('a line that only some AWS tools read is left alone', () => {
  const disputed = ['file-not-understood', { file: 'F', line: 1, reason: 'disputed' }];
  expect(edit('[profile dev]\ncredential_process: x = y\n')).toEqual(disputed);
  expect(undo('[profile dev]\nk = 1\n  credential_process = x\n')).toEqual(disputed);
});

test('a file that botocore does not read at all is edited for the others', () => {
  const before = '[profile a]\nk = 1\nk = 2\n';
  expect(edit(`${before}[profile dev]\nl = 1\n`)).toBe(`${before}[profile dev]\nl = 1\n${line}`);
});

test('the command stays where it is in its section', () => {
  const content = `[profile dev]\ncredential_process = other\nregion = x\noutput = json\n`;
  expect(edit(content)).toBe(`[profile dev]\n${line}region = x\noutput = json\n`);
});

test('a command that AWS tools would not all read as it stands is refused', () => {
  expect(edit('', { to: `${command} # not a comment to all` })).toMatchObject([
    'file-not-understood',
    { line: 1, reason: 'disputed' },
  ]);
});
