import * as v from 'valibot';
import { regionPattern } from '../aws/region.ts';
import { rightsNames } from '../aws/session-policy.ts';
import { credentialsSchema } from '../profile/credentials.ts';
import { profileNameFailure } from '../profile/profile-name.ts';
import { failureSchema } from './failure-schema.ts';

/** The version of the native messaging protocol that this code speaks; see docs/protocol.md. */
export const protocolVersion = 1;

/** The host's name for browsers. */
export const hostName = 'roleferry';

/** Chromium's limit for a message from the host; we use it in both directions. */
export const maxMessageBytes = 1024 * 1024;

const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));

const profileName = v.pipe(
  v.string(),
  v.check((name) => profileNameFailure(name) === undefined),
);

export const regionSchema = v.pipe(v.string(), v.regex(regionPattern), v.maxLength(32));

/** SAML allows issuers of 1024 characters. */
export const longestIssuer = 1024;

const principalArn = v.pipe(
  v.string(),
  v.maxLength(2048),
  v.regex(/^arn:aws[a-z-]*:(sts|iam)::\d{12}:[\w+=,.@/-]+$/),
);

/** What credentials may do at most, where that is less than their role, written as `x_session_policy`. */
export const rightsSchema = v.picklist(rightsNames);

/**
 * A profile to write. `replace` is the user's explicit yes to overwriting what is not ours, `takeOver` to a profile
 * with another account's credentials.
 */
const profileWriteSchema = v.strictObject({
  name: profileName,
  credentials: credentialsSchema,
  /** ARN of the assumed-role session, written as `x_principal_arn`. */
  principalArn,
  /** The credentials have fewer rights than their role. Only for hosts that say in `hello` that they understand it. */
  rights: v.exactOptional(rightsSchema),
  /** Written to the config file if the profile has no region yet. */
  region: v.exactOptional(regionSchema),
  /** The login that the credentials come from. Only for hosts that say in `hello` that they understand it. */
  source: v.exactOptional(
    v.strictObject({
      issuer: v.pipe(v.string(), v.maxLength(longestIssuer)),
      providerArn: v.pipe(v.string(), v.maxLength(2048)),
    }),
  ),
  replace: v.exactOptional(v.boolean()),
  takeOver: v.exactOptional(v.boolean()),
});

export type ProfileWrite = v.InferOutput<typeof profileWriteSchema>;

/**
 * A page at an identity provider that leads to a login for the profile. Https only: the host passes it to the program
 * that opens the browser.
 */
export const signInLinkSchema = v.strictObject({
  profile: profileName,
  url: v.pipe(v.string(), v.maxLength(2048), v.url(), v.regex(/^https:\/\/[\x21-\x7e]+$/)),
});

export type SignInLink = v.InferOutput<typeof signInLinkSchema>;

/** One user's sign-in links, at most one for each profile. */
export const signInLinksSchema = v.pipe(
  v.array(signInLinkSchema),
  v.maxLength(500),
  v.check((links) => new Set(links.map(({ profile }) => profile)).size === links.length),
);

/** An absolute path on any system; the host checks it by its own system's rules. */
const absolutePath = v.pipe(
  v.string(),
  v.maxLength(4096),
  v.regex(/^(?:\/|[A-Za-z]:[\\/]|\\\\)[^\p{Cc}]+$/u),
);

/** How a program is called in a terminal. It is only shown and copied, so it hides nothing from whoever reads it. */
export const callSchema = v.pipe(v.string(), v.maxLength(4096), v.regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u));

/** The host composes the command that AWS tools run. No message can name one. */
const onDemandProfileSchema = v.strictObject({
  name: profileName,
  region: v.exactOptional(regionSchema),
});

const envelope = { version: v.literal(protocolVersion), id };

export const requestSchema = v.variant('type', [
  v.strictObject({ ...envelope, type: v.literal('hello') }),
  v.strictObject({
    ...envelope,
    type: v.literal('write-profiles'),
    profiles: v.pipe(v.array(profileWriteSchema), v.minLength(1), v.maxLength(1000)),
  }),
  v.strictObject({ ...envelope, type: v.literal('list-profiles') }),
  v.strictObject({
    ...envelope,
    type: v.literal('remove-profile'),
    name: profileName,
    /** Its role has another profile now: what Roleferry wrote for this one in the config file goes too. */
    renamed: v.exactOptional(v.boolean()),
  }),
  /** Sets a profile's region in the config file, also in place of another. */
  v.strictObject({ ...envelope, type: v.literal('set-region'), name: profileName, region: regionSchema }),
  v.strictObject({
    ...envelope,
    type: v.literal('settings'),
    /** Replaces all earlier links. */
    signInLinks: v.exactOptional(signInLinksSchema),
    /** Where the host should write, or `null` for the default. */
    credentialsFile: v.exactOptional(v.nullable(absolutePath)),
  }),
  /** Makes profiles whose credentials AWS tools get from Roleferry, each when it is used. */
  v.strictObject({
    ...envelope,
    type: v.literal('make-on-demand'),
    profiles: v.pipe(
      v.array(onDemandProfileSchema),
      v.minLength(1),
      v.maxLength(1000),
      v.check((profiles) => new Set(profiles.map(({ name }) => name)).size === profiles.length),
    ),
  }),
  /** Gives one of these another name. */
  v.strictObject({ ...envelope, type: v.literal('rename-on-demand'), from: profileName, to: profileName }),
  /** Removes these, or all that were made. */
  v.strictObject({
    ...envelope,
    type: v.literal('remove-on-demand'),
    profiles: v.exactOptional(v.pipe(v.array(profileName), v.minLength(1), v.maxLength(1000))),
  }),
  /**
   * Waits until AWS tools ask for process profiles, for so long, or until the next request. Each question is told once;
   * with `again` also those told before.
   */
  v.strictObject({
    ...envelope,
    type: v.literal('wait-for-tools'),
    seconds: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(25)),
    again: v.exactOptional(v.boolean()),
  }),
  /** Tells the tools that ask for a profile why there are no credentials. */
  v.strictObject({ ...envelope, type: v.literal('refuse-tools'), name: profileName, failure: failureSchema }),
]);

export type Request = v.InferOutput<typeof requestSchema>;
export type RequestType = Request['type'];

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

/** A profile of the credentials file, without secrets. */
const profileSummarySchema = v.object({
  name: v.string(),
  kind: v.picklist(['temporary', 'long-lived', 'process', 'sso', 'role', 'other']),
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
