import * as v from 'valibot';
import { envFormats } from '../core/profile/env-vars.ts';
import { regionSchema } from '../core/protocol/protocol.ts';

/** Colours that an account can be given; red is for production, wherever people work. */
export const accountColours = ['none', 'red', 'amber', 'green', 'blue', 'purple'] as const;

const accountId = v.pipe(v.string(), v.regex(/^\d{12}$/));

/** What the person calls an account. */
const accountSchema = v.object({
  name: v.pipe(v.string(), v.maxLength(64)),
  colour: v.picklist(accountColours),
});

const signInLink = v.pipe(v.string(), v.maxLength(2048), v.url(), v.regex(/^https:\/\//));

/** What the person chose. Everything has a default, so that a setting added later is there at once. */
export const settingsSchema = v.object({
  /** The format that env vars are copied in. */
  format: v.optional(v.picklist(envFormats), 'bash'),
  /** Region to ask STS in, to name in env vars and to write to new profiles, where the login does not tell. */
  region: v.exactOptional(regionSchema),
  /** How profile names are suggested: `{account}`, `{accountName}`, `{role}`, `{provider}` and `{partition}` are filled in. */
  profileNameTemplate: v.optional(v.pipe(v.string(), v.maxLength(200)), '{role}'),
  /** Seconds to ask for where neither the login nor the role's own wish says; 0 for what AWS gives. */
  sessionDuration: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(43_200)), 0),
  /** Bound logins are written by themselves, only after a click, or never (they can be copied). */
  behaviour: v.optional(v.picklist(['write', 'ask', 'never']), 'write'),
  /** Bound roles of one assertion are refreshed together. */
  refreshTogether: v.optional(v.boolean(), true),
  /** A notification ten minutes before credentials end. */
  remind: v.optional(v.boolean(), true),
  /** Renews through the sign-in link by itself while the person is at work; needs the permission `idle`. */
  keepFresh: v.optional(v.boolean(), false),
  /** By account number. */
  accounts: v.optional(v.record(accountId, accountSchema), {}),
  /** By issuer: the link of the IdP's tile for AWS. */
  signInLinks: v.optional(v.record(v.pipe(v.string(), v.maxLength(1024)), signInLink), {}),
});

export type Settings = v.InferOutput<typeof settingsSchema>;

/** Some of the settings, as they are kept. */
export const someSettingsSchema = v.object({
  ...v.partial(settingsSchema).entries,
  region: v.exactOptional(regionSchema),
});

export type SomeSettings = v.InferOutput<typeof someSettingsSchema>;

/** Some of the settings, to replace what is there; messages between the parts of an extension have no `undefined`. */
export const settingsChangeSchema = v.object({
  ...v.partial(settingsSchema).entries,
  region: v.exactOptional(v.nullable(regionSchema)),
});

export type SettingsChange = v.InferOutput<typeof settingsChangeSchema>;
