import { createServer, type Server } from 'node:http';
import type { Broker } from '../decision/broker.ts';

/** The listener for whoever runs the broker: health, readiness and metrics. Nothing in them is secret. */
export const adminServer = (broker: Broker): Server =>
  createServer((message, response) => {
    message.resume();
    const [status, body] = adminAnswer(message.url ?? '', broker);
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(body);
  });

function adminAnswer(path: string, broker: Broker): [status: number, body: string] {
  switch (path) {
    case '/healthz':
      return [200, 'ok\n'];
    case '/readyz':
      return broker.ready
        ? [200, 'ready\n']
        : [503, broker.draining ? 'ends\n' : 'no keys of any issuer yet\n'];
    case '/metrics':
      return [
        200,
        broker.metrics.text({
          ready: broker.ready,
          auditFailures: broker.audit.failures,
          issuers: broker.issuers.map(({ name, keys }) => [name, keys]),
        }),
      ];
    default:
      return [404, 'not found\n'];
  }
}
