import * as v from 'valibot';
import { envFormats } from '../core/env-vars.ts';
import { browser } from './browser.ts';

/** What the person chose, once. */
const settingsSchema = v.object({
  /** The format that env vars are copied in. */
  format: v.optional(v.picklist(envFormats), 'bash'),
  /** Region to ask STS in and to name in env vars, where the login does not tell. */
  region: v.exactOptional(v.string()),
});

export type Settings = v.InferOutput<typeof settingsSchema>;

const key = 'settings';

export async function readSettings(): Promise<Settings> {
  const stored = v.safeParse(settingsSchema, (await browser.storage.local.get(key))[key] ?? {});
  return stored.success ? stored.output : v.parse(settingsSchema, {});
}

export async function changeSettings(change: Partial<Settings>): Promise<void> {
  await browser.storage.local.set({ [key]: { ...(await readSettings()), ...change } });
}
