import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createSecureContext } from 'node:tls';
import { type Problem, readConfig } from './config/read-config.ts';
import type { Address, Config } from './config/schema.ts';
import { Broker } from './decision/broker.ts';
import type { Log } from './decision/log.ts';
import { shownAddress } from './explain.ts';
import { adminServer } from './http/admin.ts';
import { publicServer, readTls } from './http/public.ts';

/** A broker that listens. */
export interface Serving {
  broker: Broker;
  /** Addresses that it listens at. */
  listen: Address;
  admin: Address | undefined;
  /** Reads the file anew; the old configuration stays where the new one is refused. */
  reload(file: string): Promise<void>;
  /** Is unready, lets `drainSeconds` pass for load balancers to see it, then ends when all was answered. */
  drain(): Promise<void>;
  /** Ends at once. */
  close(): Promise<void>;
}

/** Starts a broker. Throws what the system says where it cannot listen, or open the audit or the certificate. */
export async function serve(config: Config, log: Log, clocks?: Broker['clocks']): Promise<Serving> {
  const broker = new Broker(config, log, clocks);
  const main = publicServer(broker);
  const admin = config.admin && adminServer(broker);
  const servers = [main, ...(admin ? [admin] : [])];
  // With the keys there, the first request that comes can be answered.
  await broker.start();
  const listen = await listening(main, config.listen);
  const adminAt = admin && config.admin && (await listening(admin, config.admin));
  log('listening', { at: shownAddress(listen), ...(adminAt && { admin: shownAddress(adminAt) }) });
  let ended: Promise<void> | undefined;
  async function end(when: 'when answered' | 'at once'): Promise<void> {
    ended ??= closed(servers).then(() => broker.close());
    for (const server of servers) {
      if (when === 'at once') server.closeAllConnections();
      else server.closeIdleConnections();
    }
    await ended;
  }
  return {
    broker,
    listen,
    admin: adminAt,
    async reload(file) {
      const problems = await takeConfig(file, broker, main);
      broker.metrics.reloaded(problems.length === 0 ? 'good' : 'refused');
      log(problems.length === 0 ? 'reloaded' : 'reload-refused', problems.length === 0 ? {} : { problems });
    },
    async drain() {
      broker.drain();
      log('draining', { seconds: broker.config.drainSeconds });
      // The listeners keep the program alive meanwhile; where they were ended at once, nobody waits any more.
      await new Promise((resolve) => setTimeout(resolve, broker.config.drainSeconds * 1000).unref());
      await end('when answered');
    },
    close: () => end('at once'),
  };
}

/** Makes `broker` take the configuration in `file`. Gives what stands against it; then nothing has changed. */
async function takeConfig(file: string, broker: Broker, main: Server | TlsServer): Promise<Problem[]> {
  const read = readConfig(file);
  if (!read.ok) return read.problems;
  const { listen, admin, tls } = broker.config;
  const { config } = read;
  const fixed = (of: Pick<Config, 'listen' | 'admin' | 'tls'>) =>
    JSON.stringify([of.listen, of.admin, !of.tls]);
  if (fixed(config) !== fixed({ listen, admin, tls })) {
    return [{ path: 'listen, admin, tls', hint: 'can change only at a restart' }];
  }
  try {
    const secure = config.tls && readTls(config.tls);
    // Throws where they are no certificate and key: before anything has changed.
    if (secure) createSecureContext(secure);
    await broker.reload(config);
    if (secure && 'setSecureContext' in main) main.setSecureContext(secure);
    return [];
  } catch (error) {
    return [{ path: '', hint: (error as Error).message }];
  }
}

async function listening(server: Server | TlsServer, { host, port }: Address): Promise<Address> {
  server.listen(port, host);
  await once(server, 'listening');
  const at = server.address() as AddressInfo;
  return { host: at.address, port: at.port };
}

async function closed(servers: (Server | TlsServer)[]): Promise<void> {
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
}
