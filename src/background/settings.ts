import * as v from 'valibot';
import { envFormats } from '../core/env-vars.ts';
import { localItem } from './local-item.ts';

/** What the person chose, once. */
const settingsSchema = v.object({
  /** The format that env vars are copied in. */
  format: v.optional(v.picklist(envFormats), 'bash'),
  /** Region to ask STS in and to name in env vars, where the login does not tell. */
  region: v.exactOptional(v.string()),
});

export type Settings = v.InferOutput<typeof settingsSchema>;

const item = localItem('settings', settingsSchema, v.parse(settingsSchema, {}));

export const readSettings = (): Promise<Settings> => item.read();

export const changeSettings = (change: Partial<Settings>): Promise<void> =>
  item.change((settings) => ({ ...settings, ...change }));
