import * as v from 'valibot';
import { accountColours, accountIdSchema, longestAccountName } from '../core/profile/account-names.ts';
import { envFormats } from '../core/profile/env-vars.ts';
import { defaultTemplate } from '../core/profile/profile-template.ts';
import { regionSchema } from '../core/protocol/protocol.ts';

/** The user's name and colour for an account. */
const accountSchema = v.object({
  name: v.pipe(v.string(), v.maxLength(longestAccountName)),
  colour: v.picklist(accountColours),
});

const signInLink = v.pipe(v.string(), v.maxLength(2048), v.url(), v.regex(/^https:\/\//));

/** As long as a name that people give may be. */
export const longestIssuerName = 64;

/** The user's settings. Everything has a default, so a setting added later is there at once. */
export const settingsSchema = v.object({
  /** The format for copied env vars. */
  format: v.optional(v.picklist(envFormats), 'bash'),
  /** What is copied of a saved profile: its credentials, or only `AWS_PROFILE` with its name. */
  copies: v.optional(v.picklist(['credentials', 'profile']), 'credentials'),
  /** AWS's multi-session support is on in this browser: a login to the console does not end the one before. */
  manyConsoles: v.optional(v.boolean(), false),
  /** ARNs of the roles that stand on top of the popup's list. */
  favourites: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(2048))), v.maxLength(1000)), []),
  /** The region to ask STS in, name in env vars and write to new profiles, if the login doesn't say. */
  region: v.exactOptional(regionSchema),
  /**
   * How profile names are suggested: `{account}`, `{accountName}`, `{role}`, `{provider}` and `{partition}` are
   * filled in.
   */
  profileNameTemplate: v.optional(v.pipe(v.string(), v.maxLength(200)), defaultTemplate),
  /** Seconds to ask for if neither the login nor the role sets a duration; 0 for AWS's default. */
  sessionDuration: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(43_200)), 0),
  /** Bound logins are written automatically, after a click, or never (they can be copied). */
  behaviour: v.optional(v.picklist(['write', 'ask', 'never']), 'write'),
  /** Refresh all bound roles of an assertion together. */
  refreshTogether: v.optional(v.boolean(), true),
  /** Notify ten minutes before credentials expire. */
  remind: v.optional(v.boolean(), true),
  /** Renew through the sign-in link while the user is active; needs the permission `idle`. */
  keepFresh: v.optional(v.boolean(), false),
  /** By account number. */
  accounts: v.optional(v.record(accountIdSchema, accountSchema), {}),
  /** By issuer: the user's name for the identity provider. */
  issuerNames: v.optional(
    v.record(v.pipe(v.string(), v.maxLength(1024)), v.pipe(v.string(), v.maxLength(longestIssuerName))),
    {},
  ),
  /** By issuer: the link of the IdP's AWS tile. */
  signInLinks: v.optional(v.record(v.pipe(v.string(), v.maxLength(1024)), signInLink), {}),
});

export type Settings = v.InferOutput<typeof settingsSchema>;

/** Some of the settings, as stored. */
export const someSettingsSchema = v.object({
  ...v.partial(settingsSchema).entries,
  region: v.exactOptional(regionSchema),
});

export type SomeSettings = v.InferOutput<typeof someSettingsSchema>;

/** Some of the settings, to replace the current ones; extension messages have no `undefined`. */
export const settingsChangeSchema = v.object({
  ...v.partial(settingsSchema).entries,
  region: v.exactOptional(v.nullable(regionSchema)),
});

export type SettingsChange = v.InferOutput<typeof settingsChangeSchema>;
