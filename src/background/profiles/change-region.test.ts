import { beforeEach, describe, expect, it, vi } from 'vitest';
import { answerWell, type FakePort, type HostRequest } from '../../../test/fixtures/fake-browser.ts';
import { adminRole, aLogin, issuer, readySession } from '../../../test/fixtures/login.ts';
import { failure } from '../../core/failure.ts';
import { Memory } from '../state/memory.ts';
import { replaceRegion } from './change-region.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

const { handleMessage } = await import('../handle-message.ts');
const { refreshHostProfiles } = await import('../host/host-profiles.ts');

let memory: Memory;
/** What the config file has. */
let regions: Record<string, string>;

beforeEach(async () => {
  fake.reset();
  regions = {};
  fake.answer = (request: HostRequest, port: FakePort) => {
    const { version, id, type } = request;
    if (type !== 'list-profiles') return answerWell(request, port);
    port.send({ version, id, ok: true, value: { credentialsFile: '/c', profiles: [], regions } });
  };
  await fake.session.set({ logins: [aLogin({ sessions: [readySession()] })] });
  memory = new Memory();
});

const save = (region?: string, profile = 'dev') =>
  handleMessage(memory, {
    type: 'save',
    loginId: 'login-1',
    role: adminRole,
    profile,
    takeOver: false,
    replace: false,
    ...(region === undefined ? {} : { region }),
  });
const writes = () => fake.asked('write-profiles').map(({ profiles }) => profiles?.[0]);
const bindings = async () => (await fake.local.get('bindings')).bindings as { region?: string }[];
const change = (region: string) =>
  handleMessage(memory, { type: 'set-region', issuer, role: adminRole, container: undefined, region });

describe('the region given at a save', () => {
  it('goes to the config file through the host, and is kept for later logins', async () => {
    expect(await save('eu-central-1')).toEqual({ ok: true, value: undefined });
    expect(await bindings()).toMatchObject([{ profile: 'dev', region: 'eu-central-1' }]);
    await save();
    expect(writes().map((write) => (write as { region?: string })?.region)).toEqual([
      'eu-central-1',
      'eu-central-1',
    ]);
    expect(fake.asked('set-region')).toEqual([]);
  });

  it('stays with the profile under another name', async () => {
    await save('eu-central-1');
    await save(undefined, 'other');
    expect(await bindings()).toMatchObject([{ profile: 'other', region: 'eu-central-1' }]);
  });

  it('takes the place of the region in the config file, since the user saw that one and typed another', async () => {
    regions = { dev: 'us-west-2' };
    await refreshHostProfiles(memory);
    await save('eu-central-1');
    expect(fake.asked('set-region')).toMatchObject([{ name: 'dev', region: 'eu-central-1' }]);
  });

  it('is asked for again only until the config file has it', async () => {
    regions = { dev: 'us-west-2' };
    await refreshHostProfiles(memory);
    const { answer } = fake;
    fake.answer = (request, port) => {
      if (request.type === 'set-region') regions = { dev: 'eu-central-1' };
      answer?.(request, port);
    };
    expect(await replaceRegion(memory, 'dev', 'eu-central-1')).toEqual({ ok: true, value: undefined });
    expect(await replaceRegion(memory, 'dev', 'eu-central-1')).toEqual({ ok: true, value: undefined });
    expect(fake.asked('set-region')).toHaveLength(1);
  });

  it('is said not to be in the config file where the host refused', async () => {
    regions = { dev: 'us-west-2' };
    await refreshHostProfiles(memory);
    const busy = failure('file-busy', { file: '/c' });
    fake.answer = ({ version, id }, port) => port.send({ version, id, ok: false, failure: busy });
    const before = fake.asked('list-profiles').length;
    expect(await replaceRegion(memory, 'dev', 'eu-central-1')).toEqual({ ok: false, failure: busy });
    expect(fake.asked('list-profiles')).toHaveLength(before);
  });

  it('asks the host for nothing more where the config file says the same', async () => {
    regions = { dev: 'eu-central-1' };
    await refreshHostProfiles(memory);
    await save('eu-central-1');
    expect(fake.asked('set-region')).toEqual([]);
  });
});

describe('a region that is changed in the options', () => {
  it('is changed in the config file and kept', async () => {
    await save('eu-central-1');
    expect(await change('eu-west-1')).toMatchObject({ ok: true });
    expect(fake.asked('set-region')).toMatchObject([{ name: 'dev', region: 'eu-west-1' }]);
    expect(await bindings()).toMatchObject([{ region: 'eu-west-1' }]);
  });

  it('is not kept where the host is too old to change it, and says so', async () => {
    await save('eu-central-1');
    fake.answer = ({ version, id, type }: HostRequest, port: FakePort) => {
      const unknown = failure('message-invalid', { reason: { is: 'unknown-value', field: 'type' } });
      if (type === 'set-region') port.send({ version, id, ok: false, failure: unknown });
    };
    expect(await change('eu-west-1')).toMatchObject({ ok: false, failure: { code: 'host-older' } });
    expect(await bindings()).toMatchObject([{ region: 'eu-central-1' }]);
  });

  it('is refused for a login without a profile', async () => {
    expect(await change('eu-west-1')).toMatchObject({ ok: false });
    expect(fake.asked('set-region')).toEqual([]);
  });
});
