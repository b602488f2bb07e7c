import * as v from 'valibot';
import { credentialsSchema } from '../profile/credentials.ts';
import { profileNameFailure } from '../profile/profile-name.ts';
import { failureSchema } from './failure-schema.ts';
import { longestIssuer, protocolVersion, regionSchema, rightsSchema } from './protocol.ts';

const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));

const profileName = v.pipe(
  v.string(),
  v.check((name) => profileNameFailure(name) === undefined),
);

const principalArn = v.pipe(
  v.string(),
  v.maxLength(2048),
  v.regex(/^arn:aws[a-z-]*:(sts|iam)::\d{12}:[\w+=,.@/-]+$/),
);

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
