import { request } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { type OneTimePage, oneTimePage } from './one-time-page.ts';

const link = 'https://signin.aws.amazon.com/federation?Action=login&SigninToken=secret';
let page: OneTimePage;
afterEach(() => page.close());

async function serve(): Promise<void> {
  const served = await oneTimePage(link);
  if (!served.ok) throw new Error('not served');
  page = served.value;
}

const ask = (address = page.address, options: { method?: string; headers?: Record<string, string> } = {}) =>
  new Promise<{ status: number | undefined; headers: Record<string, unknown> }>((resolve, reject) => {
    request(address, { agent: false, ...options }, (response) => {
      response
        .resume()
        .once('end', () => resolve({ status: response.statusCode, headers: response.headers }));
    })
      .once('error', reject)
      .end();
  });

it('leads a browser to the link, and leaves no trace of it in caches and referrers', async () => {
  await serve();
  expect(await ask()).toMatchObject({
    status: 302,
    headers: { location: link, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  });
  await page.taken;
});

it('does so once', async () => {
  await serve();
  await ask();
  const again = await ask();
  expect(again.status).toBe(410);
  expect(JSON.stringify(again)).not.toContain('secret');
});

it.each<[string, () => ReturnType<typeof ask>]>([
  ['another address', () => ask(new URL('/', page.address).href)],
  ['an address with more behind it', () => ask(`${page.address}?x`)],
  ['another name of this machine', () => ask(page.address, { headers: { host: 'localhost' } })],
  ['a name that was made to lead here', () => ask(page.address, { headers: { host: 'evil.example' } })],
  ['a HEAD', () => ask(page.address, { method: 'HEAD' })],
  ['a POST', () => ask(page.address, { method: 'POST' })],
])('gives nothing to %s, and is still there for the browser', async (_, wrong) => {
  await serve();
  const refused = await wrong();
  expect(refused.status).toBe(404);
  expect(JSON.stringify(refused)).not.toContain('secret');
  expect((await ask()).status).toBe(302);
});

it('has an address that nobody can guess, on this machine alone', async () => {
  await serve();
  expect(page.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/);
});
