import { expect, it, vi } from 'vitest';
import { failure } from '../../core/failure.ts';
import { failed, ok } from '../../core/result.ts';
import type { ProfileInUse } from '../profile-use/profile-in-use.ts';
import { OthersCredentials } from './others-credentials.ts';

const lasting = (accessKeyId: string, minutes: number): ProfileInUse => ({
  credentials: {
    accessKeyId,
    secretAccessKey: 's',
    sessionToken: 't',
    expiration: new Date(Date.now() + minutes * 60_000).toISOString(),
  },
});
const refused = failed(failure('profile-source-failed', { profile: 'dev', reason: 'no' }));

it('are kept while they are good', async () => {
  const first = lasting('FIRST', 10);
  const fetch = vi.fn();
  expect(await new OthersCredentials(first, fetch).current()).toEqual(ok(first));
  expect(fetch).not.toHaveBeenCalled();
});

it('are fetched shortly before their end, once for all who ask', async () => {
  const next = lasting('NEXT', 60);
  const fetch = vi.fn(async () => ok(next));
  const others = new OthersCredentials(lasting('FIRST', 4), fetch);
  const given = await Promise.all(Array.from({ length: 32 }, () => others.current()));
  expect(new Set(given.map((each) => each?.ok && each.value.credentials.accessKeyId))).toEqual(
    new Set(['NEXT']),
  );
  await others.current();
  expect(fetch).toHaveBeenCalledTimes(1);
});

it('go out to their end while new ones are refused, and are tried for again', async () => {
  const first = lasting('FIRST', 4);
  const fetch = vi.fn(async () => refused);
  const others = new OthersCredentials(first, fetch);
  expect(await others.current()).toEqual(ok(first));
  expect(await others.current()).toEqual(ok(first));
  expect(fetch).toHaveBeenCalledTimes(2);
});

it('that have ended are not handed out: the reason is', async () => {
  const others = new OthersCredentials(lasting('FIRST', -1), async () => refused);
  expect(await others.current()).toEqual(refused);
});

it('that take too long are told as not there yet, and are there later', async () => {
  const next = lasting('NEXT', 60);
  let come = (_: unknown) => {};
  const others = new OthersCredentials(lasting('FIRST', -1), async () => {
    await new Promise((resolve) => {
      come = resolve;
    });
    return ok(next);
  });
  expect(await others.current()).toBeUndefined();
  come(undefined);
  await vi.waitFor(async () => expect(await others.current()).toEqual(ok(next)));
});

it('that never say when they end are fetched each time', async () => {
  const { expiration: _, ...credentials } = lasting('FIRST', 1).credentials;
  const fetch = vi.fn(async () => ok({ credentials }));
  const others = new OthersCredentials({ credentials }, fetch);
  await others.current();
  expect(await others.current()).toEqual(ok({ credentials }));
  expect(fetch).toHaveBeenCalledTimes(2);
});
