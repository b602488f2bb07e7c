import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { saying } from '../../../test/fixtures/said.ts';
import { type Failure, type FailureCode, failure } from '../../core/failure.ts';
import { Memory } from '../state/memory.ts';
import { askHost } from './host-port.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

beforeEach(() => {
  fake.reset();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  memory = new Memory();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const silent = () => {};
const hello = (version: string) => ({ hostVersion: version, credentialsFile: '/f' });

/** The port that is open, and the nth request on it. */
const port = () => {
  const last = fake.ports.at(-1);
  if (last === undefined) throw new Error('No port was opened.');
  return last;
};
const idOf = (nth: number) => port().requests[nth]?.id ?? 'none';

describe('the native host', () => {
  it('takes no newer port down with a silent one, and fails all that the silent one was asked', async () => {
    fake.answer = silent;
    const first = askHost(memory, 'hello', {});
    await vi.advanceTimersByTimeAsync(10_000);
    const second = askHost(memory, 'hello', {});
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await first).toMatchObject({ failure: { code: 'host-silent' } });
    expect(await second).toMatchObject({ failure: { code: 'host-silent' } });
    void askHost(memory, 'hello', {});
    await vi.advanceTimersByTimeAsync(10_000);
    expect(port().closed).toBe(false);
  });
  it('is started anew when its port turns out dead', async () => {
    await askHost(memory, 'hello', {});
    port().closed = true;
    await askHost(memory, 'hello', {});
    expect(await askHost(memory, 'hello', {})).toMatchObject({ ok: true });
  });

  it('is asked over one port, with the version of the protocol and an id of its own', async () => {
    await askHost(memory, 'hello', {});
    await askHost(memory, 'list-profiles', {});
    expect(fake.ports).toHaveLength(1);
    expect(port().requests).toEqual([
      { version: 1, id: expect.stringMatching(/^[\w-]{36}$/), type: 'hello' },
      { version: 1, id: expect.any(String), type: 'list-profiles' },
    ]);
    expect(idOf(0)).not.toBe(idOf(1));
  });

  it('may answer in any order', async () => {
    fake.answer = silent;
    const first = askHost(memory, 'hello', {});
    const second = askHost(memory, 'hello', {});
    port().send({ version: 1, id: idOf(1), ok: true, value: hello('second') });
    port().send({ version: 1, id: idOf(0), ok: true, value: hello('first') });
    expect(await first).toEqual({ ok: true, value: hello('first') });
    expect(await second).toEqual({ ok: true, value: hello('second') });
  });

  it('is not believed twice, nor about what nobody asked', async () => {
    fake.answer = silent;
    const asked = askHost(memory, 'hello', {});
    port().send({ version: 1, id: 'someone-else', ok: true, value: hello('x') });
    port().send({ version: 1, id: 'someone-else', ok: false, failure: failure('host-exited') });
    port().send({ version: 1, id: idOf(0), ok: true, value: hello('first') });
    port().send({ version: 1, id: idOf(0), ok: true, value: hello('second') });
    expect(await asked).toEqual({ ok: true, value: hello('first') });
  });

  it('reports its own failures', async () => {
    fake.answer = silent;
    const reason = failure('message-version', { theirs: 1, ours: 2 });
    const asked = askHost(memory, 'hello', {});
    port().send({ version: 2, id: idOf(0), ok: false, failure: reason });
    expect(await asked).toEqual({ ok: false, failure: reason });
  });

  it.each<[string, Failure, FailureCode]>([
    [
      'a type that it does not know',
      failure('message-invalid', { reason: { is: 'unknown-value', field: 'type' } }),
      'host-older',
    ],
    [
      'a field that it does not know',
      failure('message-invalid', { reason: { is: 'unknown-field', owner: '' } }),
      'host-older',
    ],
    [
      'something, before failures had parameters',
      { code: 'message-invalid', message: 'Whatever.', hint: 'Whatever.' },
      'host-older',
    ],
    [
      'a field that is wrong',
      failure('message-invalid', { reason: { is: 'unfit', field: 'type' } }),
      'message-invalid',
    ],
    [
      'a reason that only a newer host has',
      {
        code: 'message-invalid',
        params: { reason: 'unheard-of' },
        message: 'Whatever.',
        hint: 'Whatever.',
      } as unknown as Failure,
      'message-invalid',
    ],
  ])('that refuses a request for %s gives %s', async (_, refused, code) => {
    fake.answer = silent;
    const asked = askHost(memory, 'settings', {});
    port().send({ version: 1, id: idOf(0), ok: false, failure: refused });
    expect(await asked).toMatchObject({ ok: false, failure: { code } });
  });

  it('fails all when it could not even read whose request it was', async () => {
    fake.answer = silent;
    const asked = [askHost(memory, 'hello', {}), askHost(memory, 'hello', {})];
    const reason = failure('message-invalid', { reason: 'not-json' });
    port().send({ version: 1, id: '', ok: false, failure: reason });
    expect(await Promise.all(asked)).toEqual([
      { ok: false, failure: reason },
      { ok: false, failure: reason },
    ]);
  });

  it.each<[string, (id: string) => unknown]>([
    ['nothing', () => null],
    ['a text', () => 'ok'],
    ['no id', () => ({ version: 1, ok: true, value: hello('1') })],
    ['another value', (id) => ({ version: 1, id, ok: true, value: { hostVersion: 1 } })],
    ['no value', (id) => ({ version: 1, id, ok: true })],
    ['a failure without words', (id) => ({ version: 1, id, ok: false, failure: { code: 'file-busy' } })],
  ])('is not understood when it sends %s', async (_, answer) => {
    fake.answer = silent;
    const asked = askHost(memory, 'hello', {});
    port().send(answer(idOf(0)));
    expect(await asked).toMatchObject({ ok: false, failure: { code: 'host-answer-invalid' } });
  });

  it.each<[string, 'chromium' | 'firefox', string]>([
    ['host-not-installed', 'chromium', 'Specified native messaging host not found.'],
    ['host-not-installed', 'firefox', 'No such native application roleferry'],
    ['host-forbidden', 'chromium', 'Access to the specified native messaging host is forbidden.'],
    ['host-exited', 'chromium', 'Native host has exited.'],
    ['host-exited', 'chromium', 'Error when communicating with the native messaging host.'],
    ['host-exited', 'firefox', 'An unexpected error occurred'],
    ['host-exited', 'chromium', ''],
  ])('is lost as %s when %s says “%s”', async (code, browser, reason) => {
    fake.answer = silent;
    const asked = [askHost(memory, 'hello', {}), askHost(memory, 'list-profiles', {})];
    fake.drop(port(), reason, browser);
    for (const answer of await Promise.all(asked)) expect(answer).toMatchObject({ failure: { code } });
  });

  it('is started anew after it was lost', async () => {
    fake.answer = silent;
    const lost = askHost(memory, 'hello', {});
    fake.drop(port(), 'Native host has exited.');
    await lost;
    fake.answer = undefined;
    expect(await askHost(memory, 'hello', {})).toMatchObject({ ok: true });
    expect(fake.ports).toHaveLength(2);
  });

  it('is missing when the browser will not even open a port', async () => {
    vi.spyOn(fake.browser.runtime, 'connectNative').mockImplementation(() => {
      throw new Error('No such native application roleferry');
    });
    expect(await askHost(memory, 'hello', {})).toMatchObject({ failure: { code: 'host-not-installed' } });
  });

  it('is given up after half a minute of silence, and started anew', async () => {
    fake.answer = silent;
    const asked = askHost(memory, 'hello', {});
    const first = port();
    await vi.advanceTimersByTimeAsync(29_999);
    expect(first.closed).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await asked).toMatchObject({
      failure: saying('host-silent', '30 seconds'),
    });
    expect(first.closed).toBe(true);
    fake.answer = undefined;
    expect(await askHost(memory, 'hello', {})).toMatchObject({ ok: true });
  });

  it('is let go when nothing was asked for a while, and not before', async () => {
    await askHost(memory, 'hello', {});
    await vi.advanceTimersByTimeAsync(4000);
    await askHost(memory, 'hello', {});
    await vi.advanceTimersByTimeAsync(4000);
    expect(port().closed).toBe(false);
    await vi.advanceTimersByTimeAsync(1000);
    expect(port().closed).toBe(true);
    await askHost(memory, 'hello', {});
    expect(fake.ports).toHaveLength(2);
  });

  it('is kept while an answer is due, however long it takes', async () => {
    await askHost(memory, 'hello', {});
    fake.answer = silent;
    const asked = askHost(memory, 'hello', {});
    await vi.advanceTimersByTimeAsync(20_000);
    expect(port().closed).toBe(false);
    port().send({ version: 1, id: idOf(1), ok: true, value: hello('slow') });
    expect(await asked).toMatchObject({ ok: true });
  });
});
