import { beforeEach, describe, expect, it, vi } from 'vitest';
import { answerWell, type FakePort, type HostRequest } from '../../../test/fixtures/fake-browser.ts';
import { adminRole, aLogin, issuer, readySession } from '../../../test/fixtures/login.ts';
import { provider, readOnly } from '../../../test/fixtures/response-xml.ts';
import { failure } from '../../core/failure.ts';
import type { ProfileSummary } from '../../core/protocol/answers.ts';
import type { Message } from '../../webext/messages.ts';
import type { View } from '../../webext/view.ts';
import { deliver } from '../delivery/deliver.ts';
import { handleMessage } from '../handle-message.ts';
import { refreshHostProfiles } from '../host/host-profiles.ts';
import { importSettings, reviewImport } from '../settings/import-settings.ts';
import { makeView } from '../shown/view.ts';
import { readHistory } from '../state/history.ts';
import { Memory } from '../state/memory.ts';
import { leaveProfiles } from './left-profiles.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

const now = Date.now();
const until = new Date(Math.ceil(now / 1000) * 1000 + 3_600_000);
const binding = { issuer, ...adminRole, profile: 'dev' };
const other = { issuer, roleArn: readOnly, providerArn: provider, profile: 'look' };

/** The profile as Roleferry wrote it for the role that `dev` is bound to. */
const ours = (name: string, change: Partial<ProfileSummary> = {}): ProfileSummary => ({
  name,
  kind: 'temporary',
  expiration: until.toISOString(),
  principalArn: readySession().principalArn,
  ...change,
});

/** What the host says is in the user's files, and whether it answers. */
let inFiles: ProfileSummary[];
let hostIsThere: boolean;
/** Why the host removes nothing. */
let refusal: ReturnType<typeof failure> | undefined;

beforeEach(() => {
  fake.reset();
  inFiles = [ours('dev')];
  hostIsThere = true;
  refusal = undefined;
  fake.answer = (request: HostRequest, port: FakePort) => {
    const { version, id, type } = request;
    const gone = hostIsThere ? type === 'remove-profile' && refusal : failure('host-silent', { seconds: 30 });
    if (gone) return port.send({ version, id, ok: false, failure: gone });
    if (type === 'list-profiles')
      return port.send({ version, id, ok: true, value: { credentialsFile: '/c', profiles: inFiles } });
    if (type === 'remove-profile') inFiles = inFiles.filter(({ name }) => name !== request.name);
    if (type === 'write-profiles')
      for (const { name } of request.profiles ?? [])
        inFiles = [...inFiles.filter((one) => one.name !== name), ours(name)];
    return answerWell(request, port);
  };
});

/** A background with these bindings, and a login whose credentials are in the profile dev. */
async function start({ bindings = [binding], chains = [] as object[], written = true } = {}) {
  const session = readySession({ delivery: { step: 'written', profile: 'dev' } });
  await fake.session.set({ logins: written ? [aLogin({ sessions: [session] })] : [] });
  await fake.local.set({ bindings, chains });
  return restart();
}

function restart() {
  memory = new Memory();
  return {
    ask: (message: Message) => handleMessage(memory, message),
    async left(at = Date.now()): Promise<View['left']> {
      await refreshHostProfiles(memory);
      return (await makeView(memory, at)).left;
    },
    unasked: async () => (await makeView(memory, Date.now())).left,
  };
}

const saveAs = (profile: string): Message => ({
  type: 'save',
  loginId: 'login-1',
  role: adminRole,
  profile,
  takeOver: false,
  replace: false,
});
const renameTo = (profile: string, old?: 'move' | 'keep'): Message => ({
  type: 'rename-binding',
  issuer,
  role: adminRole,
  profile,
  ...(old && { old }),
});
const removed = () => fake.asked('remove-profile').map(({ name }) => name);
const asked = [{ profile: 'dev', endsAt: until.getTime() }];

describe('the region of a profile that is given another name', () => {
  /** A host that knows what a rename is, and has this region for the old profile. */
  const knowing = (regions: Record<string, string> = {}) => {
    const { answer } = fake;
    fake.answer = (request, port) => {
      const { version, id, type } = request;
      const say = (value: object) => port.send({ version, id, ok: true, value });
      if (type === 'hello')
        say({ hostVersion: '2', credentialsFile: '/c', understands: ['source', 'renamed'] });
      else if (type === 'list-profiles') say({ credentialsFile: '/c', profiles: inFiles, regions });
      else answer?.(request, port);
    };
  };
  const bindings = async () => (await fake.local.get('bindings')).bindings;

  it('goes with it, also where only the config file has told it', async () => {
    knowing({ dev: 'us-east-2' });
    const { ask } = await start();
    await refreshHostProfiles(memory);
    await ask(renameTo('prod', 'move'));
    await vi.waitFor(() => expect(removed()).toEqual(['dev']));
    expect(fake.asked('write-profiles')).toMatchObject([
      { profiles: [{ name: 'prod', region: 'us-east-2' }] },
    ]);
    expect(await bindings()).toMatchObject([{ profile: 'prod', region: 'us-east-2' }]);
  });

  it('is the one that the user typed with the new name', async () => {
    knowing({ dev: 'us-east-2' });
    const { ask } = await start();
    await refreshHostProfiles(memory);
    await ask({ ...saveAs('prod'), region: 'eu-west-1' } as Message);
    expect(await bindings()).toMatchObject([{ profile: 'prod', region: 'eu-west-1' }]);
  });

  it('goes out of the config file with the old profile, by a host that knows how', async () => {
    knowing();
    const { ask } = await start();
    await ask(saveAs('prod'));
    await ask({ type: 'remove-left', profile: 'dev' });
    expect(fake.asked('remove-profile')).toMatchObject([{ name: 'dev', renamed: true }]);
  });

  it('goes though the credentials have been taken out before', async () => {
    knowing();
    const { ask } = await start();
    inFiles = [];
    await ask(renameTo('prod', 'move'));
    await vi.waitFor(() =>
      expect(fake.asked('remove-profile')).toMatchObject([{ name: 'dev', renamed: true }]),
    );
  });

  it('is no word to an older host', async () => {
    const { ask } = await start();
    await ask(saveAs('prod'));
    await ask({ type: 'remove-left', profile: 'dev' });
    expect(fake.asked('remove-profile')).toEqual([expect.not.objectContaining({ renamed: true })]);
  });
});

describe('a saved profile that is given another name', () => {
  it('in the popup leaves the old one in the file, about which the user is asked', async () => {
    const { ask, left } = await start();
    expect(await ask(saveAs('prod'))).toEqual({ ok: true, value: undefined });
    expect(await left()).toEqual(asked);
    expect(removed()).toEqual([]);
    expect(fake.local.everything()).not.toMatch(/secret|token|ASIA/);
  });

  it('is still asked about after a start of the browser, once the host has told that it is there', async () => {
    const { ask } = await start();
    await ask(saveAs('prod'));
    const { left, unasked } = restart();
    expect(await unasked()).toEqual([]);
    expect(await left()).toEqual(asked);
  });

  it('goes out of the file when the user says so, and nothing is asked any more', async () => {
    const { ask, left } = await start();
    await ask(saveAs('prod'));
    expect(await ask({ type: 'remove-left', profile: 'dev' })).toEqual({ ok: true, value: undefined });
    expect(removed()).toEqual(['dev']);
    expect(inFiles.map(({ name }) => name)).toEqual(['prod']);
    expect(await left()).toEqual([]);
  });

  it('stays when the user says so, and nothing is asked any more', async () => {
    const { ask, left } = await start();
    await ask(saveAs('prod'));
    await ask({ type: 'keep-left', profile: 'dev' });
    expect(await left()).toEqual([]);
    expect(inFiles.map(({ name }) => name)).toEqual(['dev', 'prod']);
  });

  it('is asked about when a file of settings gave the new name', async () => {
    const { left } = await start();
    const json = JSON.stringify({
      product: 'roleferry',
      version: 1,
      settings: {},
      bindings: [{ ...binding, profile: 'prod' }],
      chains: [],
    });
    const review = await reviewImport(memory, json);
    const ids = review.ok ? review.value.changes.map(({ id }) => id) : [];
    expect(await importSettings(memory, json, ids)).toEqual({ ok: true, value: undefined });
    expect(await left()).toEqual(asked);
  });

  it('is told with its line in the config file where it is a process profile', async () => {
    const { ask, left } = await start();
    inFiles = [ours('dev', { kind: 'process' })];
    await ask(saveAs('prod'));
    expect(await left()).toEqual([{ ...asked[0], isProcess: true }]);
    await ask({ type: 'remove-left', profile: 'dev' });
    expect(removed()).toEqual(['dev']);
  });

  it('goes without the second roles that hang on it: they follow the new name', async () => {
    const chain = { source: 'dev', roleArn: readOnly, profile: 'second' };
    const { ask, left } = await start({ chains: [chain], written: false });
    await ask(renameTo('prod', 'keep'));
    await ask(renameTo('prod2'));
    expect((await fake.local.get('chains')).chains).toEqual([{ ...chain, source: 'prod2' }]);
    inFiles = [ours('dev'), ours('prod')];
    expect((await left()).map(({ profile }) => profile)).toEqual(['prod']);
  });

  it('takes nothing from the same role in another container of Firefox', async () => {
    const theirs = { ...binding, container: 'firefox-container-2', profile: 'two' };
    const chain = { source: 'two', roleArn: readOnly, profile: 'second' };
    const { ask, left } = await start({
      bindings: [{ ...binding, container: 'firefox-container-1' }, theirs],
      chains: [chain],
      written: false,
    });
    await ask({ ...renameTo('prod'), container: 'firefox-container-1' } as Message);
    expect((await fake.local.get('chains')).chains).toEqual([chain]);
    expect((await fake.local.get('leftProfiles')).leftProfiles).toMatchObject([{ profile: 'dev' }]);
    expect(await left()).toEqual(asked);
  });

  it('is not asked about where another login has the old name by then, and never removed', async () => {
    const { ask, left } = await start();
    await ask(saveAs('prod'));
    await fake.local.set({
      bindings: [
        { ...binding, profile: 'prod' },
        { ...other, profile: 'dev' },
      ],
    });
    expect(await left()).toEqual([]);
    expect(await ask({ type: 'remove-left', profile: 'dev' })).toMatchObject({
      failure: { code: 'left-profile-changed' },
    });
    expect(removed()).toEqual([]);
  });

  it('is not asked about where a second role has the old name by then, and never removed', async () => {
    const { ask, left } = await start();
    await ask(saveAs('prod'));
    await fake.local.set({ chains: [{ source: 'prod', roleArn: readOnly, profile: 'dev' }] });
    expect(await left()).toEqual([]);
    expect(await ask({ type: 'remove-left', profile: 'dev' })).toMatchObject({ ok: false });
    expect(removed()).toEqual([]);
  });

  it('is not asked about where two profiles have just changed names', async () => {
    const { left } = await start({ bindings: [binding, other] });
    const bindings = [
      { ...binding, profile: 'look' },
      { ...other, profile: 'dev' },
    ];
    const json = JSON.stringify({ product: 'roleferry', version: 1, settings: {}, bindings, chains: [] });
    const review = await reviewImport(memory, json);
    const ids = review.ok ? review.value.changes.map(({ id }) => id) : [];
    await importSettings(memory, json, ids);
    inFiles = [ours('dev'), ours('look')];
    expect(await left()).toEqual([]);
  });

  it('is in use again when it gets its old name back, and the other one is asked about', async () => {
    const { ask, left } = await start();
    await ask(saveAs('prod'));
    await ask(saveAs('dev'));
    expect((await left()).map(({ profile }) => profile)).toEqual(['prod']);
  });

  it.each<[string, Partial<ProfileSummary>]>([
    ['long-lived keys', { kind: 'long-lived' }],
    ['another source of credentials', { kind: 'sso' }],
    ['credentials of another account', { principalArn: 'arn:aws:sts::999988887777:assumed-role/Admin/jo' }],
    ['credentials of another role', { principalArn: 'arn:aws:sts::111122223333:assumed-role/AdminTwo/jo' }],
  ])('is never touched where it has %s by then', async (_, change) => {
    const { ask, left } = await start();
    await ask(saveAs('prod'));
    inFiles = [ours('dev', change), ours('prod')];
    expect(await left()).toEqual([]);
    expect(await ask({ type: 'remove-left', profile: 'dev' })).toMatchObject({
      failure: { code: 'left-profile-changed' },
    });
    expect(removed()).toEqual([]);
    expect((await fake.local.get('leftProfiles')).leftProfiles).toEqual([]);
  });

  it('is never touched where what is in it says not who wrote it', async () => {
    const { ask, left } = await start();
    await ask(saveAs('prod'));
    inFiles = [{ name: 'dev', kind: 'temporary', expiration: until.toISOString() }];
    expect(await left()).toEqual([]);
    await ask({ type: 'remove-left', profile: 'dev' });
    expect(removed()).toEqual([]);
  });

  it('is asked about no more once its credentials have expired, or somebody took it out', async () => {
    const { ask, left } = await start();
    await ask(saveAs('prod'));
    expect(await left(until.getTime())).toEqual([]);
    inFiles = [ours('prod')];
    expect(await left()).toEqual([]);
  });

  it('is told with the doubt where the host cannot be asked, and stays known until it can', async () => {
    const { ask } = await start();
    await ask(saveAs('prod'));
    hostIsThere = false;
    const { ask: askAgain, left } = restart();
    expect(await left()).toEqual([{ profile: 'dev', unsure: true }]);
    expect(await askAgain({ type: 'remove-left', profile: 'dev' })).toMatchObject({
      failure: { code: 'host-silent' },
    });
    hostIsThere = true;
    expect(await left()).toEqual(asked);
  });

  it('is asked about again where the host could not remove it', async () => {
    const { ask, left } = await start();
    await ask(saveAs('prod'));
    refusal = failure('file-busy', { file: '/c' });
    expect(await ask({ type: 'remove-left', profile: 'dev' })).toMatchObject({ failure: refusal });
    expect(await left()).toEqual(asked);
  });

  it('is told apart from the others in the file, and is the only one that goes', async () => {
    const { ask, left } = await start();
    await ask(saveAs('prod'));
    await ask(saveAs('third'));
    inFiles = [{ name: 'keys', kind: 'long-lived' }, ours('dev'), ours('prod'), ours('third')];
    expect((await left()).map(({ profile }) => profile)).toEqual(['dev', 'prod']);
    expect(await ask({ type: 'remove-left', profile: 'prod' })).toEqual({ ok: true, value: undefined });
    expect(removed()).toEqual(['prod']);
    expect((await left()).map(({ profile }) => profile)).toEqual(['dev']);
    const known = (await fake.session.get('writtenProfiles')).writtenProfiles as { profile: string }[];
    expect(known.map(({ profile }) => profile)).toEqual(['third']);
    await ask({ type: 'keep-left', profile: 'other' });
    expect((await left()).map(({ profile }) => profile)).toEqual(['dev']);
  });

  it('is gone already where somebody took it out, before the host is asked or just then', async () => {
    const { ask, left } = await start();
    await ask(saveAs('prod'));
    inFiles = [ours('prod')];
    expect(await ask({ type: 'remove-left', profile: 'dev' })).toEqual({ ok: true, value: undefined });
    expect(removed()).toEqual([]);
    inFiles = [ours('dev'), ours('prod')];
    expect(await left()).toEqual([]);
    await ask(saveAs('dev'));
    refusal = failure('profile-not-found', { profile: 'prod' });
    expect(await ask({ type: 'remove-left', profile: 'prod' })).toEqual({ ok: true, value: undefined });
    expect(removed()).toEqual(['prod']);
    expect(await left()).toEqual([]);
  });

  it('is in the history when it goes, or could not', async () => {
    const { ask } = await start();
    await ask(saveAs('prod'));
    const history = async () => (await readHistory(memory)).filter(({ profile }) => profile === 'dev');
    refusal = failure('file-busy', { file: '/c' });
    await ask({ type: 'remove-left', profile: 'dev' });
    expect(await history()).toMatchObject([{ what: 'forget', outcome: 'failed', failure: refusal }]);
    refusal = undefined;
    await ask({ type: 'remove-left', profile: 'dev' });
    expect((await history())[0]).toMatchObject({ what: 'forget', outcome: 'done' });
  });

  it('is told of without an end where its credentials have none, and until the very end where they have', async () => {
    const { ask, left } = await start();
    await ask(saveAs('prod'));
    expect(await left(until.getTime() - 1)).toEqual(asked);
    const { expiration: _, ...endless } = ours('dev', { kind: 'process' });
    inFiles = [endless];
    expect(await left()).toEqual([{ profile: 'dev', isProcess: true }]);
  });

  it('is told with the doubt only as long as a session can last, but for what is to be moved', async () => {
    const { ask } = await start({ written: false });
    await ask(renameTo('prod'));
    const [{ since } = { since: 0 }] = (await fake.local.get('leftProfiles')).leftProfiles as {
      since: number;
    }[];
    hostIsThere = false;
    const { ask: askAgain, left } = restart();
    const lasts = 12 * 3_600_000;
    expect(await left(since + lasts)).toEqual([{ profile: 'dev', unsure: true }]);
    expect(await left(since + lasts + 1)).toEqual([]);
    await askAgain(renameTo('third', 'move'));
    const more = await left(since + 3 * lasts);
    expect(more).toEqual([{ profile: 'prod', movesTo: 'third', unsure: true }]);
  });

  it('lets nothing be removed that was not left', async () => {
    const { ask } = await start();
    expect(await ask({ type: 'remove-left', profile: 'dev' })).toEqual({ ok: true, value: undefined });
    expect(removed()).toEqual([]);
  });
});

describe('a profile that is moved in the options', () => {
  it('is written under its new name at once where there are credentials, and only then the old one goes', async () => {
    const { ask, left } = await start();
    expect(await ask(renameTo('prod', 'move'))).toEqual({ ok: true, value: undefined });
    await vi.waitFor(() => expect(removed()).toEqual(['dev']));
    const order = fake.ports.flatMap(({ requests }) => requests.map(({ type }) => type));
    expect(order.indexOf('write-profiles')).toBeLessThan(order.indexOf('remove-profile'));
    await vi.waitFor(async () => expect(await left()).toEqual([]));
    expect(inFiles.map(({ name }) => name)).toEqual(['prod']);
  });

  it('stays until the next login has written the new one, however long that takes', async () => {
    const { ask } = await start({ written: false });
    await ask(renameTo('prod', 'move'));
    const tomorrow = now + 24 * 3_600_000;
    const { left } = restart();
    expect(await left(tomorrow)).toEqual([{ ...asked[0], movesTo: 'prod' }]);
    expect(removed()).toEqual([]);
    await fake.session.set({ logins: [aLogin({ sessions: [readySession()] })] });
    memory = new Memory();
    await deliver(memory, 'login-1', adminRole, { profile: 'prod', byBinding: true });
    expect(removed()).toEqual(['dev']);
  });

  it('stays where the new one could not be written', async () => {
    const { ask, left } = await start();
    const answer = fake.answer;
    fake.answer = (request, port) => {
      if (request.type !== 'write-profiles') return answer?.(request, port);
      const profiles = [
        {
          name: 'prod',
          ok: false,
          failure: failure('profile-long-lived', { profile: 'prod', found: 'long-lived-key' }),
        },
      ];
      port.send({ version: 1, id: request.id, ok: true, value: { credentialsFile: '/c', profiles } });
    };
    await ask(renameTo('prod', 'move'));
    await vi.waitFor(() => expect(fake.session.everything()).toContain('profile-long-lived'));
    expect(removed()).toEqual([]);
    expect(await left()).toEqual([{ ...asked[0], movesTo: 'prod' }]);
  });

  it('is not removed where it has long-lived keys by then, which the history tells', async () => {
    const { ask } = await start();
    inFiles = [ours('dev', { kind: 'long-lived' })];
    await ask(renameTo('prod', 'move'));
    await vi.waitFor(async () => expect(fake.local.everything()).toContain('left-profile-changed'));
    expect(removed()).toEqual([]);
  });

  it('is asked about where the new name was given up before it was written', async () => {
    const { ask, left } = await start({ written: false });
    await ask(renameTo('prod', 'move'));
    await ask({ type: 'remove-binding', issuer, role: adminRole });
    expect(await left()).toEqual(asked);
  });

  it('stays, and is not asked about, where the user chose that', async () => {
    const { ask, left } = await start();
    await ask(renameTo('prod', 'keep'));
    expect(await left()).toEqual([]);
    expect(fake.asked('write-profiles')).toEqual([]);
  });

  it('is written nowhere while nothing is to be written', async () => {
    const { ask } = await start();
    await fake.local.set({ settings: { behaviour: 'never' } });
    await ask(renameTo('prod', 'move'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(fake.asked('write-profiles')).toEqual([]);
    expect(removed()).toEqual([]);
    // Nobody tried, so nothing is said to have failed.
    expect(fake.session.everything()).not.toContain('"failed"');
  });

  it('is all that is written then: neither what is in no profile, nor what is of another role', async () => {
    const { ask } = await start();
    const session = readySession({ delivery: { step: 'written', profile: 'dev' } });
    const theirs = { roleArn: readOnly, providerArn: provider };
    const delivery = { step: 'written', profile: 'look' } as const;
    await fake.session.set({
      logins: [
        aLogin({ sessions: [session, readySession({ role: theirs, delivery })] }),
        aLogin({ id: 'login-2', sessions: [readySession()] }),
      ],
    });
    memory = new Memory();
    await ask(renameTo('prod', 'move'));
    await vi.waitFor(() => expect(removed()).toEqual(['dev']));
    await new Promise((resolve) => setImmediate(resolve));
    expect(fake.asked('write-profiles').map(({ profiles }) => profiles?.map(({ name }) => name))).toEqual([
      ['prod'],
    ]);
    expect(fake.session.everything()).not.toContain('"failed"');
  });

  it('is asked about where the host could not remove it, and what else is to be moved still is', async () => {
    const { ask } = await start({ bindings: [binding, other], written: false });
    await ask(renameTo('prod', 'move'));
    await ask({
      type: 'rename-binding',
      issuer,
      role: { roleArn: readOnly, providerArn: provider },
      profile: 'watch',
      old: 'move',
    });
    await fake.session.set({ logins: [aLogin({ sessions: [readySession()] })] });
    memory = new Memory();
    refusal = failure('file-busy', { file: '/c' });
    await deliver(memory, 'login-1', adminRole, { profile: 'prod', byBinding: true });
    expect(removed()).toEqual(['dev']);
    const notes = (await fake.local.get('leftProfiles')).leftProfiles as { profile: string; move?: true }[];
    expect(notes.map(({ profile, move }) => [profile, move])).toEqual([
      ['dev', undefined],
      ['look', true],
    ]);
  });
});

describe('what is noted of old profiles', () => {
  const hour = 3_600_000;
  const note = (profile: string, hours: number, change: object = {}) => ({
    profile,
    since: Date.now() - hours * hour,
    issuer,
    ...adminRole,
    ...change,
  });
  const notes = async () =>
    ((await fake.local.get('leftProfiles')).leftProfiles ?? []) as {
      profile: string;
      move?: true;
      container?: string;
    }[];
  const names = async () => (await notes()).map(({ profile }) => profile);

  beforeEach(() => {
    memory = new Memory();
  });

  it('goes when no session can last any more, but for what is to be moved', async () => {
    await fake.local.set({
      leftProfiles: [note('old', 13), note('moving', 13, { move: true }), note('fresh', 11)],
    });
    await leaveProfiles(memory, [], [], 'ask');
    expect(await names()).toEqual(['moving', 'fresh']);
  });

  it('goes when the profile is in use again, and is new when it is left again', async () => {
    await fake.local.set({ leftProfiles: [note('dev', 1), note('prod', 1), note('look', 1)] });
    await leaveProfiles(memory, [binding], [{ ...binding, profile: 'prod' }], 'ask');
    expect(await names()).toEqual(['look', 'dev']);
  });

  it('is nothing of what is kept, and of others in which container, and whether they move', async () => {
    await leaveProfiles(memory, [binding], [], 'keep');
    expect(await fake.local.get('leftProfiles')).toEqual({});
    await leaveProfiles(memory, [{ ...binding, container: 'firefox-container-1' }, other], [], 'move');
    expect(await notes()).toMatchObject([
      { profile: 'dev', move: true, container: 'firefox-container-1' },
      { profile: 'look', move: true },
    ]);
    expect((await notes())[1]).not.toHaveProperty('container');
    await leaveProfiles(memory, [binding], [], 'ask');
    expect((await notes()).find(({ profile }) => profile === 'dev')).not.toHaveProperty('move');
  });

  it('is of the last hundred', async () => {
    const many = Array.from({ length: 101 }, (_, at) => ({ ...binding, profile: `p${at}` }));
    await leaveProfiles(memory, many, [], 'ask');
    expect(await names()).toEqual(many.slice(1).map(({ profile }) => profile));
  });
});
