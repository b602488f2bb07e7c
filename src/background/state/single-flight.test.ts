import { expect, it, vi } from 'vitest';
import { singleFlight } from './single-flight.ts';

function gate() {
  const opens: (() => void)[] = [];
  const task = vi.fn(() => new Promise<void>((resolve) => opens.push(resolve)));
  return { task, open: () => opens.shift()?.() };
}

it('runs once more, however often it was asked for while it ran', async () => {
  const { task, open } = gate();
  const ask = singleFlight(task, () => {});
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
  const ask = singleFlight(() => Promise.reject(new Error('no')), trouble);
  ask();
  await vi.waitFor(() => expect(trouble).toHaveBeenCalledTimes(1));
  await vi.waitFor(() => {
    ask();
    expect(trouble.mock.calls.length).toBeGreaterThan(1);
  });
});

it('runs again where a failure could not even be told', async () => {
  const task = vi.fn(() => Promise.reject(new Error('no')));
  const ask = singleFlight(task, () => Promise.reject(new Error('nor that')));
  ask();
  await vi.waitFor(() => {
    ask();
    expect(task.mock.calls.length).toBeGreaterThan(2);
  });
});

it('with a wait, runs once for all that it is asked for in the meantime', async () => {
  const task = vi.fn(async () => {});
  const ask = singleFlight(task, () => {}, 20);
  ask();
  ask();
  ask();
  expect(task).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(task).toHaveBeenCalled());
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(task).toHaveBeenCalledTimes(1);
});
