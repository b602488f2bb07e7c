import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { awsFilesIn } from '../../../test/fixtures/aws-files.ts';
import { soon } from '../../../test/soon.ts';
import { failure } from '../../core/failure.ts';
import type { AwsFiles } from '../files/locate.ts';
import { writeCache } from '../process/cache.ts';
import { makeOnDemand } from './make-on-demand.ts';
import {
  askForProfile,
  loginMayHelp,
  noteUse,
  questionsFolder,
  readQuestions,
  refusalOf,
  refuseProfile,
  removeQuestion,
} from './questions.ts';
import { isListening, stopListening, waitForQuestions } from './watch-questions.ts';

let home: string;
let files: AwsFiles & { cacheFolder: string };
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'roleferry-'));
  files = awsFilesIn(home);
  mkdirSync(questionsFolder(files), { recursive: true });
  const sections = ['dev', 'prod'].map(
    (name) =>
      `[profile ${name}]\ncredential_process = /x/roleferry credential-process --profile ${name} --login\n`,
  );
  writeFileSync(files.configFile, sections.join('\n'));
});
afterEach(() => rmSync(home, { recursive: true }));

const soonEnough = () => Date.now() + 60_000;
const ask = async (profile = 'dev', waitsUntil = soonEnough()) => {
  const asked = await askForProfile(files, profile, waitsUntil);
  if (!asked.ok) throw new Error(asked.failure.code);
  return asked.value;
};
const profiles = async () => (await readQuestions(files)).map(({ profile }) => profile).toSorted();
const fileIn = (start: string) => {
  const folder = questionsFolder(files);
  return join(folder, readdirSync(folder).find((name) => name.startsWith(start)) ?? '');
};
const no = failure('sts-access-denied', { roleArn: 'arn:aws:iam::111122223333:role/Dev' });

describe('a question of a tool', () => {
  it('is there for who looks, new each time, and one for each profile', async () => {
    const first = await ask();
    const second = await ask();
    await ask('prod');
    expect(first).not.toBe(second);
    expect(await profiles()).toEqual(['dev', 'prod']);
    expect((await readQuestions(files)).find(({ profile }) => profile === 'dev')).toMatchObject({
      id: second,
    });
  });

  it('is refused with a reason, which only who asked it hears', async () => {
    const id = await ask();
    expect(await refusalOf(files, 'dev', id)).toBeUndefined();
    expect(await refuseProfile(files, 'dev', no)).toMatchObject({ ok: true });
    expect(await refusalOf(files, 'dev', id)).toEqual(no);
    expect(await refusalOf(files, 'dev', 'another')).toBeUndefined();
    expect(await refusalOf(files, 'prod', id)).toBeUndefined();
  });

  it('that nobody asked is not refused, and makes no file', async () => {
    expect(await refuseProfile(files, 'dev', no)).toMatchObject({ ok: true });
    expect(readdirSync(questionsFolder(files))).toEqual([]);
    rmSync(questionsFolder(files), { recursive: true });
    expect(await refuseProfile(files, 'dev', no)).toMatchObject({ ok: true });
    expect(readdirSync(files.cacheFolder)).toEqual([]);
  });

  it('keeps the letters of its profile when it is refused', async () => {
    await ask('f\u00fcr-mich');
    await refuseProfile(files, 'f\u00fcr-mich', no);
    expect(await profiles()).toEqual(['f\u00fcr-mich']);
  });

  it('is forgotten with its profile', async () => {
    await ask();
    await ask('prod');
    await removeQuestion(files, 'dev');
    await removeQuestion(files, 'dev');
    expect(await profiles()).toEqual(['prod']);
  });

  it('notes when its credentials are used, and nothing where none was asked and the user wrote the line', async () => {
    await ask();
    utimesSync(fileIn('asked-'), 1000, 1000);
    expect((await readQuestions(files))[0]?.askedAt).toBe(1_000_000);
    await noteUse(files, 'dev');
    expect(Date.now() - ((await readQuestions(files))[0]?.askedAt ?? 0)).toBeLessThan(60_000);
    await noteUse(files, 'prod');
    expect(readdirSync(questionsFolder(files))).toHaveLength(1);
  });

  it('is noted at the first use of an on-demand profile, though nobody waits for it', async () => {
    await makeOnDemand(files, [{ name: 'made' }], '/x/roleferry');
    await noteUse(files, 'made');
    expect(await readQuestions(files)).toMatchObject([{ profile: 'made', waitsUntil: 0 }]);
    const asked = await waitForQuestions(files, 0, new Set(), AbortSignal.abort());
    expect(asked).toMatchObject({ value: { wanted: [], recent: ['made'] } });
  });

  it('counts only for the config file that it was asked for, and only if it can be read', async () => {
    await ask();
    expect(await readQuestions({ ...files, configFile: join(home, 'other') })).toEqual([]);
    writeFileSync(join(questionsFolder(files), 'asked-damaged.json'), '{');
    writeFileSync(join(questionsFolder(files), 'kept.json'), readFileSync(fileIn('asked-'), 'utf8'));
    expect(await profiles()).toEqual(['dev']);
    writeFileSync(fileIn('asked-'), 'nonsense');
    await removeQuestion(files, 'dev');
    expect(await readQuestions(files)).toEqual([]);
  });

  it('is not looked for in the folder in which somebody works', async () => {
    await ask();
    const { cacheFolder, ...bare } = files;
    const before = process.cwd();
    process.chdir(cacheFolder);
    onTestFinished(() => process.chdir(before));
    expect(await readQuestions(bare)).toEqual([]);
    utimesSync(fileIn('asked-'), 1000, 1000);
    await noteUse(bare, 'dev');
    expect((await readQuestions(files))[0]?.askedAt).toBe(1_000_000);
  });

  it('is nowhere without a folder for it, or behind a link', async () => {
    const { cacheFolder: _, ...bare } = files;
    expect(await readQuestions(bare)).toEqual([]);
    await noteUse(bare, 'dev');
    rmSync(questionsFolder(files), { recursive: true });
    expect(await readQuestions(files)).toEqual([]);
    symlinkSync(home, questionsFolder(files));
    const isLink = { failure: { code: 'place-is-link' } };
    expect(await askForProfile(files, 'dev', soonEnough())).toMatchObject(isLink);
    expect(await refuseProfile(files, 'dev', no)).toMatchObject(isLink);
    expect(await waitForQuestions(files, 0, new Set(), AbortSignal.abort())).toMatchObject(isLink);
    expect(await readQuestions(files)).toEqual([]);
    expect(await refusalOf(files, 'dev', 'x')).toBeUndefined();
    await removeQuestion(files, 'dev');
    expect(readdirSync(home).toSorted()).toEqual(['cache', 'config']);
  });

  it.each([
    [failure('assertion-expired'), true],
    [failure('on-demand-unknown', { profile: 'dev' }), true],
    [no, false],
  ])('stays open where a login may help: %j, %s', (refusal, open) => {
    expect(loginMayHelp(refusal)).toBe(open);
  });
});

describe('who waits for questions', () => {
  const wait = async (told = new Set<string>(), seconds = 0) => {
    const asked = await waitForQuestions(files, seconds, told, new AbortController().signal);
    if (!asked.ok) throw new Error(asked.failure.code);
    return asked.value;
  };
  const cached = (minutes: number) => ({
    credentials: {
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      secretAccessKey: 's',
      sessionToken: 't',
      expiration: new Date(Date.now() + minutes * 60_000).toISOString(),
    },
    principalArn: 'arn:aws:sts::111122223333:assumed-role/Dev/jo',
  });

  it('hears of each once, and which were asked today', async () => {
    const told = new Set<string>();
    const id = await ask();
    expect(await wait(told)).toEqual({ wanted: ['dev'], recent: ['dev'] });
    expect([...told]).toEqual([id]);
    expect(await wait(told)).toEqual({ wanted: [], recent: ['dev'] });
    utimesSync(fileIn('asked-'), 1000, 1000);
    expect(await wait(told)).toEqual({ wanted: [], recent: [] });
  });

  it('hears of one that comes meanwhile', async () => {
    const waiting = wait(new Set(), 20);
    await expect.poll(() => isListening(files), soon).toBe(true);
    expect(JSON.parse(readFileSync(fileIn('watched-'), 'utf8')).until).toBeGreaterThan(Date.now() + 15_000);
    await ask();
    expect(await waiting).toMatchObject({ wanted: ['dev'] });
  });

  it.each<[string, () => Promise<unknown>]>([
    ['nobody waits for any more', () => ask('dev', Date.now() - 1)],
    ['was refused for good', async () => (await ask()) && refuseProfile(files, 'dev', no)],
    ['has credentials for a while', async () => (await ask()) && writeCache(files, 'dev', cached(10))],
    ['is for no process profile', () => ask('own')],
  ])('does not hear of one that %s', async (_, make) => {
    await make();
    expect(await wait()).toMatchObject({ wanted: [] });
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a login may help', () => refuseProfile(files, 'dev', failure('assertion-expired'))],
    ['its credentials end within a minute', () => writeCache(files, 'dev', cached(0.5))],
  ])('hears of one for which %s', async (_, make) => {
    await ask();
    await make();
    expect(await wait()).toMatchObject({ wanted: ['dev'] });
  });

  it('is known to tools, for a little longer than it waits', async () => {
    expect(await isListening(files)).toBe(false);
    await wait();
    expect(await isListening(files)).toBe(true);
    expect(statSync(fileIn('watched-')).mode & 0o777).toBe(0o600);
    const { until } = JSON.parse(readFileSync(fileIn('watched-'), 'utf8'));
    expect(until - Date.now()).toBeLessThan(6000);
    await stopListening(files);
    await stopListening(files);
    expect(await isListening(files)).toBe(false);
  });

  it('is none whose time is over, whose file is damaged, or that only looks like one', async () => {
    const marker = (name: string, text: string) => writeFileSync(join(questionsFolder(files), name), text);
    marker('watched-1.json', JSON.stringify({ until: Date.now() - 1 }));
    marker('watched-2.json', '{');
    marker('watched-x.json', JSON.stringify({ until: soonEnough() }));
    marker('unwatched-3.json', JSON.stringify({ until: soonEnough() }));
    symlinkSync('nowhere', join(questionsFolder(files), 'watched-4.json'));
    marker('watched-3.json.bak', JSON.stringify({ until: soonEnough() }));
    expect(await isListening(files)).toBe(false);
    marker('watched-34.json', JSON.stringify({ until: soonEnough() }));
    expect(await isListening(files)).toBe(true);
    rmSync(questionsFolder(files), { recursive: true });
    expect(await isListening(files)).toBe(false);
  });

  it('is told when it cannot say that it waits', async () => {
    rmSync(questionsFolder(files), { recursive: true });
    writeFileSync(questionsFolder(files), '');
    expect(await waitForQuestions(files, 0, new Set(), AbortSignal.abort())).toMatchObject({
      failure: { code: 'file-not-writable' },
    });
  });
});
