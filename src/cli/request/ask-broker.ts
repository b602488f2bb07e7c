import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import { isSessionOf, parseRoleArn } from '../../core/aws/role.ts';
import { type Failure, failure } from '../../core/failure.ts';
import { credentialsSchema } from '../../core/profile/credentials.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { boundedFetch, whyUnanswered } from './bounded-fetch.ts';
import type { Broker } from './broker-address.ts';

/** The headers that prove who sends a request to `url`. Call it for each request, since a proof works once. */
export type Caller = (url: URL) => Promise<Result<Record<string, string>>>;

/** How often to ask a broker that is unavailable, and how long to wait for it; seconds. */
const attempts = 3;
const longestPause = 10;

/** A clock that is off by more explains why a proof or a token is refused; milliseconds. */
const noticeable = 30_000;

const port = v.pipe(v.number(), v.integer(), v.minValue(1024), v.maxValue(65_535));

const visible = (most: number) =>
  v.pipe(v.string(), v.minLength(1), v.maxLength(most), v.regex(/^[\x21-\x7e]+$/));

const aboutSchema = v.object({
  version: v.literal(1),
  url: v.pipe(v.string(), v.maxLength(2048)),
  login: v.exactOptional(
    v.object({
      issuer: v.pipe(visible(2048), v.url()),
      clientId: visible(1024),
      scopes: v.pipe(v.array(visible(200)), v.maxLength(50)),
      redirectPort: port,
      clientSecret: v.exactOptional(visible(1024)),
    }),
  ),
});

/** How people log in at the identity provider of a broker. */
export type ProviderLogin = NonNullable<v.InferOutput<typeof aboutSchema>['login']>;

/** As in the broker's configuration. It becomes part of an address and of host.json. */
export const roleNameSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/));

const roleArnSchema = v.pipe(
  v.string(),
  v.maxLength(2048),
  v.check((arn) => parseRoleArn(arn) !== undefined),
);

const rolesSchema = v.object({
  roles: v.pipe(
    v.array(v.object({ name: roleNameSchema, arn: roleArnSchema, maxDuration: v.number() })),
    v.maxLength(10_000),
  ),
});

/** A role that a broker offers. `maxDuration`: seconds. */
export type BrokerRole = v.InferOutput<typeof rolesSchema>['roles'][number];

const givenSchema = v.pipe(
  v.object({
    Version: v.literal(1),
    AccessKeyId: v.string(),
    SecretAccessKey: v.string(),
    SessionToken: v.string(),
    Expiration: v.string(),
    RoleArn: roleArnSchema,
    PrincipalArn: v.pipe(v.string(), v.maxLength(2048), v.regex(/\/[\w+=,.@-]{2,64}$/)),
  }),
  v.check(({ RoleArn, PrincipalArn }) => isSessionOf(PrincipalArn, RoleArn)),
  v.transform(({ AccessKeyId, SecretAccessKey, SessionToken, Expiration, RoleArn, PrincipalArn }) => ({
    credentials: {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration,
    },
    roleArn: RoleArn,
    principalArn: PrincipalArn,
  })),
  v.object({ credentials: credentialsSchema, roleArn: v.string(), principalArn: v.string() }),
);

/** What a broker gave. `clockOffset`: how much its clock is ahead of this machine's, in milliseconds; 0 when they agree. */
export type Given = v.InferOutput<typeof givenSchema> & { clockOffset: number };

const errorSchema = v.object({
  Code: v.pipe(v.string(), v.regex(/^\w{1,64}$/)),
  Message: v.pipe(v.string(), v.maxLength(1000)),
});

/**
 * What a broker tells everybody. Failures, here and below: `broker-unreachable`, `broker-answer-invalid`,
 * `broker-refused`, and those of the caller.
 */
export async function aboutBroker(broker: Broker): Promise<Result<v.InferOutput<typeof aboutSchema>>> {
  const answer = await ask(broker, '/v1', aboutSchema);
  return answer.ok ? ok(answer.value.value) : answer;
}

/** The roles that the caller may have. */
export async function rolesAt(broker: Broker, caller: Caller): Promise<Result<BrokerRole[]>> {
  const answer = await ask(broker, '/v1/roles', rolesSchema, caller);
  return answer.ok ? ok(answer.value.value.roles) : answer;
}

/** Credentials of the role `name`. `seconds` can only shorten what the broker gives. */
export async function credentialsFrom(
  broker: Broker,
  name: string,
  seconds: number | undefined,
  caller: Caller,
): Promise<Result<Given>> {
  const query = seconds === undefined ? '' : `?duration=${seconds}`;
  const answer = await ask(broker, `/v1/roles/${name}${query}`, givenSchema, caller);
  return answer.ok ? ok({ ...answer.value.value, clockOffset: answer.value.clockOffset }) : answer;
}

interface Answer<T> {
  value: T;
  clockOffset: number;
}

async function ask<T>(
  broker: Broker,
  path: string,
  schema: v.GenericSchema<unknown, T>,
  caller: Caller = async () => ok({}),
): Promise<Result<Answer<T>>> {
  const url = new URL(`${broker.url}${path}`);
  for (let attempt = 1; ; attempt += 1) {
    const headers = await caller(url);
    if (!headers.ok) return headers;
    try {
      const response = await boundedFetch(url.href, {
        headers: { accept: 'application/json', ...headers.value },
        plainHttp: broker.plainHttp,
      });
      const wait = Number(response.headers.get('retry-after') ?? 1);
      if (
        (response.status === 429 || response.status === 503) &&
        attempt < attempts &&
        wait <= longestPause
      ) {
        await pause(wait * 1000);
        continue;
      }
      return read(broker, response, schema);
    } catch (error) {
      const unanswered = whyUnanswered(error, (reason) =>
        failure('broker-unreachable', { host: broker.host, reason }),
      );
      if (unanswered === undefined) throw error;
      return failed(unanswered);
    }
  }
}

async function read<T>(
  { host }: Broker,
  response: Response,
  schema: v.GenericSchema<unknown, T>,
): Promise<Result<Answer<T>>> {
  const body = parseJson(await response.text());
  const clockOffset = offsetOf(response);
  if (!response.ok) return failed(refusal(host, response.status, body, clockOffset));
  const answer = v.safeParse(schema, body);
  if (answer.success) return ok({ value: answer.output, clockOffset });
  const reason = body === undefined ? 'it is not JSON' : 'it has not the form that brokers use';
  return failed(failure('broker-answer-invalid', { host, reason }));
}

function refusal(host: string, status: number, body: unknown, clockOffset: number): Failure {
  const told = v.safeParse(errorSchema, body);
  if (!told.success)
    return failure('broker-answer-invalid', { host, reason: `it answered with HTTP ${status}` });
  const { Code: code, Message: reason } = told.output;
  const minutes = Math.round(clockOffset / 60_000);
  return failure('broker-refused', {
    host,
    code,
    reason,
    ...(status === 401 && minutes !== 0 && { minutes }),
  });
}

function offsetOf(response: Response): number {
  const offset = Date.parse(response.headers.get('date') ?? '') - Date.now();
  return Math.abs(offset) >= noticeable ? offset : 0;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
