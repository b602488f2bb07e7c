import { randomBytes } from 'node:crypto';
import type { Callers } from './callers.ts';
import { type Answer, type Arrived, htmlAnswer, redirect } from './exchange.ts';
import { kindOfHost } from './hosts.ts';
import { page } from './html.ts';
import type { World } from './world.ts';

/** How long a sign-in token can be used; milliseconds. */
const validity = 15 * 60 * 1000;

const refused = (why: string): Answer => htmlAnswer(page('AWS sign-in', `<p>${why}</p>`), 400);

/** Whether a request is for the federation endpoint, on a sign-in host or on that of STS. */
export const isForFederation = ({ path }: Arrived): boolean => path === '/federation';

/**
 * The federation endpoint: takes the credentials of a role's session, by GET or POST, for a sign-in token, and that for a login to the console.
 */
export function makeFederation(
  world: World,
  callers: Callers,
  now: () => number,
): (request: Arrived) => Answer {
  const logins = new Map<string, { arn: string; role: string; until: number }>();

  function getSignInToken(given: URLSearchParams): Answer {
    const { sessionId = '', sessionKey, sessionToken } = read(given.get('Session') ?? '');
    const caller = callers.find(sessionId);
    const isRight = caller?.secretAccessKey === sessionKey && caller?.sessionToken === sessionToken;
    if (caller === undefined || caller.user !== undefined || !isRight || (caller.expiresAt ?? 0) < now()) {
      return refused('Invalid credentials parameter');
    }
    const token = randomBytes(600).toString('base64url');
    logins.set(token, { arn: caller.arn, role: caller.trustedAs, until: now() + validity });
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ SigninToken: token }),
    };
  }

  /** The console's page says as whom. */
  function login(given: URLSearchParams): Answer {
    const found = logins.get(given.get('SigninToken') ?? '');
    if (found === undefined || found.until < now()) return refused('The sign-in token is not valid');
    const destination = given.get('Destination') ?? '';
    const url = URL.canParse(destination) ? new URL(destination) : undefined;
    if (url?.protocol !== 'https:' || kindOfHost(url.hostname, world) !== 'console') {
      return refused('Invalid destination');
    }
    url.searchParams.set('role', found.role);
    url.searchParams.set('session', found.arn.slice(found.arn.lastIndexOf('/') + 1));
    return redirect(url.href);
  }

  return ({ method, form, query }) => {
    const given = method === 'POST' ? form : query;
    const action = given.get('Action');
    if (action === 'getSigninToken') return getSignInToken(given);
    return action === 'login' ? login(given) : refused('Invalid action');
  };
}

function read(session: string): Record<string, string> {
  try {
    return JSON.parse(session);
  } catch {
    return {};
  }
}
