import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { deadline } from './deadline.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

it('ends a wait on time, whatever garbage is collected meanwhile', async () => {
  const ended = once(deadline(200, new AbortController().signal), 'abort');
  const collecting = setInterval(collectGarbage, 10);
  await ended;
  clearInterval(collecting);
});

it('ends a wait early where another signal does', () => {
  const other = new AbortController();
  const signal = deadline(60_000, other.signal);
  other.abort();
  expect(signal.aborted).toBe(true);
});
