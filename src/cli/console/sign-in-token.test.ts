import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { said, saying } from '../../../test/fixtures/said.ts';
import { signInToken } from './sign-in-token.ts';

let server: Server;
let endpoint: string;
let answer: { status: number; body: string; headers?: Record<string, string> };

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().once('end', () => {
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/federation`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const credentials = { accessKeyId: 'ASIA', secretAccessKey: 'secret', sessionToken: 'session' };
const ask = (about = { profile: 'dev', isRole: true }) => signInToken(endpoint, credentials, about);
const answers = (status: number, body = '', headers = {}) => {
  answer = { status, body, headers };
};

describe('a sign-in token', () => {
  it('is what AWS answers', async () => {
    answers(200, JSON.stringify({ SigninToken: 'aB-_+/=.~', More: 'to come' }));
    expect(await ask()).toEqual({ ok: true, value: 'aB-_+/=.~' });
  });

  it('is not to be had for long-lived keys, which are not sent', async () => {
    const { accessKeyId, secretAccessKey } = credentials;
    const token = await signInToken(
      'https://nowhere.invalid/',
      { accessKeyId, secretAccessKey },
      {
        profile: 'me',
        isRole: false,
      },
    );
    expect(token).toEqual({ ok: false, failure: saying('console-long-lived', 'me holds') });
  });

  it.each([400, 401, 403, 404])(
    'is refused where AWS answers %i, and why is told by whose session it is',
    async (status) => {
      answers(status, '<html>Invalid credentials parameter</html>');
      const refused = await ask();
      expect(refused).toEqual({ ok: false, failure: saying('console-refused', `(HTTP ${status})`) });
      expect(said(refused)).toContain('login dev');
      expect(said(await ask({ profile: 'mfa', isRole: false }))).toContain(
        'not with those of GetSessionToken',
      );
    },
  );

  it.each<[string, () => void, string]>([
    ['an outage', () => answers(503), 'it answered with HTTP 503'],
    ['an empty answer', () => answers(204), 'it answered with HTTP 204'],
    [
      'the page of a captive portal',
      () => answers(200, '<html>Hi</html>'),
      'what answers is not AWS Sign-In',
    ],
    ['no token', () => answers(200, '{}'), 'what answers is not AWS Sign-In'],
    ['null', () => answers(200, 'null'), 'what answers is not AWS Sign-In'],
    ['an empty token', () => answers(200, '{"SigninToken":""}'), 'what answers is not AWS Sign-In'],
    ['a number', () => answers(200, '{"SigninToken":1}'), 'what answers is not AWS Sign-In'],
    ['a token that has more behind it', () => answers(200, '{"SigninToken":"a&b=c"}'), 'is not AWS Sign-In'],
    ['a redirect', () => answers(302, '', { location: 'http://127.0.0.1:1/' }), 'sends requests on'],
    ['no end', () => answers(200, `{"SigninToken":"${'a'.repeat(2 ** 21)}"}`), 'longer than 1 MiB'],
  ])('is not taken from %s', async (_, given, words) => {
    given();
    expect(await ask()).toEqual({ ok: false, failure: saying('console-unanswered', words) });
  });

  it('is not to be had where nobody answers', async () => {
    const token = await signInToken('http://127.0.0.1:1/', credentials, { profile: 'dev', isRole: true });
    expect(token).toEqual({
      ok: false,
      failure: saying('console-unanswered', '127.0.0.1:1 could not be asked'),
    });
  });
});
