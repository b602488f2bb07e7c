import * as oauth from 'oauth4webapi';
import { type Failure, failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { openLink } from '../browser/open-link.ts';
import { deadline } from '../network/deadline.ts';
import { tell } from '../terminal/tell.ts';
import type { Caller, ProviderLogin } from './ask-broker.ts';
import { boundedFetch, whyUnanswered } from './bounded-fetch.ts';
import type { Broker } from './broker-address.ts';
import { newLoginKey } from './login-key.ts';
import { pastedRedirect } from './pasted-redirect.ts';
import { listenForRedirect, redirectUri } from './redirect-listener.ts';

/** How a person logs in. */
export interface LoginWishes {
  /** How long the login is waited for. */
  seconds: number;
  /** Instead of the one that the broker names. */
  redirectPort?: number;
  /** `false`: the user opens the address on another machine and pastes the address that it ends on. */
  browser?: boolean;
}

/**
 * Logs the user in at a broker's identity provider (OpenID Connect: authorization code, PKCE). Returns the caller to ask
 * the broker as. Tokens stay in memory. Metadata, answer and token must all name the broker's issuer, and the token must
 * name the key of this login.
 *
 * Failures: `broker-login-failed`, `broker-login-late`, `redirect-port-busy`, `browser-not-opened`.
 */
export async function logInAtProvider(
  { plainHttp }: Broker,
  login: ProviderLogin,
  { seconds, redirectPort: port = login.redirectPort, browser = true }: LoginWishes,
  ended: AbortSignal,
): Promise<Result<Caller>> {
  const issuer = new URL(login.issuer);
  const signal = deadline(seconds * 1000, ended);
  const options = {
    [oauth.customFetch]: (address: string, init: object) => boundedFetch(address, { ...init, plainHttp }),
    [oauth.allowInsecureRequests]: plainHttp,
    signal,
  };
  const client: oauth.Client = { client_id: login.clientId };
  const authentication = login.clientSecret ? oauth.ClientSecretPost(login.clientSecret) : oauth.None();
  try {
    const provider = await oauth.processDiscoveryResponse(
      issuer,
      await oauth.discoveryRequest(issuer, options),
    );
    const key = await newLoginKey();
    const [state, verifier] = [oauth.generateRandomState(), oauth.generateRandomCodeVerifier()];
    const address = loginAddress(provider, plainHttp, {
      client_id: login.clientId,
      redirect_uri: redirectUri(port),
      response_type: 'code',
      scope: [...new Set(['openid', ...login.scopes])].join(' '),
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce: key.thumbprint,
    });
    if (address === undefined) return loginFailed(issuer, 'its login page is at no safe address');
    const come = browser
      ? await throughBrowser(address, port, state, signal)
      : await byHand(address, port, state, signal);
    if (!come.ok) return come;
    if (come.value === undefined) {
      return signal.aborted
        ? failed(failure('broker-login-late', { seconds }))
        : loginFailed(issuer, 'no address was pasted');
    }
    const params = oauth.validateAuthResponse(provider, client, come.value, state);
    const answer = await oauth.authorizationCodeGrantRequest(
      provider,
      client,
      authentication,
      params,
      redirectUri(port),
      verifier,
      options,
    );
    const { id_token: idToken = '' } = await oauth.processAuthorizationCodeResponse(
      provider,
      client,
      answer,
      {
        expectedNonce: key.thumbprint,
        requireIdToken: true,
      },
    );
    return ok(key.caller(idToken));
  } catch (error) {
    const refused = failureOf(error, (reason) =>
      failure('broker-login-failed', { host: issuer.host, reason }),
    );
    if (refused === undefined) throw error;
    return failed(refused);
  }
}

const loginFailed = ({ host }: URL, reason: string) =>
  failed(failure('broker-login-failed', { host, reason }));

/** Where the login begins; `undefined` if no browser should be sent to that address. */
function loginAddress(
  { authorization_endpoint: page = '' }: oauth.AuthorizationServer,
  plainHttp: boolean,
  params: Record<string, string>,
): string | undefined {
  if (!URL.canParse(page)) return undefined;
  const url = new URL(page);
  if (url.protocol !== 'https:' && !(plainHttp && url.protocol === 'http:')) return undefined;
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
  return url.href;
}

/** Listens before the browser opens: if the user is still logged in, the answer comes at once. */
async function throughBrowser(
  address: string,
  port: number,
  state: string,
  signal: AbortSignal,
): Promise<Result<URLSearchParams | undefined>> {
  const listener = await listenForRedirect(port, state, signal);
  if (!listener.ok) return listener;
  const { come, close } = listener.value;
  try {
    const opened = openLink(address, process).then((result) => (result.ok ? come.then(ok) : result));
    return await Promise.race([come.then(ok), opened, endOf(signal)]);
  } finally {
    close();
  }
}

const endOf = (signal: AbortSignal): Promise<Result<undefined>> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(ok(undefined));
    signal.addEventListener('abort', () => resolve(ok(undefined)), { once: true });
  });

async function byHand(
  address: string,
  port: number,
  state: string,
  signal: AbortSignal,
): Promise<Result<URLSearchParams | undefined>> {
  tell(`open this address in any browser and log in:\n\n${address}\n\n`);
  return ok(await pastedRedirect(port, state, signal));
}

/** With the library's words and the provider's reason. Neither has a token. */
function failureOf(error: unknown, make: (reason: string) => Failure): Failure | undefined {
  if (error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError) {
    const { error: code, error_description: description } = error;
    return make(`${code}${description ? `: ${description}` : ''}`.slice(0, 300).replace(/\.$/, ''));
  }
  const isLibrarys = [
    oauth.OperationProcessingError,
    oauth.UnsupportedOperationError,
    oauth.WWWAuthenticateChallengeError,
  ].some((known) => error instanceof known);
  return isLibrarys ? make((error as Error).message.slice(0, 300)) : whyUnanswered(error, make);
}
