import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../core/words/failures/english.ts';
import { idleProxyVariable, proxyFor } from './proxy.ts';

const host = 'sts.eu-west-1.amazonaws.com';
const read = (env: NodeJS.ProcessEnv, to = host) => proxyFor(to, 443, env);

/** Of the proxy that is used its place, or `direct`, or the code of the failure. */
function told(env: NodeJS.ProcessEnv, to = host): string {
  const proxy = read(env, to);
  if (!proxy.ok) return proxy.failure.code;
  return proxy.value ? `${proxy.value.place} by ${proxy.value.variable}` : 'direct';
}

describe('the proxy of https requests', () => {
  it.each<[string, NodeJS.ProcessEnv, string]>([
    ['none', {}, 'direct'],
    ['HTTPS_PROXY', { HTTPS_PROXY: 'http://a.test:1' }, 'a.test:1 by HTTPS_PROXY'],
    ['https_proxy', { https_proxy: 'http://a.test:1' }, 'a.test:1 by https_proxy'],
    ['ALL_PROXY', { ALL_PROXY: 'http://a.test:1' }, 'a.test:1 by ALL_PROXY'],
    ['all_proxy', { all_proxy: 'http://a.test:1' }, 'a.test:1 by all_proxy'],
    [
      'the lower case one of two',
      { HTTPS_PROXY: 'a.test:1', https_proxy: 'b.test:2' },
      'b.test:2 by https_proxy',
    ],
    [
      'the one for https of two',
      { HTTPS_PROXY: 'a.test:1', all_proxy: 'b.test:2' },
      'a.test:1 by HTTPS_PROXY',
    ],
    [
      'another, as an empty one is none',
      { https_proxy: '', HTTPS_PROXY: 'a.test:1' },
      'a.test:1 by HTTPS_PROXY',
    ],
    ['none, as blanks are none', { HTTPS_PROXY: '  ' }, 'direct'],
    ['none, as one for http is not for https', { HTTP_PROXY: 'a.test:1', http_proxy: 'a.test:1' }, 'direct'],
    [
      'the one of all, if NO_PROXY has other names',
      { ALL_PROXY: 'a.test:1', NO_PROXY: 'b' },
      'a.test:1 by ALL_PROXY',
    ],
    ['none, for a host in NO_PROXY', { HTTPS_PROXY: 'a.test:1', NO_PROXY: 'amazonaws.com' }, 'direct'],
    ['none, for a host in no_proxy', { HTTPS_PROXY: 'a.test:1', no_proxy: 'amazonaws.com' }, 'direct'],
    [
      'the one of all, if no_proxy has other names than NO_PROXY',
      { HTTPS_PROXY: 'a.test:1', no_proxy: 'b', NO_PROXY: '*' },
      'a.test:1 by HTTPS_PROXY',
    ],
  ])('is %s', (_, env, place) => {
    expect(told(env)).toBe(place);
  });

  it.each([
    ['proxy.test', 'proxy.test:80'],
    ['proxy.test:3128', 'proxy.test:3128'],
    [' http://proxy.test:3128/ ', 'proxy.test:3128'],
    ['HTTP://proxy.test', 'proxy.test:80'],
    ['https://proxy.test', 'proxy.test:443'],
    ['http://192.0.2.1:8080', '192.0.2.1:8080'],
    ['http://[::1]:3128', '[::1]:3128'],
    ['jo:secret@proxy.test:3128', 'proxy.test:3128'],
  ])('may be written %s', (value, place) => {
    expect(told({ HTTPS_PROXY: value })).toBe(`${place} by HTTPS_PROXY`);
  });

  it.each(['localhost', '127.0.0.1', '127.8.8.8', '[::1]', '::1'])(
    'is none for this machine, as %s',
    (name) => {
      expect(told({ HTTPS_PROXY: 'http://proxy.test', ALL_PROXY: 'socks5://x' }, name)).toBe('direct');
    },
  );

  it.each([
    ['http://jo:p%40ss%2Fw@proxy.test', 'jo:p@ss/w'],
    ['http://jo:p@ss@proxy.test', 'jo:p@ss'],
    ['http://jo@proxy.test', 'jo:'],
    ['http://:key@proxy.test', ':key'],
    ['http://j%C3%B6:%E2%82%AC@proxy.test', 'jö:€'],
  ])('is told user and password of %s, decoded', (value, login) => {
    const proxy = read({ HTTPS_PROXY: value });
    const { authorization, address } = (proxy.ok && proxy.value) || {};
    expect(authorization).toBe(`Basic ${Buffer.from(login).toString('base64')}`);
    expect(address?.href).toBe('http://proxy.test/');
  });
});

describe('a variable that names no proxy', () => {
  it.each([
    ['http://', 'it is not an address like http://proxy.example:3128'],
    ['http://jo:hunter2@', 'it is not an address'],
    ['http://jo:hunter2@proxy.test:99999', 'it is not an address'],
    ['proxy test', 'it is not an address'],
    ['http:\\\\jo:hunter2@proxy.test', 'it is not an address'],
    ['jo:hunt#er2@proxy.test', 'it is not an address'],
    ['http://jo:1/hunter2@proxy.test:3128', 'there is more than a host and a port in it'],
    ['http://proxy.test/proxy.pac', 'there is more than a host and a port in it'],
    ['http://proxy.test?hunter2', 'there is more than a host and a port in it'],
    ['http://jo:hunter2%@proxy.test', 'has a % that is not part of a code such as %40'],
    ['http://jo:%ff@proxy.test', 'has a % that is not part of a code such as %40'],
    ['socks5://jo:hunter2@proxy.test:1080', 'socks5 is not spoken here, only http and https'],
    ['socks5h://localhost:1080', 'socks5h is not spoken here'],
    ['ftp://proxy.test', 'ftp is not spoken here'],
  ])('is named, with the reason and without a password: %s', (value, reason) => {
    const proxy = read({ https_proxy: value });
    if (proxy.ok) throw new Error('it was taken');
    const { message, hint } = inEnglish(proxy.failure);
    expect(message).toContain('The proxy in https_proxy cannot be used: ');
    expect(message).toContain(reason);
    expect(hint).toContain('Set https_proxy like http://proxy.example:3128');
    expect(message + hint).not.toMatch(/hunt|er2|\bjo\b/);
  });
});

describe('a proxy for http alone', () => {
  it('is found, as people set it for https too', () => {
    expect(idleProxyVariable(host, { HTTP_PROXY: 'http://a.test' })).toBe('HTTP_PROXY');
    expect(idleProxyVariable(host, { http_proxy: 'http://a.test' })).toBe('http_proxy');
  });

  it('is nothing to speak of beside one for https, or for this machine', () => {
    expect(idleProxyVariable(host, { http_proxy: 'a', ALL_PROXY: 'b' })).toBeUndefined();
    expect(idleProxyVariable('localhost', { http_proxy: 'a' })).toBeUndefined();
    expect(idleProxyVariable(host, {})).toBeUndefined();
  });
});
