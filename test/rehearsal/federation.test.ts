import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Callers } from './callers.ts';
import type { Arrived } from './exchange.ts';
import { makeFederation } from './federation.ts';
import { accounts, type IamUser, iamArn, makeWorld, type Role, type World } from './world.ts';

const role = iamArn(accounts.development, 'role/Developer');
const Destination = 'https://console.aws.amazon.com/s3/home?region=eu-west-1';

describe('the federation endpoint', () => {
  let world: World;
  let time: number;

  beforeAll(async () => {
    world = await makeWorld();
  });
  beforeEach(() => {
    time = 0;
  });

  /** The endpoint, and what it is given of a session that ends after a second. */
  function makeEndpoint() {
    const callers = new Callers(world);
    const given = callers.openSession(
      world.roles.find(({ arn }) => arn === role) as Role,
      'alice',
      1000,
      undefined,
    );
    const { AccessKeyId, SecretAccessKey, SessionToken } = given.Credentials as Record<string, string>;
    const answer = makeFederation(world, callers, () => time);
    const ask = (fields: Record<string, string>, method = 'POST') => {
      const sent = new URLSearchParams(fields);
      const [form, query] = method === 'POST' ? [sent, new URLSearchParams()] : [new URLSearchParams(), sent];
      return answer({ method, form, query } as Arrived);
    };
    const session = { sessionId: AccessKeyId, sessionKey: SecretAccessKey, sessionToken: SessionToken };
    const askForToken = (Session: unknown = session, method?: string) =>
      ask({ Action: 'getSigninToken', Session: JSON.stringify(Session) }, method);
    const tokenBy = (method?: string): string => JSON.parse(askForToken(session, method).body).SigninToken;
    return { ask, session, askForToken, tokenBy };
  }

  it.each(['POST', 'GET'])(
    'gives a token for credentials, by %s, and lets a browser in with it',
    (method) => {
      const { ask, tokenBy } = makeEndpoint();
      const { status, headers } = ask({ Action: 'login', Destination, SigninToken: tokenBy(method) }, 'GET');
      expect(status).toBe(302);
      expect(headers.location).toBe(`${Destination}&role=${encodeURIComponent(role)}&session=alice`);
    },
  );

  it('gives none for what is wrong, and for long-lived keys', () => {
    const { askForToken, session } = makeEndpoint();
    const [user] = world.iamUsers as [IamUser];
    const keys = { sessionId: user.accessKeyId, sessionKey: user.secretAccessKey };
    for (const wrong of [
      { ...session, sessionKey: 'other' },
      { ...session, sessionToken: 'other' },
      { ...session, sessionId: 'ASIA' },
      keys,
      {},
      'nonsense',
    ]) {
      expect(askForToken(wrong).status).toBe(400);
    }
  });

  it('gives none for credentials that have expired', () => {
    const { askForToken } = makeEndpoint();
    time = 2000;
    expect(askForToken().status).toBe(400);
  });

  it('lets nobody in with a token that is not its own or too old, or to another page', () => {
    const { ask, tokenBy } = makeEndpoint();
    const SigninToken = tokenBy();
    const status = (fields: Record<string, string>) =>
      ask({ Action: 'login', Destination, SigninToken, ...fields }, 'GET').status;
    expect(status({ SigninToken: 'x' })).toBe(400);
    expect(status({ Destination: 'https://evil.example/' })).toBe(400);
    expect(status({ Action: 'other' })).toBe(400);
    time = 15 * 60 * 1000 + 1;
    expect(status({})).toBe(400);
  });
});
