import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isExempt } from '../../src/cli/network/no-proxy.ts';
import { needs } from '../needs.ts';

const curl = needs('curl');
const botocore = needs('botocore');

type Reader = 'curl' | 'botocore';
/**
 * NO_PROXY, the address, whether it is asked without the proxy, and who reads that in another way; `some curls`: it
 * depends on curl's version.
 */
type Case = [list: string, url: string, exempt: boolean, otherwise?: (Reader | 'some curls')[]];

const cases: Case[] = [
  ['', 'https://sts.example/', false],
  ['*', 'https://sts.example/', true],
  [' * ', 'https://sts.example/', true, ['curl', 'botocore']],
  ['*', 'https://192.0.2.7/', true],
  ['*,sts.test', 'https://sts.example/', false],
  ['*.example', 'https://sts.example/', false],
  ['*example', 'https://sts.example/', false],
  ['sts.*', 'https://sts.example/', false],
  ['192.0.2.*', 'https://192.0.2.7/', false],
  ['sts.example', 'https://sts.example/', true],
  ['STS.Example', 'https://sts.example/', true],
  ['sts.example', 'https://STS.EXAMPLE/', true],
  ['example', 'https://sts.example/', true],
  ['.example', 'https://sts.example/', true],
  ['.sts.example', 'https://sts.example/', true],
  ['.', 'https://sts.example/', false],
  ['ample', 'https://sts.example/', false],
  ['my-sts.example', 'https://sts.example/', false],
  ['sts.example', 'https://my-sts.example/', false],
  ['sts.example.com', 'https://sts.example/', false],
  ['sts-example', 'https://sts.example/', false],
  ['s.s.example', 'https://sts.example/', false],
  ['sts.example.', 'https://sts.example/', true, ['botocore']],
  ['sts.example', 'https://sts.example./', true, ['botocore']],
  ['a.test,sts.example', 'https://sts.example/', true],
  ['a.test, sts.example , b.test', 'https://sts.example/', true],
  ['a.test sts.example', 'https://sts.example/', true, ['botocore']],
  [',,sts.example,', 'https://sts.example/', true],
  ['sts.example:443', 'https://sts.example:443/', true, ['curl']],
  ['sts.example:443', 'https://sts.example/', true, ['curl', 'botocore']],
  ['sts.example:8443', 'https://sts.example/', false],
  ['sts.example:8443', 'https://sts.example:8443/', true, ['curl']],
  ['example:8443', 'https://sts.example:8443/', true, ['curl']],
  ['sts.example', 'https://sts.example:8443/', true],
  ['192.0.2.7', 'https://192.0.2.7/', true],
  ['192.0.2.7', 'https://192.0.2.70/', false],
  ['192.0.2.7:8443', 'https://192.0.2.7:8443/', true, ['curl']],
  ['0.2.7', 'https://192.0.2.7/', false, ['botocore']],
  ['192.0.2.0/24', 'https://192.0.2.7/', true, ['botocore']],
  ['192.0.2.0/24', 'https://192.0.3.7/', false],
  ['192.0.2.0/29', 'https://192.0.2.7/', true, ['botocore']],
  ['192.0.2.0/29', 'https://192.0.2.8/', false],
  ['192.0.2.7/32', 'https://192.0.2.7/', true, ['botocore']],
  ['192.0.2.0/33', 'https://192.0.2.0/', false],
  ['192.0.2.0/x', 'https://192.0.2.7/', false],
  ['192.0.2/24', 'https://192.0.2.7/', false],
  ['192.0.2.0/24', 'https://a192.0.2.0.example/', false],
  ['2001:db8::7', 'https://[2001:db8::7]/', true, ['botocore']],
  ['[2001:db8::7]', 'https://[2001:db8::7]/', true, ['some curls']],
  ['[2001:db8::7]:8443', 'https://[2001:db8::7]:8443/', true, ['curl']],
  ['[2001:db8::7]:8443', 'https://[2001:db8::7]/', false],
  ['2001:db8:0:0::7', 'https://[2001:db8::7]/', true, ['botocore', 'some curls']],
  ['2001:db8::/32', 'https://[2001:db8::7]/', true, ['botocore', 'some curls']],
  ['2001:db8::/32', 'https://[2001:db9::7]/', false],
  ['2001:db8::/129', 'https://[2001:db8::]/', false],
  ['192.0.2.0/24', 'https://[2001:db8::7]/', false],
  ['[', 'https://sts.example/', false],
  ['://', 'https://sts.example/', false],
];

const ours = ([list, url]: Case) => {
  const { hostname, port } = new URL(url);
  return isExempt(hostname.replace(/^\[|\]$/g, ''), Number(port || 443), list);
};

it.each(cases)('NO_PROXY=%s for %s: %s', (...row) => {
  expect(ours(row)).toBe(row[2]);
});

it('a list of nothing but blanks and commas exempts nobody', () => {
  expect(isExempt('sts.example', 443, ' , ,')).toBe(false);
});

/** The cases that a reader, by its `answers`, reads in another way than the table, and those of which the table says so. */
function otherwise(reader: Reader, answers: boolean[]) {
  const compared = cases
    .map(([list, url, exempt, others = []], index) => ({
      name: `${list} ${url}`,
      differs: answers[index] !== exempt,
      others,
    }))
    .filter(({ others }) => reader !== 'curl' || !others.includes('some curls'));
  const names = (rows: typeof compared) => rows.map(({ name }) => name);
  return {
    found: names(compared.filter(({ differs }) => differs)),
    named: names(compared.filter(({ others }) => others.includes(reader))),
  };
}

describe.skipIf(botocore.missing)('botocore', () => {
  it('reads NO_PROXY in the same way, but where the table says otherwise', () => {
    const script = `
import json, os, sys
from botocore.utils import should_bypass_proxies
def bypasses(case):
    os.environ['no_proxy'] = case[0]
    return bool(should_bypass_proxies(case[1]))
print(json.dumps([bypasses(case) for case in json.load(sys.stdin)]))
`;
    const answers = execFileSync(botocore.path, ['-c', script], {
      input: JSON.stringify(cases),
      encoding: 'utf8',
      env: {},
    });
    const { found, named } = otherwise('botocore', JSON.parse(answers));
    expect(found).toEqual(named);
  });
});

describe.skipIf(curl.missing)('curl', () => {
  let proxy: Server;
  const asked: string[] = [];

  beforeAll(async () => {
    proxy = createServer().on('connect', (request, socket) => {
      asked.push(request.headers['user-agent'] ?? '');
      socket.end('HTTP/1.1 403 No\r\n\r\n');
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
  });
  afterAll(() => proxy.close());

  it('reads NO_PROXY in the same way, but where the table says otherwise', async () => {
    const { port } = proxy.address() as AddressInfo;
    await Promise.all(
      cases.map(async ([list, url], index) => {
        // What goes directly ends at once, at a port of this machine where nobody listens.
        const nowhere = ['--connect-to', '::127.0.0.1:1'];
        const child = spawn(curl.path, ['-s', '-A', String(index), ...nowhere, url], {
          env: { https_proxy: `http://127.0.0.1:${port}`, no_proxy: list },
          stdio: 'ignore',
        });
        await once(child, 'close');
      }),
    );
    const { found, named } = otherwise(
      'curl',
      cases.map((_, index) => !asked.includes(String(index))),
    );
    expect(found).toEqual(named);
  });
});
