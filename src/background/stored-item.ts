import type * as v from 'valibot';
import { safeParse } from 'valibot';
import { browser } from './browser.ts';

/** One value kept in the browser's storage. */
interface StoredItem<T> {
  /** What is stored, or the schema's reading of `fallback` where nothing valid is. */
  read(): Promise<T>;
  /** Replaces the value by what `next` makes of it; changes wait for each other, so that none is lost. */
  change(next: (value: T) => T): Promise<void>;
}

/** A value on the disk, in `storage.local`. */
export const localItem = <S extends v.GenericSchema>(key: string, schema: S, fallback: v.InferOutput<S>) =>
  storedItem('local', key, schema, fallback);

/** A value in memory that outlasts the worker and goes with the browser, in `storage.session`. */
export const sessionItem = <S extends v.GenericSchema>(key: string, schema: S, fallback: v.InferOutput<S>) =>
  storedItem('session', key, schema, fallback);

function storedItem<S extends v.GenericSchema>(
  area: 'local' | 'session',
  key: string,
  schema: S,
  fallback: v.InferOutput<S>,
): StoredItem<v.InferOutput<S>> {
  let last: Promise<unknown> = Promise.resolve();
  const read = async () => {
    const stored = safeParse(schema, (await browser.storage[area].get(key))[key]);
    return stored.success ? stored.output : fallback;
  };
  return {
    read,
    change(next) {
      const change = last.then(async () => browser.storage[area].set({ [key]: next(await read()) }));
      last = change.catch(() => {});
      return change;
    },
  };
}
