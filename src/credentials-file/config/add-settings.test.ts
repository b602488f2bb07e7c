import { expect, test } from 'vitest';
import { addSettings } from './add-settings.ts';

const add = (content: string, name = 'dev', settings: Record<string, string> = { region: 'eu-west-1' }) => {
  const added = addSettings(content, new Map([[name, new Map(Object.entries(settings))]]));
  return added.ok ? added.value : `line ${added.line}: ${JSON.stringify(added.reason)}`;
};

test('a profile that is not there gets a section of its own', () => {
  expect(add('')).toBe('[profile dev]\nregion = eu-west-1\n');
  expect(add('[dev]\nk=1\n')).toBe('[dev]\nk=1\n\n[profile dev]\nregion = eu-west-1\n');
  expect(add('', 'default')).toBe('[default]\nregion = eu-west-1\n');
});

test.each(['[profile dev]', '[profile "dev"]', "[profile 'dev']", '[profile\tdev] # c', '[ profile  dev ]'])(
  'a setting is added to %s',
  (header) => {
    expect(add(`${header}\ns3 =\n  a = b\n\n[profile b]\n`)).toBe(
      `${header}\ns3 =\n  a = b\nregion = eu-west-1\n\n[profile b]\n`,
    );
  },
);

test('a setting that is there stays as it is', () => {
  for (const content of ['[profile dev]\nRegion=x', '[profile "dev"]\nregion = x\n[profile dev]\n']) {
    expect(add(content)).toBe(content);
  }
});

test('an empty setting is filled', () => {
  expect(add('[profile dev]\nregion =\n')).toBe('[profile dev]\nregion = eu-west-1\n');
});

test('only what is missing is added', () => {
  expect(add('[profile dev]\nregion=x\n', 'dev', { region: 'y', output: 'json' })).toBe(
    '[profile dev]\nregion=x\noutput=json\n',
  );
});

test('[profile default] goes before [default]', () => {
  expect(add('[profile default]\na=1\n[default]\nb=1\n', 'default')).toBe(
    '[profile default]\na=1\nregion=eu-west-1\n[default]\nb=1\n',
  );
});

test('sessions and services of the same name are left alone', () => {
  expect(add('[sso-session dev]\na=1\n')).toBe(
    '[sso-session dev]\na=1\n\n[profile dev]\nregion = eu-west-1\n',
  );
});

test('nothing to add makes no section', () => {
  for (const content of ['', '[profile dev]\n  # c\n']) expect(add(content, 'dev', {})).toBe(content);
});

test('of two sections of [default] the last gets the setting', () => {
  expect(add('[default]\na = 1\n[default]\nb = 1\n', 'default')).toBe(
    '[default]\na = 1\n[default]\nb = 1\nregion = eu-west-1\n',
  );
});

test('a correction changes another value, and nothing where there is none or the right one', () => {
  const correct = (content: string) => {
    const settings = new Map([['dev', new Map([['aws_account_id', '2']])]]);
    const corrected = addSettings(content, new Map(), settings);
    return corrected.ok && corrected.value;
  };
  expect(correct('[profile dev]\naws_account_id = 1 # mine\nregion = x\n')).toBe(
    '[profile dev]\n# mine\naws_account_id = 2\nregion = x\n',
  );
  for (const content of [
    '[profile dev]\naws_account_id = 2 # mine\nregion = x\n',
    '[profile dev]\nregion = x\n',
    '',
  ]) {
    expect(correct(content)).toBe(content);
  }
});

test('a setting that one tool would take for that of another profile is not added', () => {
  const content = '[profile a]\nx = 1\n[profile dev]\nk = 1\n[profile b]\nl = 1\n[profile dev]#c\nm = 1\n';
  expect(add(content)).toBe('line 3: "disputed"');
  expect(add('[profile b]\nk = 1\n[profile dev]#c\nl = 1\n')).toBe('line 1: "disputed"');
});

test('an empty setting is not filled where a tool finds nested ones in it', () => {
  expect(add('[profile a]\n[profile dev]\nregion =\n  a = 1\n  b = 2\n')).toBe('line 2: "disputed"');
});

test('a file that cannot be understood is left alone', () => {
  expect(add('[profile dev')).toBe('line 1: "no-bracket"');
  expect(add('[profile dev]\nregion: x=\n')).toBe('line 1: "disputed"');
});
