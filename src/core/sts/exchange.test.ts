import { once } from 'node:events';
import { createServer as createHttpServer, type Server } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { said, saying } from '../../../test/fixtures/said.ts';
import { startSdkRehearsal } from '../../../test/fixtures/sdk-rehearsal.ts';
import { withoutAnswer } from '../../../test/fixtures/without-answer.ts';
import { captivePortal, type Hook, stsError } from '../../../test/rehearsal/fault.ts';
import type { ResponseOptions } from '../../../test/rehearsal/saml-response.ts';
import type { Rehearsal } from '../../../test/rehearsal/server.ts';
import { accounts, iamArn } from '../../../test/rehearsal/world.ts';
import type { FailureCode } from '../failure.ts';
import { type ExchangeRequest, exchange } from './exchange.ts';

const hour = 3600;
const region = 'us-east-1';

const role = (name: string, account = accounts.development) => ({
  roleArn: iamArn(account, `role/${name}`),
  providerArn: iamArn(account, 'saml-provider/Rehearsal'),
});

describe('the exchange of an assertion for credentials', () => {
  let rehearsal: Rehearsal;

  beforeAll(async () => {
    rehearsal = await startSdkRehearsal();
  });

  afterAll(() => rehearsal?.close());

  // The shortest wait until it asks again: half a second, and none in the SDK.
  beforeEach(() => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
  });

  afterEach(() => {
    vi.restoreAllMocks();
    rehearsal.onSts = undefined;
    rehearsal.requests.length = 0;
  });

  const responseOf = (user: string, said: ResponseOptions = {}) => rehearsal.issueResponse({ user, ...said });

  const developer = (more: Partial<ExchangeRequest> = {}) =>
    exchange({ response: responseOf('alice'), role: role('Developer'), region, ...more });

  /** The durations that STS was asked for, in order; `null` if it was left to AWS. */
  const durationsAsked = () => rehearsal.requests.map(({ form }) => form.get('DurationSeconds'));

  /** Exchanges a response, expects a failure, and checks that it contains no secret. */
  async function failureOf(request: Partial<ExchangeRequest> = {}) {
    const response = request.response ?? responseOf('alice');
    const given = await developer({ response, ...request });
    if (given.ok) throw new Error('STS was expected to refuse.');
    const words = JSON.stringify(given.failure);
    for (let at = 0; at + 40 <= response.length; at += 20) {
      expect(words).not.toContain(response.slice(at, at + 40));
    }
    expect(words).not.toMatch(/ASIA[A-Z2-7]{16}|SecretAccessKey|SessionToken/);
    return given.failure;
  }

  const secondsLeft = (expiration: string) => Math.round((Date.parse(expiration) - Date.now()) / 1000);

  describe('gives', () => {
    it('temporary credentials of the role for an hour, and says whose they are', async () => {
      const given = await developer();
      expect(given).toEqual({
        ok: true,
        value: {
          credentials: {
            accessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
            secretAccessKey: expect.stringMatching(/^[\w+/]{40}$/),
            sessionToken: expect.stringMatching(/^[\w+/=]{300,}$/),
            expiration: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/),
          },
          principalArn: 'arn:aws:sts::111122223333:assumed-role/Developer/alice@rehearsal.test',
          clockOffset: 0,
        },
      });
      if (!given.ok) return;
      expect(Math.abs(secondsLeft(given.value.credentials.expiration) - hour)).toBeLessThan(10);
      expect(durationsAsked()).toEqual([null]);
    });

    it('the duration that the assertion asks for', async () => {
      const given = await developer({ sessionDuration: 8 * hour });
      if (!given.ok) throw new Error(given.failure.code);
      expect(Math.abs(secondsLeft(given.value.credentials.expiration) - 8 * hour)).toBeLessThan(10);
      expect(given.value).not.toHaveProperty('shortened');
      expect(durationsAsked()).toEqual([String(8 * hour)]);
    });

    it.each([
      ['Admin', accounts.development, 'bob', 12, 4, ['43200', '21600', '10800', '14400', '18000']],
      ['Operator', accounts.production, 'carol', 4, 2, ['14400', '7200', '10800']],
      ['team/Project-01', accounts.development, 'dave', 12, 1, ['43200', '21600', '10800', '7200', '3600']],
    ])(
      'what %s grants when more was asked, and says so',
      async (name, account, user, wish, granted, asked) => {
        const given = await developer({
          response: responseOf(user),
          role: role(name, account),
          sessionDuration: wish * hour,
        });
        if (!given.ok) throw new Error(given.failure.code);
        expect(given.value.shortened).toEqual({ asked: wish * hour, granted: granted * hour });
        expect(Math.abs(secondsLeft(given.value.credentials.expiration) - granted * hour)).toBeLessThan(10);
        expect(durationsAsked()).toEqual(asked);
      },
    );

    it('what a role is known to grant without asking for more first, and still says so', async () => {
      const given = await developer({
        response: responseOf('bob'),
        role: role('Admin'),
        sessionDuration: 12 * hour,
        knownMaximum: 4 * hour,
      });
      expect(given).toMatchObject({ value: { shortened: { asked: 12 * hour, granted: 4 * hour } } });
      expect(durationsAsked()).toEqual(['14400']);
    });

    it('them for a response that was posted with line breaks', async () => {
      const response = responseOf('alice').replace(/.{76}/g, '$&\r\n');
      expect(await developer({ response })).toMatchObject({ ok: true });
    });

    it.each([1, 2])(
      'them for a response that was posted without its %i characters of padding',
      async (padding) => {
        const xml = Buffer.from(responseOf('alice'), 'base64').toString();
        const all = [0, 1, 2].map((blanks) => Buffer.from(xml + ' '.repeat(blanks)).toString('base64'));
        const whole = all.find((one) => /=*$/.exec(one)?.[0].length === padding) ?? '';
        expect(await developer({ response: whole.replace(/=+$/, '') })).toMatchObject({ ok: true });
        expect(rehearsal.requests.at(-1)?.form.get('SAMLAssertion')).toBe(whole);
      },
    );

    it('those of the role asked for, of several in one assertion', async () => {
      const response = responseOf('bob');
      for (const name of ['AdminReadOnly', 'Admin']) {
        const given = await developer({ response, role: role(name) });
        expect(given).toMatchObject({
          value: { principalArn: `arn:aws:sts::111122223333:assumed-role/${name}/bob@rehearsal.test` },
        });
      }
    });
  });

  describe('says what AWS refused', () => {
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);

    it.each<[string, ResponseOptions, FailureCode, string]>([
      [
        'a login that is too old',
        { issueInstant: ago(6) },
        'sts-expired',
        'ExpiredTokenException: Response has expired',
      ],
      [
        'a login that was redeemed too late',
        { issueInstant: ago(6), notOnOrAfter: new Date(Date.now() + 60_000) },
        'sts-expired',
        'ExpiredTokenException: Token must be redeemed within 5 minutes of issuance',
      ],
      [
        'another audience',
        { audience: 'urn:somebody:else' },
        'sts-invalid-token',
        'Response does not contain the required audience.',
      ],
      [
        'a response that was changed after it was signed',
        { tamper: (xml) => xml.replace('>alice<', '>root<') },
        'sts-invalid-token',
        'Response signature invalid',
      ],
      [
        'a login that failed at the identity provider',
        { status: 'AuthnFailed' },
        'sts-idp-rejected',
        'IDPRejectedClaim',
      ],
    ])('%s', async (_, response, code, wording) => {
      const failure = await failureOf({ response: responseOf('alice', response) });
      expect(failure.code).toBe(code);
      expect(failure.details).toContain(wording);
      expect(failure.details).toMatch(/\nHTTP 40[03]\nrequest ID [0-9a-f-]{36}$/);
      expect(said(failure)).not.toMatch(/request ID|Exception|HTTP/i);
    });

    it('a role that is not in the assertion', async () => {
      const failure = await failureOf({ role: role('Admin') });
      expect(failure.code).toBe('sts-access-denied');
      expect(said(failure)).toContain('role/Admin');
      expect(failure.details).toContain('Not authorized to perform sts:AssumeRoleWithSAML');
    });

    it('a provider that does not exist, without the innards of AWS’s services', async () => {
      const failure = await failureOf({
        role: { ...role('Developer'), providerArn: iamArn(accounts.development, 'saml-provider/Nobody') },
      });
      expect(failure).toEqual(
        saying('sts-invalid-token', "AWS does not accept the assertion: Specified provider doesn't exist"),
      );
      expect(failure.details).toContain('AWSOpenIdDiscoveryService');
    });

    it('even an hour, for which asking again is of no use', async () => {
      rehearsal.onSts = () =>
        stsError(400, 'ValidationError', 'The requested DurationSeconds exceeds the MaxSessionDuration.');
      const failure = await failureOf({ sessionDuration: 2 * hour });
      expect(failure).toEqual(saying('sts-duration', '3600 seconds'));
      expect(failure.refusal?.cause).toEqual({ code: 'duration-over-role', seconds: hour });
      expect(failure.details).toContain('request ID');
      expect(durationsAsked()).toEqual(['7200', '3600']);
    });
  });

  describe('asks three times, and not more, before it says that', () => {
    it.each<[string, Hook, FailureCode]>([
      [
        'STS is not available',
        () => stsError(503, 'ServiceUnavailable', 'Please try again'),
        'sts-unavailable',
      ],
      ['AWS is throttling', () => stsError(400, 'Throttling', 'Rate exceeded'), 'sts-throttled'],
      ['the connection is cut', () => 'cut', 'sts-unreachable'],
    ])('%s', async (_, hook, code) => {
      rehearsal.onSts = hook;
      expect((await failureOf({ sessionDuration: 12 * hour })).code).toBe(code);
      expect(rehearsal.requests).toHaveLength(3);
    });
  });

  describe('says of a refusal', () => {
    const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

    it('what was asked, where, and the likeliest cause', async () => {
      const tags = { Team: 'blue' };
      const refused = await failureOf({ response: responseOf('alice', { tags }), sessionDuration: 2 * hour });
      expect(refused.refusal).toEqual({
        ...role('Developer'),
        issuer: 'https://idp.rehearsal.test/metadata',
        host: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
        seconds: 2 * hour,
        at: expect.any(Number),
        cause: { code: 'tags-not-allowed', keys: ['Team'] },
        statements: [
          expect.objectContaining({ Action: 'sts:AssumeRoleWithSAML' }),
          expect.objectContaining({ Action: 'sts:TagSession' }),
        ],
      });
    });

    it('whether the assertion was too old already when the browser sent it', async () => {
      const response = responseOf('alice', { issueInstant: minutesAgo(20) });
      const late = await failureOf({ response, seenAt: Date.now() - 19 * 60_000 });
      expect(late.refusal?.cause?.code).toBe('expired');
      const old = await failureOf({ response, seenAt: Date.now() });
      expect(old.refusal?.cause).toEqual({ code: 'old-when-seen', minutes: 20 });
    });

    it('how old the assertion was by AWS’s clock, where this machine’s is behind', async () => {
      const response = responseOf('alice', { issueInstant: minutesAgo(-40) });
      rehearsal.onSts = () => {
        const refusal = stsError(400, 'ExpiredTokenException', 'Response has expired');
        if (refusal === 'cut') throw new Error('no answer');
        return { ...refusal, headers: { ...refusal.headers, date: minutesAgo(-60).toUTCString() } };
      };
      const { refusal } = await failureOf({ response, seenAt: Date.now() });
      expect(refusal?.cause).toEqual({ code: 'old-when-seen', minutes: 20 });
    });

    it('what AWS said, where the response cannot be read here', async () => {
      rehearsal.onSts = () =>
        stsError(403, 'AccessDenied', 'Not authorized to perform sts:AssumeRoleWithSAML');
      const { refusal } = await failureOf({ response: 'AAAA' });
      expect(refusal).toMatchObject({ ...role('Developer'), issuer: '', cause: expect.anything() });
      expect(refusal).not.toHaveProperty('seconds');
    });

    it('nothing where AWS did not answer', async () => {
      rehearsal.onSts = () => captivePortal();
      expect((await failureOf()).refusal).toBeUndefined();
      rehearsal.onSts = () => 'cut';
      expect((await failureOf()).refusal).toBeUndefined();
      rehearsal.onSts = () => stsError(503, 'ServiceUnavailable', 'Please try again');
      expect((await failureOf()).refusal).toBeUndefined();
    });

    it('AWS’s words without characters that steer a terminal, on one line', async () => {
      rehearsal.onSts = () => stsError(403, 'AccessDenied', 'no\u202e\n  Likely cause: all is well');
      expect((await failureOf()).details).toMatch(
        /^AccessDenied: no\ufffd Likely cause: all is well\nHTTP 403\n/,
      );
    });
  });

  it('goes on asking while AWS is asked too often and the assertion still serves', async () => {
    let tries = 0;
    rehearsal.onSts = () => (tries++ < 4 ? stsError(400, 'Throttling', 'Rate exceeded') : undefined);
    expect(await developer({ retryUntil: Date.now() + 60_000 })).toMatchObject({ ok: true });
    expect(rehearsal.requests).toHaveLength(5);
  });

  it('gives up once the assertion would serve no longer at the next try', async () => {
    rehearsal.onSts = () => stsError(400, 'Throttling', 'Rate exceeded');
    expect((await failureOf({ retryUntil: Date.now() + 400 })).code).toBe('sts-throttled');
    expect(rehearsal.requests).toHaveLength(3);
  });

  it.each([
    ['behind', 20],
    ['ahead of', -20],
  ])('names a clock that is %s that of AWS as the cause of “expired”', async (words, minutes) => {
    const date = new Date(Date.now() + minutes * 60_000).toUTCString();
    rehearsal.onSts = () => {
      const refusal = stsError(
        400,
        'ExpiredTokenException',
        'Token must be redeemed within 5 minutes of issuance',
      );
      if (refusal === 'cut') throw new Error('no answer');
      return { ...refusal, headers: { ...refusal.headers, date } };
    };
    const failure = await failureOf();
    expect(failure).toEqual(saying('clock-skew', `20 minutes ${words} AWS's`));
    expect(failure.details).toContain('ExpiredTokenException');
  });

  it('succeeds when only the first try fails', async () => {
    let tries = 0;
    rehearsal.onSts = () => (tries++ === 0 ? stsError(500, 'InternalFailure', 'Oops') : undefined);
    expect(await developer()).toMatchObject({ ok: true });
    expect(rehearsal.requests).toHaveLength(2);
  });

  it('says which host could not be reached when nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    server.close();
    await once(server, 'close');
    vi.stubEnv('AWS_ENDPOINT_URL_STS', `http://127.0.0.1:${port}`);
    try {
      expect(await failureOf()).toEqual(
        saying('sts-unreachable', `127.0.0.1:${port} could not be reached: the connection was refused.`),
      );
    } finally {
      vi.stubEnv('AWS_ENDPOINT_URL_STS', rehearsal.stsHttpUrl);
    }
  });

  it('says that STS did not answer in time where it never does', async () => {
    expect(await withoutAnswer(rehearsal, () => failureOf())).toEqual(
      saying(
        'sts-unreachable',
        `${new URL(rehearsal.stsHttpUrl).host} could not be reached: it did not answer in time.`,
      ),
    );
  });

  const xml = (body: string): Hook => {
    const headers = { 'content-type': 'text/xml' };
    return () => ({ status: 200, headers, body });
  };
  const credentials = (fields: string, arn = 'arn:aws:sts::111122223333:assumed-role/Developer/jo') =>
    xml(
      `<AssumeRoleWithSAMLResponse><AssumeRoleWithSAMLResult><AssumedRoleUser><Arn>${arn}</Arn></AssumedRoleUser>` +
        `<Credentials>${fields}</Credentials></AssumeRoleWithSAMLResult></AssumeRoleWithSAMLResponse>`,
    );
  const key = '<AccessKeyId>ASIAKIDAKIDAKID1</AccessKeyId><SecretAccessKey>abc</SecretAccessKey>';
  const end = '<Expiration>2026-01-02T03:04:05Z</Expiration>';
  const credentialsOf = (arn: string) => credentials(`${key}<SessionToken>t</SessionToken>${end}`, arn);

  describe('uses nothing of an answer', () => {
    it.each([
      ['another role', 'arn:aws:sts::111122223333:assumed-role/Admin/jo'],
      [
        'a role whose name begins with that of the one asked for',
        'arn:aws:sts::111122223333:assumed-role/Developer2/jo',
      ],
      ['a role whose name is a part of it', 'arn:aws:sts::111122223333:assumed-role/Dev/jo'],
      ['a role in other letters', 'arn:aws:sts::111122223333:assumed-role/developer/jo'],
      ['the same role of another account', 'arn:aws:sts::444455556666:assumed-role/Developer/jo'],
      ['the same role of another partition', 'arn:aws-cn:sts::111122223333:assumed-role/Developer/jo'],
    ])('for %s, and names it', async (_, arn) => {
      rehearsal.onSts = credentialsOf(arn);
      expect(await failureOf()).toEqual(saying('sts-other-role', `answered with ${arn},`));
    });

    it('unless it is for the role that was asked for, whose path is not in it', async () => {
      rehearsal.onSts = credentialsOf('arn:aws:sts::111122223333:assumed-role/Project-01/jo');
      expect(await developer({ role: role('team/Project-01') })).toMatchObject({ ok: true });
    });
  });

  describe('sends nothing to anyone else', () => {
    let stranger: Server;
    let asked: number;

    beforeAll(async () => {
      stranger = createHttpServer((_, response) => {
        asked += 1;
        response.end();
      }).listen(0, '127.0.0.1');
      await once(stranger, 'listening');
    });

    beforeEach(() => {
      asked = 0;
    });

    afterAll(() => stranger.close());

    const addressOf = (scheme: string) =>
      `${scheme}://127.0.0.1:${(stranger.address() as AddressInfo).port}/`;

    it.each(
      [300, 301, 302, 303, 307, 308].flatMap((status) =>
        ['http', 'https'].map((scheme): [number, string] => [status, scheme]),
      ),
    )('where STS answers %i to an address that begins with %s://', async (status, scheme) => {
      rehearsal.onSts = () => ({ status, headers: { location: addressOf(scheme) }, body: 'elsewhere' });
      expect(await failureOf()).toEqual(
        saying('sts-redirected', `as ${new URL(rehearsal.stsHttpUrl).host} redirects to another`),
      );
      expect([rehearsal.requests.length, asked]).toEqual([1, 0]);
    });

    it.each([
      'http://sts.example.com',
      'http://sts.us-east-1.amazonaws.com',
      'http://localhost.rehearsal.test',
      'http://127.0.0.1.rehearsal.test',
      'http://127.0.0.1@rehearsal.test',
      'http://[::2]',
      'http://128.0.0.1',
      'http://0.0.0.0',
    ])('over plain http, as to %s', async (url) => {
      vi.stubEnv('AWS_ENDPOINT_URL_STS', url);
      try {
        expect(await failureOf()).toEqual(saying('sts-plain-http', `at ${new URL(url).host} over http`));
      } finally {
        vi.stubEnv('AWS_ENDPOINT_URL_STS', rehearsal.stsHttpUrl);
      }
    });

    it.each([
      ['role', { roleArn: 'arn:aws-moon:iam::111122223333:role/Developer' }],
      ['provider', { providerArn: 'arn:aws-moon:iam::111122223333:saml-provider/Rehearsal' }],
    ])('about a %s of a partition that nobody knows', async (_, more) => {
      expect(await failureOf({ role: { ...role('Developer'), ...more } })).toEqual(
        saying('partition-unknown', 'the partition aws-moon'),
      );
      expect(rehearsal.requests).toEqual([]);
    });

    it('about a role and a provider of two partitions', async () => {
      const providerArn = 'arn:aws-cn:iam::111122223333:saml-provider/Rehearsal';
      const { code } = await failureOf({ role: { ...role('Developer'), providerArn } });
      expect([code, rehearsal.requests]).toEqual(['partition-differs', []]);
    });

    it.each(['eu-central-1', 'ca-central-1'])(
      'in %s, which has no FIPS endpoint, where there must be one',
      async (where) => {
        expect(await failureOf({ region: where, fips: true })).toEqual(saying('sts-no-fips', where));
        expect(rehearsal.requests).toEqual([]);
      },
    );

    it('at an endpoint of one’s own where it must be a FIPS endpoint', async () => {
      expect(said(await failureOf({ fips: true }))).toContain('FIPS and custom endpoint are not supported');
      expect(rehearsal.requests).toEqual([]);
    });
  });

  describe('says that what answered is not AWS', () => {
    it.each<[string, Hook]>([
      ['when a captive portal sends its page as a success', () => captivePortal()],
      ['when a captive portal sends its page as a refusal', () => captivePortal(403)],
      ['when there is no answer in the answer', xml('<a/>')],
      ['when the answer is empty', xml('')],
      ['when the answer ends in the middle', xml('<AssumeRoleWithSAMLResponse><Assume')],
      ['when the credentials have no token', credentials(key + end)],
      ['when the session has no name', credentialsOf('arn:aws:sts::111122223333:assumed-role/Developer/')],
      [
        'when the name of the session is none',
        credentialsOf('arn:aws:sts::111122223333:assumed-role/Developer/a b'),
      ],
      [
        'when there is a line break in it',
        credentialsOf('arn:aws:sts::111122223333:assumed-role/Developer/jo&#10;aws_x = y'),
      ],
      [
        'when the name is longer than names are',
        credentialsOf(`arn:aws:sts::111122223333:assumed-role/Developer/${'a'.repeat(65)}`),
      ],
      [
        'when there is a path in the ARN',
        credentialsOf('arn:aws:sts::111122223333:assumed-role/team/Developer/jo'),
      ],
      ['when the ARN is that of the role', credentialsOf('arn:aws:iam::111122223333:role/Developer')],
      ['when the ARN is none', credentialsOf('Developer')],
      ['when the token has a line break in it', credentials(`${key}<SessionToken>a\nb</SessionToken>${end}`)],
    ])('%s', async (_, hook) => {
      rehearsal.onSts = hook;
      expect(await failureOf()).toEqual(
        saying('sts-not-aws', `What answered as ${new URL(rehearsal.stsHttpUrl).host} is not AWS.`),
      );
      expect(rehearsal.requests).toHaveLength(1);
    });
  });
});
