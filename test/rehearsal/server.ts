import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeAuthority } from './authority.ts';
import { Callers } from './callers.ts';
import { consoleHome } from './console.ts';
import { type Answer, type Arrived, htmlAnswer } from './exchange.ts';
import type { Hook } from './fault.ts';
import { isForFederation, makeFederation } from './federation.ts';
import { type HostKind, kindOfHost } from './hosts.ts';
import { page } from './html.ts';
import { makeIdps } from './idp.ts';
import { passOn } from './reverse-proxy.ts';
import { makeResponse, type ResponseOptions } from './saml-response.ts';
import { makeSignIn } from './sign-in.ts';
import { isForSsm, makeSsm } from './ssm.ts';
import { makeSts } from './sts.ts';
import { type IdpUser, makeWorld, userNamed, type World } from './world.ts';

export interface RehearsalOptions {
  world?: World;
  /** The clock of everything here, in milliseconds since the epoch; the real one unless given. */
  now?: () => number;
}

/** The rehearsal AWS while it runs, on loopback only. */
export interface Rehearsal {
  /** The TLS port on 127.0.0.1 that answers for every host, by SNI and Host header. */
  port: number;
  /** The certificate of the authority behind every host, which clients must trust. */
  caCertificatePem: string;
  /** STS and the Parameter Store without TLS, for `aws --endpoint-url`. */
  stsHttpUrl: string;
  world: World;
  /** Every request, in the order of arrival. */
  requests: Arrived[];
  /** The first request, past or to come, that fits; asked again when its `status` is known. */
  waitForRequest(fits: (request: Arrived) => boolean): Promise<Arrived>;
  /** The form field `SAMLResponse` for a user of the world, as the identity provider would make it now. */
  issueResponse(options: ResponseOptions & { user: string }): string;
  /** What the identity providers' pages say instead of the usual, by user. */
  onLogin: ((user: IdpUser) => ResponseOptions | undefined) | undefined;
  onSts: Hook | undefined;
  onSignIn: Hook | undefined;
  /**
   * Hosts `*.rehearsal.test` that a real program plays: the port of its plain HTTP server on 127.0.0.1.
   * What is asked there is not among the `requests`.
   */
  proxies: Map<string, number>;
  /** Ends everything at once, open connections too. */
  close(): Promise<void>;
}

/** Reached by these names, the TLS port is STS: for clients that are given an endpoint instead of a host. */
const loopback = ['localhost', '127.0.0.1'];
const largestBody = 10 * 1024 * 1024;

/** Starts a stand-in for AWS: identity providers, sign-in, console and STS, with TLS from its own authority. */
export async function startRehearsal(options: RehearsalOptions = {}): Promise<Rehearsal> {
  const [world, authority] = await Promise.all([options.world ?? makeWorld(), makeAuthority()]);
  const now = options.now ?? Date.now;
  const waiting = new Set<() => void>();
  const notify = () => {
    for (const look of waiting) look();
  };

  const callers = new Callers(world);
  const sts = makeSts(world, now, callers);
  const ssm = makeSsm(callers, now);
  const signIn = makeSignIn(world, now);
  const federation = makeFederation(world, callers, now);
  const answers: Record<HostKind, (request: Arrived) => Answer> = {
    idp: makeIdps(world, (user) => ({ issueInstant: new Date(now()), ...rehearsal.onLogin?.(user) })),
    'sign-in': (request) => (isForFederation(request) ? federation : signIn)(request),
    console: consoleHome,
    sts: (request) => (isForFederation(request) ? federation : isForSsm(request) ? ssm : sts)(request),
    page: () => htmlAnswer(page('A web page', '<h1>An ordinary web page</h1><textarea></textarea>')),
  };

  async function handle(kind: HostKind | undefined, message: IncomingMessage, response: ServerResponse) {
    const request = await receive(message);
    if (request === undefined) {
      response.writeHead(413).end();
      return;
    }
    rehearsal.requests.push(request);
    notify();
    const hook = kind === 'sts' ? rehearsal.onSts : kind === 'sign-in' ? rehearsal.onSignIn : undefined;
    const fault = await hook?.(request);
    if (fault === 'cut') {
      message.socket.destroy();
      return;
    }
    const answer = fault ?? (kind === undefined ? htmlAnswer('Unknown host', 404) : answers[kind](request));
    request.status = answer.status;
    const length = Buffer.byteLength(answer.body);
    response.writeHead(answer.status, { ...answer.headers, 'content-length': length }).end(answer.body);
    notify();
  }

  const listener =
    (kindOf: (host: string) => HostKind | undefined) =>
    (message: IncomingMessage, response: ServerResponse) => {
      const port = rehearsal.proxies.get(hostOf(message));
      if (port !== undefined) {
        passOn(message, response, port);
        return;
      }
      handle(kindOf(hostOf(message)), message, response).catch((error: unknown) => {
        // A client that leaves in the middle of its request is nothing to report.
        if (message.complete) console.error('The rehearsal failed to answer:', error);
        response.destroy();
      });
    };

  const tlsServer = https.createServer(
    {
      ...(await authority.issue(loopback)),
      SNICallback(host, callback) {
        if (!loopback.includes(host) && kindOfHost(host, world) === undefined) {
          callback(new Error('The rehearsal does not play this host.'));
          return;
        }
        authority.contextFor(host).then((context) => callback(null, context), callback);
      },
    },
    listener((host) => (loopback.includes(host) ? 'sts' : kindOfHost(host, world))),
  );
  const plainServer = http.createServer(listener(() => 'sts'));
  const [port, plainPort] = await Promise.all([tlsServer, plainServer].map(listen));

  const rehearsal: Rehearsal = {
    port: port ?? 0,
    caCertificatePem: authority.certificatePem,
    stsHttpUrl: `http://127.0.0.1:${plainPort}`,
    world,
    requests: [],
    waitForRequest: (fits) =>
      new Promise((resolve) => {
        const look = () => {
          const found = rehearsal.requests.find(fits);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    issueResponse({ user: name, ...said }) {
      const { idp, user } = userNamed(world, name);
      return makeResponse(idp, user, { issueInstant: new Date(now()), ...said });
    },
    onLogin: undefined,
    onSts: undefined,
    onSignIn: undefined,
    proxies: new Map(),
    async close() {
      await Promise.all(
        [tlsServer, plainServer].map((server) => {
          const closed = once(server, 'close');
          server.close();
          server.closeAllConnections();
          return closed;
        }),
      );
    },
  };
  return rehearsal;
}

async function listen(server: http.Server | https.Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const hostOf = (message: IncomingMessage): string =>
  (message.headers.host ?? '').toLowerCase().replace(/:\d+$/, '');

/** Reads a request to its end; `undefined` when it is larger than anything that a login sends. */
async function receive(message: IncomingMessage): Promise<Arrived | undefined> {
  const arrivedAt = Date.now();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) return undefined;
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  const url = new URL(message.url ?? '/', 'https://rehearsal.test');
  const isForm = message.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  const form = new URLSearchParams(isForm ? body.toString('utf8') : '');
  const action = form.get('Action');
  return {
    host: hostOf(message),
    method: message.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: message.headers,
    body,
    form,
    ...(action === null ? {} : { action }),
    arrivedAt,
  };
}
