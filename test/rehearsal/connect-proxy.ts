import { once } from 'node:events';
import http from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { kindOfHost } from './hosts.ts';
import type { Rehearsal } from './server.ts';

export interface ConnectProxy {
  port: number;
  /** What was turned away, as `host:port` or as the URL of a plain request. */
  refused: string[];
  close(): Promise<void>;
}

/**
 * A proxy for browsers that cannot map host names: `CONNECT host:443` goes to the rehearsal for hosts that
 * it plays. Everything else gets 403, so that nothing of the browser's own reaches the network.
 */
export async function startConnectProxy(rehearsal: Rehearsal): Promise<ConnectProxy> {
  const refused: string[] = [];
  const tunnels = new Set<Socket>();
  const server = http.createServer((request, response) => {
    refused.push(request.url ?? '');
    response.writeHead(403).end();
  });
  server.on('connect', (request, client: Socket, head: Buffer) => {
    const [host = '', port] = (request.url ?? '').toLowerCase().split(':');
    if (port !== '443' || kindOfHost(host, rehearsal.world) === undefined) {
      refused.push(request.url ?? '');
      client.on('error', () => client.destroy());
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const upstream = connect(rehearsal.port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      tunnels.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        tunnels.delete(socket);
        other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    refused,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      for (const tunnel of tunnels) tunnel.destroy();
      await closed;
    },
  };
}
