import { expect, it, vi } from 'vitest';
import { coalesced } from './coalesced.ts';

function gate() {
  const opens: (() => void)[] = [];
  const task = vi.fn(() => new Promise<void>((resolve) => opens.push(resolve)));
  return { task, open: () => opens.shift()?.() };
}

it('runs once more, however often it was asked for while it ran', async () => {
  const { task, open } = gate();
  const ask = coalesced(task, () => {});
  ask();
  ask();
  ask();
  expect(task).toHaveBeenCalledTimes(1);
  open();
  await vi.waitFor(() => expect(task).toHaveBeenCalledTimes(2));
  open();
  await Promise.resolve();
  expect(task).toHaveBeenCalledTimes(2);
});

it('runs again after a failure, which is told', async () => {
  const trouble = vi.fn();
  const ask = coalesced(() => Promise.reject(new Error('no')), trouble);
  ask();
  await vi.waitFor(() => expect(trouble).toHaveBeenCalledTimes(1));
  await vi.waitFor(() => {
    ask();
    expect(trouble.mock.calls.length).toBeGreaterThan(1);
  });
});
