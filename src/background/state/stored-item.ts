import type * as v from 'valibot';
import { safeParse } from 'valibot';
import { browser } from '../../webext/browser.ts';
import { cached } from './cached.ts';
import { inWorker } from './worker.ts';

/** One value kept in the browser's storage. */
interface StoredItem<T> {
  /** What is stored, or the schema's reading of `fallback` where nothing valid is. */
  read(): Promise<T>;
  /**
   * Replaces the value by what `next` makes of it, which must not throw; changes wait for each other, so that none is
   * lost, and resolve when they are stored.
   */
  change(next: (value: T) => T): Promise<void>;
}

/**
 * A value on the disk, in `storage.local`. It is asked for once in the life of the worker, for each question is a way
 * to another process and back, and a login has many; whoever changes it, the browser tells.
 */
export function localItem<S extends v.GenericSchema>(
  key: string,
  schema: S,
  fallback: v.InferOutput<S>,
): StoredItem<v.InferOutput<S>> {
  return storedItem(() => {
    const { forget, ...item } = makeItem('local', key, schema, fallback);
    browser.storage.local.onChanged.addListener((changes) => {
      if (key in changes) forget();
    });
    return item;
  });
}

/**
 * A value in memory that outlasts the worker and goes with the browser, in `storage.session`. Only the worker changes
 * it, so that nobody has to tell.
 */
export const sessionItem = <S extends v.GenericSchema>(
  key: string,
  schema: S,
  fallback: v.InferOutput<S>,
): StoredItem<v.InferOutput<S>> => storedItem(() => makeItem('session', key, schema, fallback));

/** What is known of a value, and which changes wait, lasts as long as the worker. */
function storedItem<T>(make: () => StoredItem<T>): StoredItem<T> {
  const item = inWorker(make);
  return { read: () => item().read(), change: (next) => item().change(next) };
}

function makeItem<S extends v.GenericSchema>(
  area: 'local' | 'session',
  key: string,
  schema: S,
  fallback: v.InferOutput<S>,
) {
  let last: Promise<void> = Promise.resolve();
  let waiting: ((value: v.InferOutput<S>) => v.InferOutput<S>)[] = [];
  const { read, know, forget } = cached(async (): Promise<v.InferOutput<S>> => {
    const stored = safeParse(schema, (await browser.storage[area].get(key))[key]);
    return stored.success ? stored.output : fallback;
  });
  return {
    read,
    forget,
    change(next: (value: v.InferOutput<S>) => v.InferOutput<S>): Promise<void> {
      waiting.push(next);
      // What comes while another change is being stored goes together with all that wait.
      if (waiting.length > 1) return last;
      last = last
        .catch(() => {})
        .then(async () => {
          const nexts = waiting;
          waiting = [];
          const value = nexts.reduce((before, change) => change(before), (await read()) as v.InferOutput<S>);
          await browser.storage[area].set({ [key]: value });
          know(value);
        });
      return last;
    },
  };
}
