import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { failure } from '../../core/failure.ts';
import { type Answer, errorAnswer, lastBytes } from '../../core/profile/container-credentials.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { fileReason } from '../request/file-reason.ts';
import { path, refusal } from './refusal.ts';

/** Whoever starts a request and does not finish it is cut off. SDKs wait for one to two seconds. */
const options = {
  headersTimeout: 3_000,
  requestTimeout: 3_000,
  connectionsCheckingInterval: 1_000,
};

/** As many as a machine's programs need, so that open connections do not use up what files need too. */
const mostConnections = 256;

/** An endpoint that listens, and what AWS tools need to be told of it. */
export interface Endpoint {
  uri: string;
  token: string;
}

/**
 * Starts an endpoint for container credentials with a token of its own. `host` is an IP address of this machine; port 0 is
 * any free one. `credentials` answers who may ask; `note` is told of each answer. Failure: `endpoint-not-listening`.
 */
export async function startEndpoint(
  { host, port }: { host: string; port: number },
  credentials: () => Promise<Answer>,
  note: (answer: Answer) => void,
): Promise<Result<Endpoint>> {
  const token = process.getBuiltinModule('node:crypto').randomBytes(32).toString('base64url');
  const shownHost = new URL(`http://${host.includes(':') ? `[${host}]` : host}`).hostname;
  const answer = async (message: IncomingMessage, response: ServerResponse) => {
    // Nobody reads a body here.
    message.resume();
    const given = refusal(message, token, shownHost) ?? (await credentials());
    note(given);
    response.writeHead(given.status, given.headers).end(given.body);
  };
  const server = process.getBuiltinModule('node:http').createServer(options, (message, response) => {
    answer(message, response).catch(() => response.destroy());
  });
  server.maxConnections = mostConnections;
  server.on('clientError', (_, socket: Socket) => refuseUnreadable(socket, note));
  try {
    await listening(server, host, port);
  } catch (error) {
    const address = port === 0 ? shownHost : `${shownHost}:${port}`;
    return failed(failure('endpoint-not-listening', { address, reason: reason(error) }));
  }
  const { port: own } = server.address() as AddressInfo;
  return ok({ uri: `http://${shownHost}:${own}${path}`, token });
}

const listening = (server: Server, host: string, port: number) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, resolve);
  });

function reason(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return 'another program listens there';
  return code === 'EADDRNOTAVAIL' ? 'this machine has no such address' : fileReason(error);
}

/** Answers what is no request that can be read. Whoever went away asked for nothing. */
function refuseUnreadable(socket: Socket, note: (answer: Answer) => void): void {
  if (!socket.writable) return void socket.destroy();
  const answer = errorAnswer('InvalidRequest', 'This is no request that can be read.', 400);
  note(answer);
  socket.end(lastBytes(answer, 'Bad Request'));
}
