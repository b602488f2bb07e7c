import { isIP } from 'node:net';
import * as v from 'valibot';
import { partitionOf } from '../../core/aws/partition.ts';
import { parseRoleArn } from '../../core/aws/role.ts';
import { isLoopback } from '../../core/loopback.ts';

/** Texts that end up in audit lines and answers. */
const text = v.pipe(v.string(), v.nonEmpty('must not be empty'), v.maxLength(1024));

/** https, or http on this machine: everything else could be read and changed on the way. */
const safeUrl = v.pipe(
  text,
  v.check(
    isSafeUrl,
    'must be an https address without user, query and fragment (http only for this machine)',
  ),
);

function isSafeUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  if (/[?#]/.test(value) || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

/** Where to listen, taken apart. */
export interface Address {
  host: string;
  port: number;
}

const address = v.pipe(
  text,
  v.rawTransform(({ dataset, addIssue, NEVER }): Address => {
    const [, bracketed, plain, port] = /^(?:\[(.+)\]|([^:]+)):(\d{1,5})$/.exec(dataset.value) ?? [];
    const host = bracketed ?? plain ?? '';
    if (isIP(host) === 0 || Number(port) > 65_535) {
      addIssue({ message: 'must be ADDRESS:PORT, as in 0.0.0.0:8443 or [::1]:8443' });
      return NEVER;
    }
    return { host, port: Number(port) };
  }),
);

/** Whether only programs of this machine reach what listens there. */
export const isLocalAddress = ({ host }: Address): boolean =>
  isLoopback(isIP(host) === 6 ? new URL(`http://[${host}]`).hostname : host);

const port = v.pipe(v.number(), v.integer(), v.minValue(1024), v.maxValue(65_535));

const login = v.strictObject({
  scopes: v.optional(v.pipe(v.array(text), v.includes('openid', 'must have "openid"')), ['openid', 'email']),
  redirectPort: v.optional(port, 8765),
  /** For providers that want one from programs on people's machines, where it is no secret. */
  clientSecret: v.optional(text),
});

const issuer = v.pipe(
  v.strictObject({
    issuer: safeUrl,
    audience: text,
    login: v.optional(login),
    jwksUri: v.optional(safeUrl),
    jwksFile: v.optional(text),
  }),
  v.check(
    ({ jwksUri, jwksFile }) => jwksUri === undefined || jwksFile === undefined,
    'takes "jwksUri" or "jwksFile", not both',
  ),
);

const comparable =
  'must be a text, a number or true or false, or a list of these: claims are compared exactly';

const claimValue = v.union([text, v.number(), v.boolean()], comparable);

const claimValues = v.union(
  [claimValue, v.pipe(v.array(claimValue), v.minLength(1, 'must not be empty'))],
  comparable,
);

const rule = v.strictObject({
  issuer: text,
  claims: v.pipe(
    v.record(text, claimValues),
    v.minEntries(1, 'must name a claim: everyone whom the issuer knows would have the role'),
  ),
});

/** A text with `{claim}` in it. */
const template = v.pipe(
  text,
  v.regex(/^(?:[^{}]|\{[^{}]+\})*$/, 'must be text with names of claims in braces, as in {email}'),
);

const roleArn = v.pipe(
  text,
  v.check(
    (arn) => /:\d{12}:/.test(arn) && partitionOf(parseRoleArn(arn)?.partition ?? '') !== undefined,
    'must be the ARN of a role, as in arn:aws:iam::111122223333:role/Dev',
  ),
);

/** STS API reference, AssumeRole: Tags, ExternalId, Policy. */
const tags = v.pipe(
  v.record(v.pipe(text, v.regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u, 'is no name of a tag')), template),
  v.maxEntries(50, 'may have 50 at most'),
);

const sessionPolicy = v.pipe(
  v.looseObject({
    Version: v.literal('2012-10-17'),
    Statement: v.union([v.array(v.unknown()), v.object({})]),
  }),
  v.check((policy) => JSON.stringify(policy).length <= 2048, 'may have 2048 characters at most'),
);

const role = v.strictObject({
  arn: roleArn,
  allow: v.pipe(v.array(rule), v.minLength(1, 'must not be empty: nobody could have the role')),
  maxDuration: v.optional(
    v.pipe(
      v.number(),
      v.integer(),
      v.minValue(900, 'must be 900 seconds or more'),
      v.maxValue(43_200, 'must be 43200 seconds or less'),
    ),
    3600,
  ),
  sessionName: v.optional(template, '{sub}'),
  sourceIdentity: v.optional(template),
  tags: v.optional(tags, {}),
  externalId: v.optional(v.pipe(text, v.regex(/^[\w+=,.@:/-]{2,1224}$/, 'is not an external ID'))),
  policy: v.optional(v.nullable(sessionPolicy), null),
});

const roleName = v.pipe(
  text,
  v.regex(/^[A-Za-z0-9][\w.-]{0,63}$/, 'must be 64 letters, digits, ".", "_" and "-" at most'),
);

/** The configuration of a broker, without what a schema can say of one entry alone (see read-config.ts). */
export const configSchema = v.strictObject({
  url: v.pipe(
    safeUrl,
    v.transform((url) => new URL(url).href.replace(/\/+$/, '')),
  ),
  listen: v.optional(address, '127.0.0.1:8443'),
  admin: v.optional(address),
  tls: v.optional(v.strictObject({ cert: text, key: text })),
  region: v.optional(v.pipe(text, v.regex(/^[a-z]{2,}(-[a-z]+)+-\d+$/, 'must be a region, as in eu-west-1'))),
  /** A file; without it lines go to stdout. */
  audit: v.optional(text),
  limits: v.optional(
    v.strictObject({
      perSecond: v.optional(v.pipe(v.number(), v.minValue(0.1)), 10),
      burst: v.optional(v.pipe(v.number(), v.integer(), v.minValue(10)), 100),
    }),
    {},
  ),
  drainSeconds: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(300)), 10),
  issuers: v.pipe(v.record(text, issuer), v.minEntries(1, 'must not be empty')),
  roles: v.pipe(v.record(roleName, role), v.minEntries(1, 'must not be empty')),
});

export type Config = v.InferOutput<typeof configSchema>;
export type IssuerConfig = Config['issuers'][string];
export type RoleConfig = Config['roles'][string];
export type Rule = RoleConfig['allow'][number];
