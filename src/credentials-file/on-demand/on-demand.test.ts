import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awsFilesIn } from '../../../test/fixtures/aws-files.ts';
import { setRegion } from '../config/regions.ts';
import type { AwsFiles } from '../files/locate.ts';
import { readAsAwsTools } from '../format/aws-readers.ts';
import { listProfiles } from '../list-profiles.ts';
import { readCache, writeCache } from '../process/cache.ts';
import { writeProfiles } from '../write-profiles.ts';
import { makeOnDemand } from './make-on-demand.ts';
import { noteRegion } from './record.ts';
import { listOnDemand, removeOnDemand } from './remove-on-demand.ts';

let home: string;
let files: AwsFiles & { cacheFolder: string };
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'roleferry-'));
  files = awsFilesIn(home);
});
afterEach(() => rmSync(home, { recursive: true }));

const program = '/home/jo/.local/share/roleferry/roleferry';
const command = (name: string) => `${program} credential-process --profile ${name} --login`;
const make = (names: string[], more: { region?: string } = {}) =>
  makeOnDemand(
    files,
    names.map((name) => ({ name, ...more })),
    program,
  );
const config = () => readFileSync(files.configFile, 'latin1');
const hundreds = Array.from({ length: 240 }, (_, index) => `role-${index}`);
const cached = {
  credentials: {
    accessKeyId: 'ASIAEXAMPLEEXAMPLE12',
    secretAccessKey: 'secret',
    sessionToken: 'token',
    expiration: '2030-01-01T00:00:00Z',
  },
  principalArn: 'arn:aws:sts::111122223333:assumed-role/Developer/jo@example.com',
};

/** Config files as people have them, the byte Ã¤ and files without a last line ending among them. */
const configs: [what: string, text: string | undefined][] = [
  ['no file', undefined],
  ['an empty file', ''],
  ['a usual file', '# mine\n[default]\nregion = eu-west-1\n\n[profile own]\noutput = json\n'],
  ['no line ending at the end', '[profile own]\noutput = json'],
  ['two of them at the end', '[profile own]\noutput = json\n\n'],
  ['a comment at the end', '[profile own]\noutput = json\n\n# the last word'],
  ['Windows line endings', '[profile own]\r\noutput = json\r\n'],
  ['Windows line endings but the last', '[profile own]\r\n\r\n[profile other]\r\nregion = us-east-1'],
  ['a byte order mark', '\u00ef\u00bb\u00bf[profile own]\noutput = json\n'],
  ['letters of another encoding', '# f\u00fcr mich\n[profile own]\noutput = json\n'],
];

describe('making on-demand profiles', () => {
  it('appends one section for each, which every AWS tool reads as it is meant', async () => {
    writeFileSync(files.configFile, '[profile own]\noutput = json\n');
    expect(await make(['dev', 'prod'], { region: 'eu-west-1' })).toEqual({ ok: true, value: undefined });
    expect(config()).toBe(
      `[profile own]\noutput = json\n\n[profile dev]\ncredential_process = ${command('dev')}\nregion = eu-west-1\n` +
        `\n[profile prod]\ncredential_process = ${command('prod')}\nregion = eu-west-1\n`,
    );
    expect(existsSync(files.credentialsFile)).toBe(false);
  });

  it.each([
    ['no file', undefined, ''],
    ['an empty file', '', ''],
    ['a blank line', '[profile own]\n\n', ''],
    ['a blank line with blanks in it', '[profile own]\n \t\n', ''],
    ['another line', '[profile own]\n', '\n'],
    ['a line without an ending', '[profile own]', '\n\n'],
    ['a Windows line', '[profile own]\r\n', '\r\n'],
  ])('sets them off by one blank line below %s', async (_, before, above) => {
    if (before !== undefined) writeFileSync(files.configFile, before);
    expect(await make(['default', 'dev'])).toMatchObject({ ok: true });
    const sections = [
      `[default]\ncredential_process = ${command('default')}\n`,
      `[profile dev]\ncredential_process = ${command('dev')}\n`,
    ].join('\n');
    const appended = before?.includes('\r') ? sections.replaceAll('\n', '\r\n') : sections;
    expect(config()).toBe(`${before ?? ''}${above}${appended}`);
  });

  it('makes hundreds in one write, and lists them as on demand', async () => {
    expect(await make(hundreds)).toMatchObject({ ok: true });
    const listed = await listProfiles(files);
    expect(listed).toMatchObject({
      value: hundreds.map((name) => ({ name, kind: 'process', onDemand: true })),
    });
    for (const reading of Object.values(readAsAwsTools(config()))) {
      expect(reading?.sections.size).toBe(hundreds.length);
    }
  });

  it('lists other process profiles as they are', async () => {
    writeFileSync(files.configFile, `[profile mine]\ncredential_process = ${command('mine')}\n`);
    await make(['dev']);
    const listed = await listProfiles(files);
    expect(listed.ok && listed.value.map(({ name, onDemand }) => [name, onDemand])).toEqual([
      ['mine', undefined],
      ['dev', true],
    ]);
  });

  it.each([
    ['in the config file', () => writeFileSync(files.configFile, '[profile dev]\noutput = json\n')],
    ['in the config file, with nothing in it', () => writeFileSync(files.configFile, '[profile "dev"]\n')],
    [
      'in the credentials file',
      () => writeFileSync(files.credentialsFile, '[dev]\naws_access_key_id = AKIA\n'),
    ],
    ['on demand already', () => make(['dev'])],
  ])('writes nothing at all if one of the names is %s', async (_, before) => {
    await before();
    const text = existsSync(files.configFile) ? config() : undefined;
    expect(await make(['new', 'dev'])).toMatchObject({
      failure: { code: 'profiles-exist', params: { profiles: 'dev' } },
    });
    expect(existsSync(files.configFile) ? config() : undefined).toBe(text);
  });

  it('names each profile that is there already', async () => {
    await make(['dev', 'prod']);
    expect(await make(['dev', 'new', 'prod'])).toMatchObject({
      failure: { code: 'profiles-exist', params: { profiles: 'dev, prod', file: files.configFile } },
    });
  });

  it.each([
    ['a%PATH%', '%'],
    ['--login', '-'],
  ])('says what is wrong with the name %s: %s', async (name, character) => {
    expect(await make([name])).toMatchObject({
      failure: { params: { reason: { is: 'command-line', character } } },
    });
  });

  it.each([
    ['/opt/my "tools"/roleferry', 'process-path-unfit'],
    ['/opt/another-program', 'file-not-understood'],
  ])('refuses the program %s, for which it could not be told whose profile it is', async (path, code) => {
    expect(await makeOnDemand(files, [{ name: 'dev' }], path)).toMatchObject({ failure: { code } });
    expect(existsSync(files.configFile)).toBe(false);
  });

  it('changes nothing where the credentials file cannot be understood', async () => {
    writeFileSync(files.credentialsFile, '[broken\n');
    expect(await make(['dev'])).toMatchObject({
      failure: { code: 'file-not-understood', params: { file: files.credentialsFile } },
    });
    expect(existsSync(files.configFile)).toBe(false);
  });

  it('keeps what the cache has where the config file cannot be read', async () => {
    await writeCache(files, 'dev', cached);
    mkdirSync(files.configFile);
    expect(await make(['dev'])).toMatchObject({ failure: { code: 'file-unreadable' } });
    expect(await readCache(files, 'dev')).toMatchObject({ value: cached });
  });

  it('leaves a file to the program that writes it at the same time', async () => {
    writeFileSync(files.configFile, '[profile own]\n');
    const writeMeanwhile = () => {
      if (config() === '[profile own]\n') appendFileSync(files.configFile, '[profile theirs]\n');
      return true;
    };
    expect(await makeOnDemand(files, [{ name: 'dev' }], program, writeMeanwhile)).toMatchObject({
      failure: { code: 'file-busy', params: { file: files.configFile } },
    });
    expect(config()).toBe('[profile own]\n[profile theirs]\n');
    expect(await removeOnDemand(files)).toEqual({ ok: true, value: [] });
  });

  it('makes them without a note where there is no folder for it', async () => {
    const { cacheFolder: _, ...bare } = files;
    expect(await makeOnDemand(bare, [{ name: 'dev' }], program)).toMatchObject({ ok: true });
    await noteRegion(bare, 'dev', 'us-east-2');
    expect(await listOnDemand(bare)).toEqual({ ok: true, value: new Set() });
    expect(await removeOnDemand(bare)).toEqual({ ok: true, value: [] });
    expect(config()).toContain('[profile dev]');
  });

  it.each([
    'a%PATH%',
    '--login',
    '-',
    '$(id)',
    'a b',
    'a;b',
    "a'b",
    'a\nb',
    '',
    'DEFAULT',
    '__proto__',
    '`id`',
  ])(
    'refuses the name %j, which a command line or a config file could take for something else',
    async (name) => {
      expect(await make(['dev', name])).toMatchObject({ failure: { code: 'profile-name-invalid' } });
      expect(existsSync(files.configFile)).toBe(false);
    },
  );

  it('refuses where the policy of the machine forbids profiles, and can still be undone there', async () => {
    await make(['old']);
    const policyFile = join(home, 'policy.json');
    writeFileSync(policyFile, '{"forbidProfiles":true}', { mode: 0o644 });
    const machine = {
      policyFile,
      administrator: process.getuid?.(),
      logger: undefined,
      logSocket: undefined,
    };
    const refused = () => makeOnDemand({ ...files, machine }, [{ name: 'dev' }], program);
    expect(await refused()).toMatchObject({ failure: { code: 'policy-no-profiles' } });
    writeFileSync(policyFile, '{');
    expect(await refused()).toMatchObject({ failure: { code: 'machine-policy-invalid' } });
    expect(await removeOnDemand({ ...files, machine })).toEqual({ ok: true, value: ['old'] });
  });

  it('refuses a config file that AWS tools do not read the same way', async () => {
    writeFileSync(files.configFile, '[profile own\noutput = json\n');
    expect(await make(['dev'])).toMatchObject({ failure: { code: 'file-not-understood' } });
    expect(config()).toBe('[profile own\noutput = json\n');
  });

  it('begins no write once the browser is gone', async () => {
    const gone = await makeOnDemand(files, [{ name: 'dev' }], program, () => false);
    expect(gone).toMatchObject({ failure: { code: 'host-gone' } });
    expect(existsSync(files.configFile)).toBe(false);
    expect(await removeOnDemand(files)).toEqual({ ok: true, value: [] });
  });

  it('drops what the cache has of an earlier profile with the name', async () => {
    await writeCache(files, 'dev', cached);
    await make(['dev']);
    expect(await readCache(files, 'dev')).toEqual({ ok: true, value: undefined });
  });

  it.runIf(process.platform !== 'win32')('keeps what it notes from other users', async () => {
    await make(['dev']);
    const folder = join(files.cacheFolder, 'on-demand');
    const [file = ''] = readdirSync(folder);
    expect([folder, join(folder, file)].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600]);
  });

  it('follows no link that somebody put in the place of its notes', async () => {
    mkdirSync(join(home, 'elsewhere'));
    mkdirSync(files.cacheFolder);
    symlinkSync(join(home, 'elsewhere'), join(files.cacheFolder, 'on-demand'));
    const isLink = { failure: { code: 'place-is-link' } };
    expect(await make(['dev'])).toMatchObject(isLink);
    expect(existsSync(files.configFile)).toBe(false);
    expect(await listOnDemand(files)).toMatchObject(isLink);
    expect(await removeOnDemand(files)).toMatchObject(isLink);
    await noteRegion(files, 'dev', 'us-east-2');
    expect(readdirSync(join(home, 'elsewhere'))).toEqual([]);
  });

  it('makes none that it cannot note', async () => {
    mkdirSync(files.cacheFolder);
    writeFileSync(join(files.cacheFolder, 'on-demand'), '');
    expect(await make(['dev'])).toMatchObject({ failure: { code: 'file-not-writable' } });
    expect(existsSync(files.configFile)).toBe(false);
  });

  it('changes no profile whose credentials in the cache cannot be deleted', async () => {
    await make(['old']);
    const before = config();
    for (const name of ['old', 'dev']) await writeCache(files, name, cached);
    for (const name of readdirSync(files.cacheFolder).filter((one) => one.endsWith('.json'))) {
      rmSync(join(files.cacheFolder, name));
      symlinkSync(home, join(files.cacheFolder, name));
    }
    const isLink = { failure: { code: 'place-is-link' } };
    expect(await make(['dev'])).toMatchObject(isLink);
    expect(await removeOnDemand(files)).toMatchObject(isLink);
    expect(config()).toBe(before);
  });

  it('lists none that the user took over or deleted since', async () => {
    await make(['dev', 'prod', 'test']);
    writeFileSync(
      files.configFile,
      config().replace(command('prod'), '/usr/bin/other').replace('[profile test]', '[profile mine]'),
    );
    expect(await listOnDemand(files)).toEqual({ ok: true, value: new Set(['dev']) });
  });

  it('notes no region of a profile that it did not make', async () => {
    await noteRegion(files, 'mine', 'us-east-2');
    expect(existsSync(files.cacheFolder)).toBe(false);
  });
});

describe('undoing them', () => {
  it.each(configs)('leaves the config file as it was, to the byte: %s', async (_, before) => {
    if (before !== undefined) writeFileSync(files.configFile, before, 'latin1');
    expect(await make(hundreds, { region: 'eu-west-1' })).toMatchObject({ ok: true });
    expect(await removeOnDemand(files)).toEqual({ ok: true, value: hundreds });
    expect(existsSync(files.configFile) ? config() : undefined).toBe(before);
    expect(readdirSync(join(files.cacheFolder, 'on-demand'))).toEqual([]);
  });

  it.each(configs)('does so after several were made and removed one by one: %s', async (_, before) => {
    if (before !== undefined) writeFileSync(files.configFile, before, 'latin1');
    await make(['a', 'b', 'c']);
    await make(['d', 'e'], { region: 'eu-west-1' });
    expect(await removeOnDemand(files, ['a', 'd'])).toEqual({ ok: true, value: ['a', 'd'] });
    await make(['f']);
    expect(await removeOnDemand(files, ['b'])).toEqual({ ok: true, value: ['b'] });
    expect(await removeOnDemand(files)).toEqual({ ok: true, value: ['c', 'e', 'f'] });
    expect(existsSync(files.configFile) ? config() : undefined).toBe(before);
  });

  it.each([
    [['a'], ['b'], ['c']],
    [['a', 'b'], ['c']],
    [['c'], ['a'], ['b']],
    [['a', 'c'], ['b']],
  ])('removes the file that there was none of, whichever of them goes first: %j, %j', async (...parts) => {
    await make(['a']);
    await make(['b', 'c']);
    for (const names of parts) await removeOnDemand(files, names);
    expect(existsSync(files.configFile)).toBe(false);
  });

  it('keeps mode and link of the file', async () => {
    writeFileSync(join(home, 'dotfile'), '[profile own]\noutput = json\n');
    chmodSync(join(home, 'dotfile'), 0o640);
    symlinkSync('dotfile', files.configFile);
    await make(['dev']);
    await removeOnDemand(files);
    expect(readFileSync(join(home, 'dotfile'), 'utf8')).toBe('[profile own]\noutput = json\n');
    expect(statSync(files.configFile).mode & 0o777).toBe(0o640);
  });

  it('takes their credentials too', async () => {
    await make(['dev']);
    await writeProfiles(files, [{ name: 'dev', ...cached }]);
    expect(await readCache(files, 'dev')).toMatchObject({ value: cached });
    await removeOnDemand(files);
    expect(await readCache(files, 'dev')).toEqual({ ok: true, value: undefined });
    expect(existsSync(files.credentialsFile)).toBe(false);
  });

  it.each([
    [
      'above, below and between',
      (text: string) =>
        `# top\n${text.replace('\n[profile b]', '\n[profile mine]\nregion = us-east-1\n\n[profile b]')}\n[profile last]\noutput = text\n`,
      '# top\n[profile own]\noutput = json\n\n[profile mine]\nregion = us-east-1\n\n[profile last]\noutput = text\n',
    ],
    [
      'right above a section of ours',
      (text: string) => text.replace('\n[profile b]', '\n# about b\n[profile b]'),
      '[profile own]\noutput = json\n\n# about b\n',
    ],
    [
      'in a section of ours',
      (text: string) => text.replace('[profile b]\n', '[profile b]\noutput = text\n'),
      '[profile own]\noutput = json\n\n[profile b]\noutput = text\n',
    ],
    [
      'of the same value as the region',
      (text: string) => text.replace('[profile b]\n', '[profile b]\nsso_region = eu-west-1\n'),
      '[profile own]\noutput = json\n\n[profile b]\nsso_region = eu-west-1\n',
    ],
    [
      'at the end of the last section',
      (text: string) => `${text}output = text\n`,
      '[profile own]\noutput = json\n\n[profile c]\noutput = text\n',
    ],
    [
      'another region',
      (text: string) => text.replace(/(profile a[^[]*)eu-west-1/, '$1us-west-2'),
      '[profile own]\noutput = json\n\n[profile a]\nregion = us-west-2\n',
    ],
    [
      'another program in the place of ours',
      (text: string) => text.replace(command('b'), '/usr/bin/other'),
      '[profile own]\noutput = json\n\n[profile b]\ncredential_process = /usr/bin/other\nregion = eu-west-1\n',
    ],
    [
      'a section taken out',
      (text: string) => text.replace(/\[profile b\]\n.*\n.*\n\n/, ''),
      '[profile own]\noutput = json\n',
    ],
    ['the whole file', () => '[profile own]\nregion = x-y-1\n', '[profile own]\nregion = x-y-1\n'],
  ])('leaves what the user wrote since: %s', async (_, edit, after) => {
    writeFileSync(files.configFile, '[profile own]\noutput = json\n');
    await make(['a', 'b', 'c'], { region: 'eu-west-1' });
    writeFileSync(files.configFile, edit(config()));
    expect(await removeOnDemand(files)).toMatchObject({ ok: true });
    expect(config()).toBe(after);
    expect(await removeOnDemand(files)).toEqual({ ok: true, value: [] });
  });

  it('leaves what the user wrote between them, with its line ending, below a file that had none', async () => {
    writeFileSync(files.configFile, '[profile own]\noutput = json');
    await make(['a', 'b']);
    writeFileSync(
      files.configFile,
      config().replace('[profile b]', '[profile mine]\noutput = text\n\n[profile b]'),
    );
    await removeOnDemand(files);
    expect(config()).toBe('[profile own]\noutput = json\n\n[profile mine]\noutput = text\n');
  });

  it.each([
    ['no file', undefined, ''],
    ['no line ending at the end', '[profile own]\noutput = json', '\n\n'],
  ])('leaves those that stay as they would be alone: %s', async (_, before, above) => {
    if (before !== undefined) writeFileSync(files.configFile, before);
    await make(['a', 'b']);
    await removeOnDemand(files, ['b']);
    expect(config()).toBe(`${before ?? ''}${above}[profile a]\ncredential_process = ${command('a')}\n`);
  });

  it('keeps a file of its own in which the user has written', async () => {
    await make(['dev']);
    appendFileSync(files.configFile, '\n[profile mine]\noutput = text\n');
    expect(await removeOnDemand(files)).toEqual({ ok: true, value: ['dev'] });
    expect(config()).toContain('[profile mine]\noutput = text\n');
  });

  it('is done where the whole file was deleted', async () => {
    await make(['dev']);
    rmSync(files.configFile);
    expect(await removeOnDemand(files)).toEqual({ ok: true, value: ['dev'] });
    expect(existsSync(files.configFile)).toBe(false);
  });

  it('reads no config file where it made none of the profiles', async () => {
    await make(['dev']);
    writeFileSync(files.configFile, '[broken\n');
    expect(await removeOnDemand(files, ['mine'])).toEqual({ ok: true, value: [] });
  });

  it('leaves a file alone that cannot be understood by now, and can be done once it is mended', async () => {
    await make(['dev']);
    const whole = config();
    writeFileSync(files.configFile, `${whole}[broken\n`);
    expect(await removeOnDemand(files)).toMatchObject({ failure: { code: 'file-not-understood' } });
    expect(config()).toBe(`${whole}[broken\n`);
    writeFileSync(files.configFile, whole);
    expect(await removeOnDemand(files)).toEqual({ ok: true, value: ['dev'] });
    expect(existsSync(files.configFile)).toBe(false);
  });

  it('is possible after a crash between the note and the file, which then has nothing of it', async () => {
    writeFileSync(files.configFile, '[profile own]\noutput = json');
    await make(['dev']);
    // What a crash leaves: the note is there, the file as before.
    writeFileSync(files.configFile, '[profile own]\noutput = json');
    expect(await listProfiles(files)).toEqual({ ok: true, value: [] });
    expect(await make(['dev'])).toMatchObject({ ok: true });
    expect(await removeOnDemand(files)).toEqual({ ok: true, value: ['dev'] });
    expect(config()).toBe('[profile own]\noutput = json');
  });

  it('touches no profile that it did not make', async () => {
    writeFileSync(files.configFile, `[profile mine]\ncredential_process = ${command('mine')}\n`);
    await make(['dev']);
    expect(await removeOnDemand(files, ['mine'])).toEqual({ ok: true, value: [] });
    await removeOnDemand(files);
    expect(config()).toBe(`[profile mine]\ncredential_process = ${command('mine')}\n`);
  });

  it('takes a region for ours that Roleferry has changed since', async () => {
    writeFileSync(files.configFile, '[profile own]\noutput = json\n');
    await make(['a', 'b'], { region: 'eu-west-1' });
    expect(await setRegion(files, 'a', 'us-east-2', () => true)).toMatchObject({ ok: true });
    await noteRegion(files, 'a', 'us-east-2');
    await removeOnDemand(files);
    expect(config()).toBe('[profile own]\noutput = json\n');
  });

  it.each(['{', '[{"sections":1}]', '"x"', ''])('removes nothing by the damaged note %j', async (note) => {
    await make(['dev']);
    const folder = join(files.cacheFolder, 'on-demand');
    const [file = ''] = readdirSync(folder);
    writeFileSync(join(folder, file), note);
    const before = config();
    expect(await removeOnDemand(files)).toEqual({ ok: true, value: [] });
    expect(config()).toBe(before);
  });

  it('knows the profiles of the config file that it is asked for, and no others', async () => {
    await make(['dev']);
    const other = { ...files, configFile: join(home, 'other') };
    expect(await removeOnDemand(other)).toEqual({ ok: true, value: [] });
    expect(await listProfiles(files)).toMatchObject({ value: [{ name: 'dev', onDemand: true }] });
  });
});
