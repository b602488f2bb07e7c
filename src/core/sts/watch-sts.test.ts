import type { STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { watchSts } from './watch-sts.ts';

const minute = 60_000;
const https = { protocol: 'https:', hostname: 'sts.eu-west-1.amazonaws.com' };

/** What is learnt from one request and its answer, and the code of what was thrown. */
async function watch(request: object, response: object = { statusCode: 200 }) {
  type Middleware = (next: (args: object) => Promise<object>) => (args: object) => Promise<object>;
  let middleware: Middleware | undefined;
  const add = (one: Middleware) => {
    middleware = one;
  };
  const seen = watchSts({ middlewareStack: { add } } as unknown as STSClient, 'sts.us-east-1.amazonaws.com');
  let isSent = false;
  const send = async () => {
    isSent = true;
    return { response };
  };
  const code = await middleware?.(send)({ request }).then(
    () => undefined,
    (error) => error.code ?? String(error),
  );
  return { ...seen, isSent, code };
}

describe('a request to STS', () => {
  it('tells whom it goes to', async () => {
    expect(await watch(https)).toMatchObject({ host: https.hostname, isSent: true, code: undefined });
    expect(await watch({ ...https, port: 8443 })).toMatchObject({ host: `${https.hostname}:8443` });
    expect(await watch({ ...https, hostname: 'a\u202eb' })).toMatchObject({ host: 'a\ufffdb' });
  });

  it.each(['localhost:', 'file:', 'xhttps:', 'httpss:', 'https::'])('is not sent by %s', async (protocol) => {
    expect(await watch({ ...https, protocol })).toMatchObject({
      host: 'sts.us-east-1.amazonaws.com',
      isSent: false,
      code: 'ERR_INVALID_URL',
    });
  });

  it('is sent over plain http to this machine alone', async () => {
    const http = { protocol: 'http:', port: 4566 };
    expect(await watch({ ...http, hostname: '127.0.0.1' })).toMatchObject({ isSent: true, code: undefined });
    expect(await watch({ ...http, hostname: 'sts.example' })).toMatchObject({
      host: 'sts.example:4566',
      isSent: false,
      code: 'PLAIN_HTTP',
    });
  });
});

describe('an answer of STS', () => {
  it.each([0, 300, 302, 399])(
    'with the status %i is a redirect, of which nothing is read',
    async (statusCode) => {
      let isDropped = false;
      const body = {
        destroy: () => {
          isDropped = true;
        },
      };
      expect(await watch(https, { statusCode, body })).toMatchObject({ code: 'REDIRECTED' });
      expect(isDropped).toBe(true);
      expect(await watch(https, { statusCode })).toMatchObject({ code: 'REDIRECTED' });
      expect(await watch(https, { statusCode, body: {} })).toMatchObject({ code: 'REDIRECTED' });
    },
  );

  it.each([200, 299, 400, 503])('with the status %i is none', async (statusCode) => {
    expect(await watch(https, { statusCode })).toMatchObject({ code: undefined });
  });

  it.each([
    ['an hour ahead', 60, 60],
    ['an hour behind', -60, -60],
    ['a minute ahead, which explains nothing', 1, 0],
  ])('tells that AWS is %s', async (_, ahead, minutes) => {
    const date = new Date(Date.now() + ahead * minute).toUTCString();
    const { clockOffset } = await watch(https, { statusCode: 200, headers: { date } });
    expect(Math.round(clockOffset / minute)).toBe(minutes);
  });

  it('without a time tells none', async () => {
    for (const headers of [undefined, {}, { date: 'soon' }]) {
      expect(await watch(https, { statusCode: 200, headers })).toMatchObject({
        clockOffset: 0,
        code: undefined,
      });
    }
  });
});
