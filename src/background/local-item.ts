import type * as v from 'valibot';
import { safeParse } from 'valibot';
import { browser } from './browser.ts';

/** One value kept in `storage.local`. */
export interface LocalItem<T> {
  /** What is stored, or the schema's reading of `fallback` where nothing valid is. */
  read(): Promise<T>;
  /** Replaces the value by what `next` makes of it; changes wait for each other, so that none is lost. */
  change(next: (value: T) => T): Promise<void>;
}

export function localItem<S extends v.GenericSchema>(
  key: string,
  schema: S,
  fallback: v.InferOutput<S>,
): LocalItem<v.InferOutput<S>> {
  let last: Promise<unknown> = Promise.resolve();
  const read = async () => {
    const stored = safeParse(schema, (await browser.storage.local.get(key))[key]);
    return stored.success ? stored.output : fallback;
  };
  return {
    read,
    change(next) {
      const change = last.then(async () => browser.storage.local.set({ [key]: next(await read()) }));
      last = change.catch(() => {});
      return change;
    },
  };
}
