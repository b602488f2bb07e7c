import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltBroker, buildBroker } from '../fixtures/broker-process.ts';
import { brokerKeys, machineAudience, stageConfig } from '../fixtures/broker-stage.ts';
import { startTokenIssuer, type TokenIssuer } from '../fixtures/token-issuer.ts';
import { makeAuthority } from '../rehearsal/authority.ts';
import { hold } from '../rehearsal/fault.ts';
import { type Rehearsal, startRehearsal } from '../rehearsal/server.ts';

const run = promisify(execFile);

describe('roleferry-broker as a program', () => {
  let built: BuiltBroker;
  let rehearsal: Rehearsal;
  let issuer: TokenIssuer;
  let env: Record<string, string>;

  beforeAll(async () => {
    [built, rehearsal, issuer] = await Promise.all([buildBroker(), startRehearsal(), startTokenIssuer()]);
    env = { ...brokerKeys, AWS_ENDPOINT_URL_STS: rehearsal.stsHttpUrl, AWS_EC2_METADATA_DISABLED: 'true' };
  });
  afterAll(async () => {
    await built?.close();
    await Promise.all([issuer?.close(), rehearsal?.close()]);
  });
  afterEach(() => {
    rehearsal.onSts = undefined;
    rehearsal.requests.length = 0;
    issuer.onRequest = undefined;
  });

  const config = (more: Record<string, unknown> = {}) =>
    built.writeConfig(stageConfig('http://127.0.0.1:9', issuer.url, more));
  const token = () => issuer.token({ aud: machineAudience, sub: 'repo:example/shop' });
  const ask = async (listen: string, authorization: string) =>
    fetch(`http://${listen}/v1/roles/deploy`, { headers: { authorization } });

  /** What the program says, and with which status it ends. */
  const said = (args: string[], more: Record<string, string> = {}) =>
    run(process.execPath, [built.program, ...args], { env: { ...env, ...more } }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
    );

  it('explains a configuration, and says what is wrong with another', async () => {
    expect(await said(['check', config()])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('deploy is arn:'),
    });
    const wrong = config({ rolls: {} });
    expect(await said(['check', wrong])).toEqual({
      code: 1,
      stdout: '',
      stderr: `${wrong}: rolls is no known key\n`,
    });
    expect(await said(['--config', wrong])).toMatchObject({
      code: 1,
      stderr: `${wrong}: rolls is no known key\n`,
    });
  });

  it.each([
    [['--help'], 0],
    [['--version'], 0],
    [[], 2],
    [['check'], 2],
    [['--nothing'], 2],
    [['serve', 'x'], 2],
  ])('called with %j ends with %i', async (args, code) => {
    expect((await said(args)).code).toBe(code);
  });

  it('does not start where its own credentials would come from itself', async () => {
    const own = { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:8443/v1/roles/me' };
    expect(await said(['--config', config()], own)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('ask itself'),
    });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['an audit that cannot be opened', { audit: '/none/audit.log' }, 'ENOENT'],
    ['a certificate that is not there', { tls: { cert: 'none.pem', key: 'none.pem' } }, 'ENOENT'],
  ])('does not start with %s', async (_, more, words) => {
    expect(await said(['--config', config(more)])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(words),
    });
  });

  it('writes decisions to stdout where no file is named, and no token or key anywhere', async () => {
    const broker = await built.start(config({ audit: undefined }), env);
    const authorization = await token();
    const credentials = await (await ask(broker.listen, authorization)).json();
    expect(await broker.end('SIGTERM')).toBe(0);
    const lines = broker.written.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toEqual([
      expect.objectContaining({ outcome: 'issued', accessKeyId: credentials.AccessKeyId }),
    ]);
    const written = broker.written.stdout + broker.written.stderr;
    for (const secret of [
      credentials.SecretAccessKey,
      credentials.SessionToken,
      authorization,
      ...authorization.split('.'),
    ]) {
      expect(written).not.toContain(secret);
    }
  });

  it('reads its configuration anew at SIGHUP', async () => {
    const file = config();
    const broker = await built.start(file, env);
    const { roles } = stageConfig('', '');
    config({ roles: { dev: roles.dev } });
    broker.child.kill('SIGHUP');
    await broker.event('reloaded');
    expect((await ask(broker.listen, await token())).status).toBe(403);
    writeFileSync(file, '{');
    broker.child.kill('SIGHUP');
    expect(await broker.event('reload-refused')).toMatchObject({ problems: [{ hint: 'is not JSON' }] });
    expect((await ask(broker.listen, await token())).status).toBe(403);
  });

  it('serves a new certificate after SIGHUP, and keeps all as it was where the new one is broken', async () => {
    const authority = await makeAuthority();
    const tls = { cert: join(built.folder, 'cert.pem'), key: join(built.folder, 'key.pem') };
    const renew = async () => {
      const { cert, key } = await authority.issue(['localhost']);
      writeFileSync(tls.cert, cert);
      writeFileSync(tls.key, key);
    };
    await renew();
    const broker = await built.start(config({ tls }), env);
    /** The number of the certificate, and the address that the broker believes to have. */
    const shown = async () => {
      const request = get({
        port: Number(broker.listen.split(':')[1]),
        path: '/v1',
        rejectUnauthorized: false,
        agent: false,
      });
      const [answer] = (await once(request, 'response')) as [IncomingMessage];
      const { serialNumber } = (answer.socket as TLSSocket).getPeerCertificate();
      return { serialNumber, ...JSON.parse(await text(answer)) };
    };
    const first = await shown();
    await renew();
    broker.child.kill('SIGHUP');
    await broker.event('reloaded');
    const second = await shown();
    expect(second.serialNumber).not.toBe(first.serialNumber);
    config({ tls, url: 'https://else.example' });
    writeFileSync(tls.cert, 'no certificate');
    broker.child.kill('SIGHUP');
    await broker.event('reload-refused');
    expect(await shown()).toEqual(second);
  });

  it.each<[string, NodeJS.Signals[]]>([
    ['SIGINT', ['SIGINT']],
    ['a second SIGTERM', ['SIGTERM', 'SIGTERM']],
  ])('ends at once at %s, in the middle of a request', async (_, signals) => {
    const broker = await built.start(config({ drainSeconds: 300 }), env);
    const held = hold();
    rehearsal.onSts = held.hook;
    const asking = ask(broker.listen, await token()).catch(() => 'cut');
    await rehearsal.waitForRequest(({ action }) => action === 'AssumeRole');
    if (signals.length > 1) {
      broker.child.kill('SIGTERM');
      await broker.event('draining');
    }
    expect(await broker.end(signals.at(-1) ?? 'SIGINT')).toBe(0);
    expect(await asking).toBe('cut');
    held.release();
  });

  describe('killed', () => {
    it('while it loads keys, it starts anew as if nothing had been', async () => {
      const file = config();
      issuer.onRequest = () => true;
      const starting = built.start(file, env).catch((error: Error) => error.message);
      await expect.poll(() => issuer.asked.length, { timeout: 20_000 }).toBeGreaterThan(0);
      await built.close();
      expect(await starting).toMatch('the broker ended');
      built = await buildBroker();
      issuer.onRequest = undefined;
      const broker = await built.start(config(), env);
      expect((await ask(broker.listen, await token())).status).toBe(200);
    });

    it('while it reads its configuration anew, it starts with the new one', async () => {
      const file = config({ audit: 'reloading.log' });
      const broker = await built.start(file, env);
      issuer.asked.length = 0;
      issuer.onRequest = () => true;
      const { roles } = stageConfig('', '');
      config({ audit: 'reloading.log', roles: { dev: roles.dev } });
      broker.child.kill('SIGHUP');
      await expect.poll(() => issuer.asked.length, { timeout: 20_000 }).toBeGreaterThan(0);
      expect(await broker.end('SIGKILL')).toBe('SIGKILL');
      issuer.onRequest = undefined;
      const next = await built.start(file, env);
      expect((await ask(next.listen, await token())).status).toBe(403);
      expect(built.audit('reloading.log')).toEqual([expect.objectContaining({ status: 403 })]);
      expect(rehearsal.requests).toEqual([]);
    });

    it('while AWS is asked, nothing goes out and no line says that it did', async () => {
      const file = config({ audit: 'killed.log' });
      const broker = await built.start(file, env);
      const held = hold();
      rehearsal.onSts = held.hook;
      const authorization = await token();
      const asking = ask(broker.listen, authorization).catch(() => 'cut');
      await rehearsal.waitForRequest(({ action }) => action === 'AssumeRole');
      expect(await broker.end('SIGKILL')).toBe('SIGKILL');
      held.release();
      rehearsal.onSts = undefined;
      expect([await asking, built.audit('killed.log')]).toEqual(['cut', []]);
      const next = await built.start(file, env);
      expect((await ask(next.listen, authorization)).status).toBe(200);
    });

    it('in the middle of many answers, there is a line for each that came, and each line is whole', async () => {
      const file = config({ audit: 'many.log', limits: { perSecond: 10_000, burst: 10_000 } });
      const broker = await built.start(file, env);
      const given: string[] = [];
      const load = Array.from({ length: 60 }, async (_, number) => {
        const own = await issuer.token({
          aud: machineAudience,
          sub: 'repo:example/shop',
          jti: `t-${number}`,
        });
        try {
          given.push((await (await ask(broker.listen, own)).json()).AccessKeyId);
        } catch {
          // It was killed before it answered.
        }
        if (given.length === 20) broker.child.kill('SIGKILL');
      });
      await Promise.all(load);
      const lines = readFileSync(join(built.folder, 'many.log'), 'utf8').split('\n');
      expect(lines.pop()).toBe('');
      const recorded = lines.map((line) => JSON.parse(line).accessKeyId);
      expect(given.length).toBeGreaterThanOrEqual(20);
      expect(recorded).toEqual(expect.arrayContaining(given));
    });
  });
});
