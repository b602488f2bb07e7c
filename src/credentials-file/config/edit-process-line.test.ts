import { expect, test } from 'vitest';
import { removeProcessLine, setProcessLine } from './edit-process-line.ts';

const command = '/usr/bin/roleferry credential-process --profile dev';
const line = `credential_process = ${command}\n`;

const result = (edited: ReturnType<typeof setProcessLine | typeof removeProcessLine>) =>
  edited.ok ? edited.value.content : [edited.failure.code, edited.failure.params];

const edit = (content: string, { name = 'dev', to = command, replace = false } = {}) =>
  result(setProcessLine('F', content, name, to, { replace }));
const undo = (content: string) => result(removeProcessLine('F', content, 'dev'));

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

const mark = '# set aside by roleferry configure-process dev: ';

test('keys that would be in the way are set aside in place, and so is another command', () => {
  const others = '[profile b]\naws_access_key_id = AKIAX\n';
  const before = `[profile dev]\naws_access_key_id = AKIAX\nregion = x\ncredential_process = other # c\n${others}`;
  const edited = `[profile dev]\n${mark}aws_access_key_id = AKIAX\nregion = x\n${line}${mark}credential_process = other # c\n${others}`;
  expect(edit(before, { replace: true })).toBe(edited);
  expect(edit(edited, { replace: true })).toBe(edited);
  expect(undo(edited)).toBe(before);
});

test.each([
  '[profile dev]\ncredential_process = other',
  '[profile dev]\ncredential_process = other\nregion = x',
  '[profile dev]\r\nregion = x\r\ncredential_process = other ; mine\r\n  --more\r\n\t# indented\r\n\r\n[profile b]\r\nk = 1',
  '[profile "dev"] # mine\n  Credential_Process=other\n  region = x\n[profile dev]\ncredential_process = third\n',
  '[profile dev]\naws_access_key_id = AKIAX\naws_secret_access_key = s\ncredential_process =\n[default]\nk = 1\n',
  '\u00ef\u00bb\u00bf[profile dev]\ncredential_process = other\n\n\n# end',
])('what was replaced in %j comes back to the byte', (before) => {
  const edited = edit(before, { replace: true });
  expect(edited).toContain(command);
  expect(undo(String(edited))).toBe(before);
});

test.each([
  [`${line}`, 'credential_process = theirs\n'],
  [`${line}`, `${line}aws_access_key_id = AKIAY\n`],
])('what was set aside stays a comment where somebody made other settings', (ours, theirs) => {
  const edited = String(edit('[profile dev]\ncredential_process = other\n', { replace: true }));
  const changed = edited.replace(ours, theirs);
  expect(undo(changed)).toBe(changed.replace(line, ''));
});

test('a line that somebody made of the comment is theirs, and ours goes', () => {
  expect(undo(`[profile dev]\n${line}${mark}aws_session_token = t\n[profile b]\n${mark}k = 1\n`)).toBe(
    '[profile dev]\naws_session_token = t\n[profile b]\nk = 1\n',
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
  ['[profile dev]\ncredential_process = other\n', '[profile dev]\ncredential_process = other\n'],
])('the command is taken away from %j', (content, edited) => {
  expect(undo(content)).toBe(edited);
});

test('a file that cannot be understood is left alone, and the line is told', () => {
  expect(edit('[profile dev\n')).toMatchObject(['file-not-understood', { file: 'F', line: 1 }]);
});

test('a line that only some AWS tools read is left alone', () => {
  const disputed = ['file-not-understood', { file: 'F', line: 1, reason: 'disputed' }];
  expect(edit('[profile dev]\ncredential_process: x = y\n')).toEqual(disputed);
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
