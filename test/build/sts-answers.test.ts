import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { xmlParserForWorkers } from '../../scripts/vite/xml-parser-for-workers.ts';
import { assumeRole } from '../../src/core/sts/assume-role.ts';
import { exchange } from '../../src/core/sts/exchange.ts';
import { startSdkRehearsal } from '../fixtures/sdk-rehearsal.ts';
import { captivePortal, type Hook, stsError } from '../rehearsal/fault.ts';
import type { Rehearsal } from '../rehearsal/server.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';

// The extension asks STS by fetch and reads the answers with another parser than the SDK has for browsers. What it is
// built of is asked here the same as what the CLI is made of: the SDK for Node.

const root = fileURLToPath(new URL('../../', import.meta.url));
const samples = join(process.env.ROLEFERRY_SAMPLES ?? join(root, '../shared/samples'), 'sts');

interface Asking {
  exchange: typeof exchange;
  assumeRole: typeof assumeRole;
}

let folder: string;
let rehearsal: Rehearsal;
let extension: Asking;
const cli: Asking = { exchange, assumeRole };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roleferry-sts-answers-'));
  rehearsal = await startSdkRehearsal();
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [xmlParserForWorkers()],
    publicDir: false,
    build: {
      outDir: folder,
      minify: false,
      lib: {
        entry: { exchange: 'src/core/sts/exchange.ts', 'assume-role': 'src/core/sts/assume-role.ts' },
        formats: ['es'],
      },
    },
  });
  const load = (name: string) => import(pathToFileURL(join(folder, `${name}.js`)).href);
  extension = { ...(await load('exchange')), ...(await load('assume-role')) };
  vi.stubGlobal('fetch', toRehearsal);
}, 60_000);

afterAll(async () => {
  vi.unstubAllGlobals();
  await rehearsal?.close();
  await rm(folder, { recursive: true, force: true });
});

afterEach(() => {
  rehearsal.onSts = undefined;
  rehearsal.requests.length = 0;
});

/** As a browser would send it, had its name been resolved to the rehearsal. */
async function toRehearsal(...asked: ConstructorParameters<typeof Request>): Promise<Response> {
  const request = new Request(...asked);
  const { host, pathname } = new URL(request.url);
  const body = await request.text();
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(rehearsal.stsHttpUrl);
    const headers = { ...Object.fromEntries(request.headers), host };
    const sent = httpRequest({ hostname, port, path: pathname, method: request.method, headers });
    sent.on('error', () => reject(new TypeError('Failed to fetch')));
    sent.on('response', async (answer) => {
      try {
        let text = '';
        for await (const chunk of answer.setEncoding('utf8')) text += chunk;
        const pairs = Object.entries(answer.headers).map(([name, value]): [string, string] => [
          name,
          String(value),
        ]);
        resolve(new Response(text, { status: answer.statusCode ?? 0, headers: pairs }));
      } catch {
        reject(new TypeError('network error'));
      }
    });
    sent.end(body);
  });
}

const role = {
  roleArn: iamArn(accounts.development, 'role/Developer'),
  providerArn: iamArn(accounts.development, 'saml-provider/Rehearsal'),
};

const bySaml = ({ exchange }: Asking, response = rehearsal.issueResponse({ user: 'alice' })) =>
  exchange({ response, role, region: 'us-east-1', sessionDuration: 3600 });

/** What was sent, without what is another each time. */
const sent = () =>
  rehearsal.requests.map(({ method, path, body, headers }) => ({
    method,
    path,
    body: body.toString(),
    type: headers['content-type'],
    attempt: headers['amz-sdk-request'],
  }));

/** The rehearsal gives each request an id, and only the extension asks for STS by its name. */
const comparable = <T>(told: T): T =>
  JSON.parse(
    JSON.stringify(told)
      .replace(/request ID [\da-f]{8}-[\da-f-]{27}/g, 'request ID')
      .replaceAll(new URL(rehearsal.stsHttpUrl).host, 'sts.us-east-1.amazonaws.com'),
  );

/** What comes of it, and what was sent for it, in the CLI and in the extension. */
async function both<T>(ask: (product: Asking) => Promise<T>) {
  const answers = [];
  for (const product of [cli, extension]) {
    rehearsal.requests.length = 0;
    answers.push({ answer: comparable(await ask(product)), sent: sent() });
  }
  return answers;
}

const xml = (body: string, status = 200, headers = {}): Hook => {
  const all = { 'content-type': 'text/xml', 'x-amzn-requestid': 'a-request', ...headers };
  return () => ({ status, headers: all, body });
};

const answer = (fields: string, beside = '') =>
  `<?xml version="1.0"?><!-- x --><AssumeRoleWithSAMLResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithSAMLResult>${beside}<AssumedRoleUser><AssumedRoleId>A:b</AssumedRoleId><Arn>arn:aws:sts::111122223333:assumed-role/Developer/jo</Arn></AssumedRoleUser><Credentials>${fields}</Credentials><PackedPolicySize>6</PackedPolicySize></AssumeRoleWithSAMLResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></AssumeRoleWithSAMLResponse>`;
const keys =
  '<AccessKeyId>ASIAKIDAKIDAKID1</AccessKeyId><SecretAccessKey>ab+/c</SecretAccessKey><SessionToken>t/+=</SessionToken>';
const ending = (time: string) => `<Expiration>${time}</Expiration>`;
const end = ending('2031-01-02T03:04:05Z');

describe('what STS answers to an assertion', () => {
  it('brings the extension credentials', async () => {
    expect(await bySaml(extension)).toMatchObject({
      ok: true,
      value: { credentials: { accessKeyId: expect.stringMatching(/^ASIA/) }, clockOffset: 0 },
    });
  });

  it.each<[string, Hook]>([
    ['an answer', xml(answer(keys + end))],
    ['an answer with fractions of seconds', xml(answer(keys + ending('2031-01-02T03:04:05.123Z')))],
    ['an answer with a time of another zone', xml(answer(keys + ending('2031-01-02T03:04:05+02:00')))],
    ['an answer with references and CDATA', xml(answer(keys.replace('ab', 'a&#98;<![CDATA[b]]>') + end))],
    ['an answer on many lines', xml(answer(`${keys}${end}`).replaceAll('><', '>\n  <'))],
    [
      'an answer with names and lists that are new',
      xml(answer(keys + end, '<New><a>1</a><a>2</a></New><New/>')),
    ],
    ['an answer with no token', xml(answer(end))],
    ['an answer with a time that is none', xml(answer(keys + ending('tomorrow')))],
    ['an answer with a year for a time', xml(answer(keys + ending('2031')))],
    ['an answer with two tokens', xml(answer(`${keys}<SessionToken>x</SessionToken>${end}`))],
    ['an answer without an answer', xml('<a/>')],
    ['an empty answer', xml('')],
    ['an answer that ends in the middle', xml('<AssumeRoleWithSAMLResponse><Assume')],
    ['an answer that is not XML', xml('{"a": 1}')],
    ['an answer with a late clock', xml(answer(keys + end), 200, { date: 'Tue, 01 Jan 2030 00:00:00 GMT' })],
    ['the page of a network', () => captivePortal()],
    ['the page of a network as a refusal', () => captivePortal(403)],
    ['a login that a network wants', () => captivePortal(511)],
    ['a redirect', () => ({ status: 302, headers: { location: '/' }, body: '' })],
    ['a refusal without a body', () => ({ status: 400, headers: {}, body: '' })],
    ['a page that is not there', () => ({ status: 404, headers: {}, body: '' })],
    ['a service that is not there', xml('', 503)],
    ['a service that breaks down', () => stsError(500, 'InternalFailure', 'Oh.')],
    ['a connection that is cut', () => 'cut'],
    ['too many requests', () => stsError(400, 'Throttling', 'Rate exceeded')],
    ['a refusal with a reference', () => stsError(403, 'AccessDenied', 'a < b & "c"')],
    [
      'an expired login',
      () => stsError(400, 'ExpiredTokenException', 'Token must be redeemed within 5 minutes'),
    ],
    ['a login that was refused', () => stsError(403, 'IDPRejectedClaim', 'no')],
    ['a token that is not sound', () => stsError(400, 'InvalidIdentityToken', 'no')],
    ['a policy that is not sound', () => stsError(400, 'MalformedPolicyDocument', 'no')],
    ['tags that are too large', () => stsError(400, 'PackedPolicyTooLarge', 'no')],
    ['a region that is off', () => stsError(403, 'RegionDisabledException', 'no')],
    ['a refusal of other calls', () => stsError(403, 'SessionDurationEscalationException', 'no')],
    ['a refusal that is new', () => stsError(400, 'SomethingNew', 'no')],
  ])('is asked for alike and read alike in extension and CLI: %s', async (_, hook) => {
    rehearsal.onSts = hook;
    const response = rehearsal.issueResponse({ user: 'alice' });
    const [ofCli, ofExtension] = await both((product) => bySaml(product, response));
    expect(plain(ofExtension?.answer)).toBe(plain(ofCli?.answer));
    expect(ofExtension?.sent).toEqual(ofCli?.sent);
  });

  it.skipIf(!existsSync(samples))(
    'is read alike where it is any refusal of STS that is known',
    async () => {
      const known: { file: string; status: number }[] = JSON.parse(
        readFileSync(join(samples, 'errors.json'), 'utf8'),
      );
      const files = known.filter(({ file, status }) => file?.endsWith('.xml') && status >= 400);
      expect(files.length).toBeGreaterThan(15);
      for (const { file, status } of files) {
        rehearsal.onSts = xml(readFileSync(join(samples, file), 'utf8'), status);
        const response = rehearsal.issueResponse({ user: 'alice' });
        const [ofCli, ofExtension] = await both((product) => bySaml(product, response));
        expect({ file, answer: plain(ofExtension?.answer) }).toEqual({ file, answer: plain(ofCli?.answer) });
        expect({ file, sent: ofExtension?.sent }).toEqual({ file, sent: ofCli?.sent });
      }
    },
    60_000,
  );

  it('is asked for a second time where the first one fails', async () => {
    let times = 0;
    rehearsal.onSts = () =>
      times++ === 0 ? { status: 503, headers: { 'retry-after': '0' }, body: '' } : undefined;
    expect(await bySaml(extension)).toMatchObject({ ok: true });
    expect(times).toBe(2);
  });
});

it('has the browser follow no redirect with what the extension sends', async () => {
  const followed: RequestRedirect[] = [];
  vi.stubGlobal('fetch', async (...asked: Parameters<typeof toRehearsal>) => {
    followed.push(new Request(...asked).redirect);
    // As a browser hands over a redirect that it does not follow: status 0 and nothing else.
    return Response.error();
  });
  try {
    expect(await bySaml(extension)).toMatchObject({ ok: false });
    expect(followed).toEqual(['manual']);
  } finally {
    vi.stubGlobal('fetch', toRehearsal);
  }
});

it('lets the extension ask for twelve roles at once, where browsers open six connections of a sort', async () => {
  const sorts: RequestCredentials[] = [];
  vi.stubGlobal('fetch', (...asked: Parameters<typeof toRehearsal>) => {
    const request = new Request(...asked);
    sorts.push(request.credentials);
    return toRehearsal(request);
  });
  try {
    const response = rehearsal.issueResponse({ user: 'alice' });
    await Promise.all(Array.from({ length: 12 }, () => bySaml(extension, response)));
    expect(sorts.toSorted()).toEqual([...Array(6).fill('omit'), ...Array(6).fill('same-origin')]);
    await bySaml(extension, response);
    expect(sorts.at(-1)).toBe('same-origin');
  } finally {
    vi.stubGlobal('fetch', toRehearsal);
  }
});

describe('the extension that assumes a role with other credentials', () => {
  const chain = async (product: Asking, credentials: object, more: object = {}) =>
    product.assumeRole({
      roleArn: iamArn(accounts.production, 'role/Deploy'),
      sessionName: 'jo@example.com+x',
      region: 'us-east-1',
      credentials: credentials as never,
      externalId: "a !'()*~&=ü",
      ...more,
    });

  const login = async () => {
    const given = await bySaml(extension);
    if (!given.ok) throw new Error(given.failure.code);
    rehearsal.requests.length = 0;
    return given.value.credentials;
  };

  it('signs so that AWS takes it', async () => {
    const given = await chain(extension, await login());
    expect(given).toMatchObject({
      ok: true,
      value: { principalArn: expect.stringContaining('assumed-role/Deploy/jo@example.com+x') },
    });
  });

  it('sends what the CLI sends', async () => {
    rehearsal.onSts = () => stsError(403, 'AccessDenied', 'no');
    const credentials = await login().catch(() => ({
      accessKeyId: 'ASIAKIDAKIDAKID1',
      secretAccessKey: 'x',
      sessionToken: 'y',
    }));
    const mfa = { serialNumber: 'arn:aws:iam::111122223333:mfa/x', tokenCode: '000000' };
    const [ofCli, ofExtension] = await both((product) =>
      chain(product, credentials, { mfa, sessionDuration: 900 }),
    );
    expect(ofExtension).toEqual(ofCli);
    expect(ofExtension?.sent[0]?.body).toContain('ExternalId=a%20%21%27%28%29%2A~%26%3D%C3%BC');
  });

  it('is refused with a key that is not the right one', async () => {
    const credentials = { ...(await login()), secretAccessKey: 'another' };
    const [ofCli, ofExtension] = await both((product) => chain(product, credentials));
    expect(ofExtension?.answer).toMatchObject({ ok: false, failure: { code: 'source-credentials-refused' } });
    const code = (told: unknown) => (told as { failure?: { code: string } }).failure?.code;
    expect(code(ofExtension?.answer)).toBe(code(ofCli?.answer));
  });

  it('takes AWS’s clock where that of the machine is wrong', async () => {
    const credentials = await login();
    const now = Date.now();
    // Only this clock is wrong: the rehearsal has another one.
    vi.spyOn(Date, 'now').mockImplementation(() => now);
    const dates: unknown[] = [];
    let times = 0;
    rehearsal.onSts = ({ headers }) => {
      dates.push(headers['x-amz-date']);
      if (times++ > 0) return undefined;
      const hook = xml(
        '<ErrorResponse><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>Signature expired</Message></Error></ErrorResponse>',
        403,
        { date: new Date(now + 3_600_000).toUTCString() },
      );
      return hook({} as never);
    };
    try {
      await chain(extension, credentials);
    } finally {
      vi.restoreAllMocks();
    }
    expect(dates).toHaveLength(2);
    expect(dates[1]).not.toBe(dates[0]);
  });

  it('says that there are no credentials', async () => {
    const missing = { credentials: () => Promise.reject(new Error('none')) };
    const [ofCli, ofExtension] = await both((product) => chain(product, {}, missing));
    expect(ofExtension).toEqual(ofCli);
  });
});

/** An answer without what browsers do not say, which is why a connection failed, and without what clocks add. */
function plain(answer: unknown): string {
  return JSON.stringify(answer, (key, value) =>
    key === 'reason' || key === 'at' ? undefined : value,
  ).replace(/(?<="clockOffset":\d*)\d{4}\}/, '}');
}
