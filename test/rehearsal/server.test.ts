import http from 'node:http';
import https from 'node:https';
import { connect } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startConnectProxy } from './connect-proxy.ts';
import { captivePortal, hold, stsError } from './fault.ts';
import { type Rehearsal, startRehearsal } from './server.ts';
import { makeWorld, type World } from './world.ts';

let world: World;
let rehearsal: Rehearsal;

beforeEach(async () => {
  world ??= await makeWorld();
  rehearsal = await startRehearsal({ world });
});

afterEach(() => rehearsal.close());

/** Asks a host of the rehearsal over TLS that trusts its authority alone. */
function get(host: string, path = '/'): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port: rehearsal.port,
      servername: host === '127.0.0.1' ? '' : host,
      ca: rehearsal.caCertificatePem,
      path,
      headers: { host },
    };
    https
      .get(options, (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          body += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode, body }));
      })
      .on('error', reject);
  });
}

const askSts = () =>
  fetch(rehearsal.stsHttpUrl, {
    method: 'POST',
    body: new URLSearchParams({ Action: 'GetCallerIdentity', Version: '2011-06-15' }),
  });

describe('the rehearsal', () => {
  it('answers every host over TLS with a certificate for that very name', async () => {
    expect((await get('idp.rehearsal.test')).body).toContain('Log in');
    expect((await get('sts.eu-west-1.amazonaws.com')).status).toBe(400);
    expect((await get('us-west-2.signin.aws.amazon.com')).status).toBe(404);
    expect((await get('console.aws.amazon.com', '/console/home')).status).toBe(200);
    expect((await get('127.0.0.1')).status).toBe(400);
  });

  it('shakes no hand as a host that it does not play', async () => {
    await expect(get('example.com')).rejects.toThrow();
  });

  it('shows what a role or session is called without letting it into the page', async () => {
    const { body } = await get('console.aws.amazon.com', '/console/home?session=%3Cscript%3E');
    expect(body).not.toContain('<script>');
  });

  it('logs what arrived and how it was answered', async () => {
    await askSts();
    expect(rehearsal.requests).toMatchObject([{ action: 'GetCallerIdentity', method: 'POST', status: 403 }]);
  });

  it('lets a test wait for a request, past or to come', async () => {
    const coming = rehearsal.waitForRequest(({ status }) => status === 403);
    await askSts();
    expect((await coming).action).toBe('GetCallerIdentity');
    expect(await rehearsal.waitForRequest(({ action }) => action === 'GetCallerIdentity')).toBe(await coming);
  });

  it('holds an answer until it is released', async () => {
    const { hook, release } = hold();
    rehearsal.onSts = hook;
    const asked = askSts();
    const request = await rehearsal.waitForRequest(({ action }) => action === 'GetCallerIdentity');
    expect(request.status).toBeUndefined();
    release();
    expect((await asked).status).toBe(403);
  });

  it('can answer with an error of AWS, or with what is not AWS at all', async () => {
    rehearsal.onSts = () => stsError(400, 'Throttling', 'Rate exceeded');
    expect(await (await askSts()).text()).toContain('<Type>Sender</Type><Code>Throttling</Code>');
    rehearsal.onSts = () => captivePortal();
    expect((await askSts()).headers.get('content-type')).toContain('text/html');
  });

  it('can cut the connection', async () => {
    rehearsal.onSts = () => 'cut';
    await expect(askSts()).rejects.toThrow();
    expect(rehearsal.requests[0]?.status).toBeUndefined();
  });

  it('closes although a connection is open and an answer is held', async () => {
    rehearsal.onSts = hold().hook;
    const asked = askSts().catch(() => 'cut');
    await rehearsal.waitForRequest(() => true);
    await rehearsal.close();
    expect(await asked).toBe('cut');
    rehearsal = await startRehearsal({ world });
  });
});

describe('the CONNECT proxy', () => {
  /** The proxy's first line to `CONNECT target`, and what the tunnel's TLS peer is. */
  function through(port: number, target: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const request = http.request({ method: 'CONNECT', host: '127.0.0.1', port, path: target });
      request.on('error', reject).end();
      request.on('connect', (response, socket) => {
        if (response.statusCode !== 200) {
          resolve(String(response.statusCode));
          return;
        }
        const servername = target.split(':')[0] ?? '';
        const tls = connect({ socket, servername, ca: rehearsal.caCertificatePem }, () => {
          resolve(tls.getPeerCertificate().subjectaltname ?? '');
          tls.destroy();
        }).on('error', reject);
      });
    });
  }

  it('leads to the rehearsal for its hosts, and nowhere for all others', async () => {
    const proxy = await startConnectProxy(rehearsal);
    try {
      expect(await through(proxy.port, 'sts.amazonaws.com:443')).toBe('DNS:sts.amazonaws.com');
      expect(await through(proxy.port, 'example.com:443')).toBe('403');
      expect(await through(proxy.port, 'sts.amazonaws.com:22')).toBe('403');
      expect(proxy.refused).toEqual(['example.com:443', 'sts.amazonaws.com:22']);
    } finally {
      await proxy.close();
    }
  });
});
