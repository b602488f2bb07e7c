import type * as v from 'valibot';
import { safeParse } from 'valibot';
import { browser } from '../../webext/browser.ts';
import { cached } from './cached.ts';
import type { Memory } from './memory.ts';

/** One value kept in the browser's storage. */
interface StoredItem<T> {
  /** The stored value, or `fallback` if nothing valid is stored. */
  read(memory: Memory): Promise<T>;
  /**
   * Replaces the value by the result of `next`, which must not throw. Changes wait for each other, so none is lost.
   * Resolves when stored.
   */
  change(memory: Memory, next: (value: T) => T): Promise<void>;
}

/**
 * A value on disk, in `storage.local`. It is read once per start of the worker; the browser reports changes by anyone.
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
 * A value in `storage.session`: in memory, kept when the worker stops, gone when the browser closes. Only the worker
 * changes it.
 */
export const sessionItem = <S extends v.GenericSchema>(
  key: string,
  schema: S,
  fallback: v.InferOutput<S>,
): StoredItem<v.InferOutput<S>> => storedItem(() => makeItem('session', key, schema, fallback));

/** The cached value and the waiting changes last as long as the worker. */
const storedItem = <T>(make: () => KeptItem<T>): StoredItem<T> => ({
  read: (memory) => memory.of(make).read(),
  change: (memory, next) => memory.of(make).change(next),
});

/** The same for one worker. */
interface KeptItem<T> {
  read(): Promise<T>;
  change(next: (value: T) => T): Promise<void>;
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
      // Changes made while another is being stored are stored together.
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
