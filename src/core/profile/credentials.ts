import * as v from 'valibot';

/** Printable ASCII without space, quotes, comment characters or brackets: nothing an INI file could misread. */
const token = (max: number) =>
  v.pipe(v.string(), v.minLength(1), v.maxLength(max), v.regex(/^[A-Za-z0-9+/=_.-]+$/));

/**
 * Temporary credentials as STS returns them. Shapes follow the STS API reference, data type Credentials
 * (`AccessKeyId` 16 to 128 word characters).
 */
export const credentialsSchema = v.strictObject({
  accessKeyId: v.pipe(v.string(), v.regex(/^\w{16,128}$/)),
  secretAccessKey: token(256),
  sessionToken: token(16_384),
  /** Their expiry: ISO 8601 in UTC, to the second or millisecond. */
  expiration: v.pipe(v.string(), v.isoTimestamp(), v.regex(/Z$/)),
});

export type Credentials = v.InferOutput<typeof credentialsSchema>;

/**
 * Credentials that a program can use, of whichever kind: long-lived keys have no session token, and some programs do not
 * say when theirs expire.
 */
export type UsableCredentials = Pick<Credentials, 'accessKeyId' | 'secretAccessKey'> &
  Partial<Pick<Credentials, 'sessionToken' | 'expiration'>>;
