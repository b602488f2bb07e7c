// A real identity provider (oidc-provider) on loopback, for oidc-provider.ts: in a process of its own, since it says
// much and changes the process that it is in. Its settings come as one argument, its address goes to stdout.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const { redirectUri, clientId, users } = JSON.parse(process.argv[2]);

const server = createServer();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: clientId,
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      redirect_uris: [redirectUri],
      response_types: ['code'],
      grant_types: ['authorization_code'],
    },
  ],
  // Its own pages for a login: any name is taken, with any password.
  features: { devInteractions: { enabled: true } },
  claims: { openid: ['sub'], email: ['email'], groups: ['groups'] },
  // As most providers do it: what the scopes stand for is in the ID token.
  conformIdTokenClaims: false,
  cookies: { keys: [randomUUID()] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...users[id] }) }),
});
server.on('request', provider.callback());
process.stdout.write(`${issuer}\n`);
