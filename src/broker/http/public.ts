import { readFileSync } from 'node:fs';
import http, { type RequestListener, type Server, type ServerOptions } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { lastBytes } from '../../core/profile/container-credentials.ts';
import type { Config } from '../config/schema.ts';
import type { Broker } from '../decision/broker.ts';
import { type RefusalCode, refuse } from '../outcome/refusal.ts';
import { handle, recorded } from './handle.ts';

/** Tokens with many groups are large; nothing else is. A request that does not come in time is cut off. */
const options: ServerOptions = {
  maxHeaderSize: 32 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 2_000,
  // Longer than load balancers keep theirs, so that none of them sends into a connection that just ends.
  keepAliveTimeout: 75_000,
};

/** The certificate and key that the configuration names. Throws what the system says. */
export const readTls = ({ cert, key }: NonNullable<Config['tls']>) => ({
  cert: readFileSync(cert),
  key: readFileSync(key),
  minVersion: 'TLSv1.2' as const,
});

/** The listener that everyone asks; over TLS where the configuration has a certificate. */
export function publicServer(broker: Broker): Server | https.Server {
  const listener: RequestListener = (message, response) => {
    handle(message, response, broker).catch(() => response.destroy());
  };
  const { tls } = broker.config;
  const server =
    tls === undefined
      ? http.createServer(options, listener)
      : https.createServer({ ...options, ...readTls(tls), handshakeTimeout: 10_000 }, listener);
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) =>
    refuseUnreadable(error, socket, broker),
  );
  return server;
}

/** Turns down what is no request that can be read, such as one with headers that are too large. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket, broker: Broker): void {
  // Whoever went away in the middle asked for nothing.
  if (error.code === 'ECONNRESET' || error.code === 'HPE_INVALID_EOF_STATE' || !socket.writable) {
    socket.destroy();
    return;
  }
  const code: RefusalCode = error.code === 'HPE_HEADER_OVERFLOW' ? 'HeadersTooLarge' : 'InvalidRequest';
  const outcome = refuse(code, `not a request that can be read: ${error.code}`);
  const answer = recorded(outcome, socket.remoteAddress ?? '', {}, broker);
  socket.end(lastBytes(answer, http.STATUS_CODES[answer.status] ?? ''));
}
