import * as v from 'valibot';
import { failureSchema } from './failure-schema.ts';
import { regionSchema, rightsSchema } from './protocol.ts';
import type { RequestType } from './requests.ts';

/** How a program is called in a terminal. It is only shown and copied, so it hides nothing from whoever reads it. */
export const callSchema = v.pipe(v.string(), v.maxLength(4096), v.regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u));

/** The outcome for one profile of a `write-profiles` request; a refusal doesn't hide the others. */
const profileOutcomeSchema = v.variant('ok', [
  v.object({
    name: v.string(),
    ok: v.literal(true),
    /** What the user must know although the credentials were written; older hosts send none. */
    warnings: v.exactOptional(v.array(failureSchema)),
  }),
  v.object({ name: v.string(), ok: v.literal(false), failure: failureSchema }),
]);

export type ProfileOutcome = v.InferOutput<typeof profileOutcomeSchema>;

/** A profile of the config file. */
const configProfileSchema = v.object({
  name: v.string(),
  kind: v.picklist(['temporary', 'long-lived', 'process', 'sso', 'role', 'other']),
});

export type ConfigProfile = v.InferOutput<typeof configProfileSchema>;

/** A profile of the credentials file, without secrets. */
const profileSummarySchema = v.object({
  ...configProfileSchema.entries,
  /** ISO 8601, from `x_security_token_expires`, if the profile has one. */
  expiration: v.exactOptional(v.string()),
  /** From `x_principal_arn`, if the profile has one. */
  principalArn: v.exactOptional(v.string()),
  /** From `x_session_policy`; older hosts send none. */
  rights: v.exactOptional(rightsSchema),
  /** A process profile that the host made on demand. */
  onDemand: v.exactOptional(v.literal(true)),
});

export type ProfileSummary = v.InferOutput<typeof profileSummarySchema>;

/** The answer to each request, by its type. */
export const answerSchemas = {
  hello: v.object({
    hostVersion: v.string(),
    /** Absolute path of the credentials file that this host writes. */
    credentialsFile: v.string(),
    /** Fields of requests that older hosts don't know. */
    understands: v.exactOptional(v.array(v.string())),
    /** Set if others on this machine can use the credentials in that file. */
    exposed: v.exactOptional(failureSchema),
    /**
     * Absolute paths of the config file, and of the folder for settings and process profiles; older hosts don't send
     * them.
     */
    configFile: v.exactOptional(v.string()),
    folder: v.exactOptional(v.string()),
    /** How the command line was called that installed this host, in any folder; older hosts don't send it. */
    called: v.exactOptional(callSchema),
  }),
  'write-profiles': v.object({
    credentialsFile: v.string(),
    profiles: v.array(profileOutcomeSchema),
  }),
  'list-profiles': v.object({
    credentialsFile: v.string(),
    profiles: v.array(profileSummarySchema),
    /** The profiles of the config file; older hosts send none. */
    configProfiles: v.exactOptional(v.array(configProfileSchema)),
    /** The regions of the config file, by profile; older hosts send none. */
    regions: v.exactOptional(v.record(v.string(), regionSchema)),
    /** Names of accounts that the config file tells for sure, by number; older hosts send none. */
    accountNames: v.exactOptional(v.record(v.string(), v.string())),
  }),
  'remove-profile': v.object({ credentialsFile: v.string() }),
  'set-region': v.object({ configFile: v.string() }),
  settings: v.object({
    /** Absolute paths of the files that this host uses, after the change. */
    credentialsFile: v.string(),
    configFile: v.string(),
    /** Whether `AWS_SHARED_CREDENTIALS_FILE` is set for the host; it takes precedence over the setting. */
    fixedByEnvironment: v.boolean(),
    signInLinks: v.array(v.object({ profile: v.string(), url: v.string() })),
  }),
  'make-on-demand': v.object({ configFile: v.string() }),
  'rename-on-demand': v.object({ configFile: v.string() }),
  'remove-on-demand': v.object({
    configFile: v.string(),
    /** Those that were removed. */
    profiles: v.array(v.string()),
  }),
  'wait-for-tools': v.object({
    /** Profiles that tools ask for. */
    wanted: v.array(v.string()),
    /** Profiles that tools asked for within the last day. */
    recent: v.array(v.string()),
  }),
  'refuse-tools': v.object({}),
} satisfies Record<RequestType, v.GenericSchema>;

export type Answer<T extends RequestType> = v.InferOutput<(typeof answerSchemas)[T]>;

/** What surrounds every answer's value. `id` is empty if the request's could not be read. */
export const answerEnvelopeSchema = v.variant('ok', [
  v.object({ version: v.number(), id: v.string(), ok: v.literal(true), value: v.unknown() }),
  v.object({ version: v.number(), id: v.string(), ok: v.literal(false), failure: failureSchema }),
]);
