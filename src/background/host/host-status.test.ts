import { beforeEach, describe, expect, it, vi } from 'vitest';
import { answerWell } from '../../../test/fixtures/fake-browser.ts';
import { saying } from '../../../test/fixtures/said.ts';
import { failure } from '../../core/failure.ts';
import { Memory } from '../state/memory.ts';
import { greetHost, hostStatus, setCredentialsFile } from './host-status.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

beforeEach(() => {
  fake.reset();
  memory = new Memory();
});

describe('the host', () => {
  it('tells where it writes', async () => {
    await greetHost(memory);
    expect(hostStatus(memory)).toEqual({
      state: 'ready',
      understands: [],
      host: { version: '1.2.3', credentialsFile: '/home/jo/.aws/credentials', fixedByEnvironment: false },
    });
  });

  const greet = async (called: unknown) => {
    fake.answer = (request, port) => {
      if (request.type !== 'hello') return answerWell(request, port);
      const value = { hostVersion: '1.2.3', credentialsFile: '/f', called };
      port.send({ version: 1, id: request.id, ok: true, value });
    };
    await greetHost(memory);
    return hostStatus(memory);
  };

  it('tells how the command line was called that installed it', async () => {
    expect(await greet('npx roleferry')).toMatchObject({ host: { called: 'npx roleferry' } });
  });

  it('is not trusted where that call would hide something', async () => {
    expect(await greet('roleferry\nrm -rf ~')).toMatchObject({ failure: { code: 'host-answer-invalid' } });
  });

  it('of an earlier version is as good, and says why when it is to write elsewhere', async () => {
    fake.answer = (request, port) => {
      if (request.type !== 'settings') return answerWell(request, port);
      const reason = failure('message-invalid', { reason: { is: 'unfit', field: 'type' } });
      port.send({ version: 1, id: request.id, ok: false, failure: reason });
    };
    await greetHost(memory);
    expect(hostStatus(memory)).toMatchObject({
      state: 'ready',
      host: { fixedByEnvironment: false },
    });
    expect(await setCredentialsFile(memory, '/home/jo/.aws/credentials', '/x')).toMatchObject({
      failure: { code: 'message-invalid' },
    });
  });

  it('is asked to write elsewhere, or at AWS’s own place again', async () => {
    expect(await setCredentialsFile(memory, '/home/jo/.aws/credentials', '/mnt/aws')).toMatchObject({
      ok: true,
    });
    expect(await setCredentialsFile(memory, '/home/jo/.aws/credentials', null)).toMatchObject({
      ok: true,
    });
    const asked = fake
      .asked('settings')
      .flatMap(({ credentialsFile }) => (credentialsFile === undefined ? [] : [credentialsFile]));
    expect(asked).toEqual(['/mnt/aws', null]);
  });

  it('is not asked to write elsewhere where it writes to another file than the user was shown', async () => {
    expect(await setCredentialsFile(memory, '/old', '/mnt/aws')).toMatchObject({
      failure: saying('credentials-file-moved', '/home/jo/.aws/credentials'),
    });
    expect(fake.asked('settings').every(({ credentialsFile }) => credentialsFile === undefined)).toBe(true);
  });
});
