import { beforeEach, describe, expect, it, vi } from 'vitest';
import { answerWell } from '../../../test/fixtures/fake-browser.ts';
import { failure } from '../../core/failure.ts';
import { handleMessage } from '../handle-message.ts';
import { makeView } from '../shown/view.ts';
import { Memory } from '../state/memory.ts';
import { greetHost } from './host-status.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

let file: string;
const exposedAs = (path: string) => failure('file-exposed', { file: path });

/** A worker that is started anew, and has greeted the host. */
async function start() {
  memory = new Memory();
  await greetHost(memory);
}

const shown = async () => (await makeView(memory, Date.now())).exposed;

beforeEach(() => {
  fake.reset();
  file = '/home/jo/.aws/credentials';
  fake.answer = (request, port) => {
    if (request.type !== 'hello' && request.type !== 'settings') return answerWell(request, port);
    const value =
      request.type === 'hello'
        ? { hostVersion: '1.2.3', credentialsFile: file, exposed: exposedAs(file) }
        : { credentialsFile: file, configFile: '/c', fixedByEnvironment: false, signInLinks: [] };
    port.send({ version: 1, id: request.id, ok: true, value });
  };
});

describe('a credentials file that others can read', () => {
  it('is shown with the command that mends it, until the user has heard enough, even after a restart', async () => {
    await start();
    expect(await shown()).toEqual(exposedAs(file));
    expect(await handleMessage(memory, { type: 'dismiss-exposure' })).toEqual({
      ok: true,
      value: undefined,
    });
    expect(await shown()).toBeUndefined();
    await start();
    expect(await shown()).toBeUndefined();
  });

  it('is told of again where it is another one', async () => {
    await start();
    await handleMessage(memory, { type: 'dismiss-exposure' });
    file = '/work/aws';
    await start();
    expect(await shown()).toEqual(exposedAs('/work/aws'));
  });

  it('is not told of by a host of an earlier version, or where nobody else can', async () => {
    fake.answer = answerWell;
    await start();
    expect(await shown()).toBeUndefined();
  });
});
