import { once } from 'node:events';
import { request } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RoutingAgent } from './routing-agent.ts';

let server: Server;

afterEach(() => {
  vi.useRealTimers();
  server.close();
});

/** What a request through a proxy fails with, whose time is up once it has heard of the host and done `act`. */
async function failureBehind(act: (socket: Socket) => void) {
  let ended: Promise<unknown> | undefined;
  server = createServer((socket) => {
    ended = once(socket, 'close');
    socket.once('data', () => {
      act(socket);
      // With the next thing that comes, if there is one.
      socket.once('data', () => vi.advanceTimersByTime(10_000));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const agent = new RoutingAgent({ HTTPS_PROXY: `127.0.0.1:${port}` }, []);
  const [error] = await once(
    request('https://sts.rehearsal.test', { agent: agent as never }).end(),
    'error',
  ).catch((thrown) => [thrown]);
  await ended;
  return error;
}

describe('a proxy that hangs', () => {
  it('is told by its place and variable, and the connection is closed', async () => {
    const error = await failureBehind(() => vi.advanceTimersByTime(10_000));
    expect(error.failure).toMatchObject({
      code: 'proxy-unreachable',
      params: { variable: 'HTTPS_PROXY', reason: 'timeout' },
    });
    expect(error.message).toMatch(
      /^The proxy 127\.0\.0\.1:\d+ \(HTTPS_PROXY\) could not be reached: it did not answer in time\.$/,
    );
  });

  it('after it has connected: then it is the host that does not answer', async () => {
    const error = await failureBehind((socket) =>
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n'),
    );
    expect([error.name, error.failure]).toEqual(['TimeoutError', undefined]);
  });
});

describe('a proxy that refuses', () => {
  it('is asked for an IPv6 address, and told of, with its brackets', async () => {
    const asked: string[] = [];
    server = createServer((socket) => {
      socket.once('data', (data) => {
        asked.push(String(data).split('\r\n', 1).join());
        socket.end('HTTP/1.1 403 No\r\n\r\n');
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const agent = new RoutingAgent({ ALL_PROXY: `127.0.0.1:${port}`, NO_PROXY: '2001:db8:1::/48' }, []);
    const [error] = await once(
      request('https://[2001:db8::7]', { agent: agent as never }).end(),
      'error',
    ).catch((thrown) => [thrown]);
    expect(asked).toEqual(['CONNECT [2001:db8::7]:443 HTTP/1.1']);
    expect(error.failure).toEqual(agent.failure);
    expect(agent.failure?.params).toMatchObject({ host: '[2001:db8::7]:443', status: 403 });
  });
});
