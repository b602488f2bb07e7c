import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { explain } from '../explain.ts';
import { readConfig } from './read-config.ts';

const folder = mkdtempSync(join(tmpdir(), 'roleferry-broker-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = join(folder, 'broker.json');

const sound = () => ({
  url: 'https://broker.example',
  issuers: {
    people: { issuer: 'https://idp.example', audience: 'roleferry-cli', login: {} },
    github: { issuer: 'https://token.actions.githubusercontent.com', audience: 'https://broker.example' },
  },
  roles: {
    dev: {
      arn: 'arn:aws:iam::111122223333:role/Dev',
      allow: [{ issuer: 'people', claims: { groups: ['aws-dev', 'aws-admin'] } }],
    },
  },
});

function read(value: unknown) {
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return readConfig(file);
}

/** What is said to be wrong, as people see it. */
function problems(value: unknown): string[] {
  const result = read(value);
  return result.ok ? [] : result.problems.map(({ path, hint }) => `${path}: ${hint}`);
}

/** The sound configuration with one value of it replaced, or added. */
function spoiled(path: string, value: unknown): unknown {
  const config = sound();
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce<Record<string, unknown>>(
    (at, key) => at[key] as Record<string, unknown>,
    config as Record<string, unknown>,
  );
  parent[last] = value;
  return config;
}

describe('a configuration', () => {
  it('needs little, and has sensible values for the rest', () => {
    const result = read(sound());
    expect(result).toMatchObject({
      ok: true,
      config: {
        listen: { host: '127.0.0.1', port: 8443 },
        limits: { perSecond: 10, burst: 100 },
        issuers: { people: { login: { scopes: ['openid', 'email'], redirectPort: 8765 } } },
        roles: { dev: { maxDuration: 3600, sessionName: '{sub}', tags: {}, policy: null } },
      },
    });
  });

  it('names files by their place beside it', () => {
    const config = {
      ...sound(),
      listen: '0.0.0.0:443',
      audit: 'audit.log',
      tls: { cert: 'a.pem', key: '/k/a.key' },
    };
    expect(read(config)).toMatchObject({
      config: { audit: join(folder, 'audit.log'), tls: { cert: join(folder, 'a.pem'), key: '/k/a.key' } },
    });
  });

  it('that is not there is refused', () => {
    expect(readConfig(join(folder, 'none.json'))).toEqual({
      ok: false,
      problems: [{ path: '', hint: 'is not there' }],
    });
  });

  it.each<[string, unknown, string]>([
    ['audti', 'x', 'audti: is no known key'],
    ['roles.dev.alow', [], 'roles.dev.alow: is no known key'],
    ['roles.dev.allow', undefined, 'roles.dev.allow: is missing'],
    ['roles.dev.allow', [], 'roles.dev.allow: must not be empty: nobody could have the role'],
    ['roles.dev.allow.0.claims', {}, 'roles.dev.allow.0.claims: must name a claim'],
    ['roles.dev.allow.0.claims.groups', [], 'roles.dev.allow.0.claims.groups: must not be empty'],
    [
      'roles.dev.allow.0.claims.groups',
      null,
      'roles.dev.allow.0.claims.groups: must be a text, a number or true or false',
    ],
    [
      'roles.dev.allow.0.claims.groups',
      { like: '*' },
      'roles.dev.allow.0.claims.groups: must be a text, a number',
    ],
    ['roles.dev.allow.0.issuer', 'poeple', 'roles.dev.allow.0.issuer: must be one of: people, github'],
    ['roles.dev.arn', 'arn:aws:iam::1:role/Dev', 'roles.dev.arn: must be the ARN of a role'],
    ['roles.dev.arn', 'arn:aws-moon:iam::111122223333:role/Dev', 'roles.dev.arn: must be the ARN of a role'],
    ['roles.dev.maxDuration', 60, 'roles.dev.maxDuration: must be 900 seconds or more'],
    ['roles.dev.maxDuration', 50_000, 'roles.dev.maxDuration: must be 43200 seconds or less'],
    ['roles.dev.sessionName', '{email', 'roles.dev.sessionName: must be text with names of claims in braces'],
    ['roles.dev.tags', { 'a*b': 'c' }, 'roles.dev.tags.a*b: is no name of a tag'],
    [
      'roles.dev.tags',
      { Team: 'a', team: 'b' },
      'roles.dev.tags: has a name twice: AWS does not tell capitals',
    ],
    ['roles.dev.policy', { Version: '2012-10-17' }, 'roles.dev.policy.Statement: '],
    ['roles.a/b', sound().roles.dev, 'roles.a/b: must be 64 letters'],
    ['roles', {}, 'roles: must not be empty'],
    ['issuers.people.issuer', 'http://idp.example', 'issuers.people.issuer: must be an https address'],
    ['issuers.people.issuer', 'https://u:p@idp.example', 'issuers.people.issuer: must be an https address'],
    ['issuers.people.issuer', 'https://idp.example?x', 'issuers.people.issuer: must be an https address'],
    ['issuers.people.issuer', 'idp.example', 'issuers.people.issuer: must be an https address'],
    ['issuers.people.jwksUri', 'http://10.0.0.1/keys', 'issuers.people.jwksUri: must be an https address'],
    ['issuers.people.login.scopes', ['email'], 'issuers.people.login.scopes: must have "openid"'],
    ['issuers.github.login', {}, 'issuers.github.login: is the second one'],
    [
      'issuers.github',
      { issuer: 'https://idp.example', audience: 'roleferry-cli' },
      'issuers: has one issuer with the same audience twice',
    ],
    ['url', 'http://broker.example', 'url: must be an https address'],
    ['listen', '0.0.0.0:8443', 'listen: must be of this machine (127.0.0.1, [::1]) where there is no "tls"'],
    ['listen', 'localhost:1', 'listen: must be ADDRESS:PORT'],
    ['listen', '127.0.0.1:99999', 'listen: must be ADDRESS:PORT'],
    ['limits', { burst: 1 }, 'limits.burst: '],
  ])('with %s = %j is refused, and says where and why', (path, value, said) => {
    expect(problems(spoiled(path, value))).toEqual([expect.stringContaining(said)]);
  });

  it.each([
    ['{', ': is not JSON'],
    ['[]', ': '],
    ['null', ': '],
    ['{"__proto__": {}}', ': may not have the key __proto__'],
    [JSON.stringify(sound()).replace('"groups"', '"constructor"'), ': may not have the key constructor'],
  ])('that is %s is refused', (text, said) => {
    expect(problems(text)).toEqual(expect.arrayContaining([expect.stringContaining(said)]));
  });

  it('is taken or refused with words, whatever is in it', () => {
    const anywhere = fc.constantFrom(
      'url',
      'listen',
      'issuers',
      'issuers.people',
      'roles',
      'roles.dev',
      'roles.dev.allow.0.claims',
    );
    fc.assert(
      fc.property(anywhere, fc.jsonValue(), (path, value) => {
        for (const { path: where, hint } of failuresOf(spoiled(path, value))) {
          expect(typeof where).toBe('string');
          expect(hint).toMatch(/^[^\p{Cc}]{4,}$/u);
        }
      }),
      { numRuns: 300 },
    );
  });

  const failuresOf = (value: unknown) => {
    const result = read(value);
    return result.ok ? [] : result.problems;
  };

  it('says in plain words what it does', () => {
    const result = read({ ...sound(), admin: '0.0.0.0:9090' });
    if (!result.ok) throw new Error('it is sound');
    expect(
      explain(result.config),
    ).toBe(`https://broker.example is answered at 127.0.0.1:8443, without TLS: a proxy on this machine must add it.
Health and metrics are at http://0.0.0.0:9090.
Each decision is a line in stdout.

people: people, with a proof of their login, by tokens of https://idp.example for roleferry-cli.
github: machines, by tokens of https://token.actions.githubusercontent.com for https://broker.example.

dev is arn:aws:iam::111122223333:role/Dev, for up to 3600 s, as {sub}.
  for tokens of people with groups = "aws-dev" or "aws-admin"

Note: admin: others in the network can read the metrics.
`);
  });

  it('that lets everyone at GitHub have a role says so', () => {
    const allow = [{ issuer: 'github', claims: { ref: 'refs/heads/main' } }];
    const result = read({
      ...sound(),
      roles: { deploy: { ...sound().roles.dev, allow, maxDuration: 7200 } },
    });
    if (!result.ok) throw new Error('it is sound');
    expect(explain(result.config)).toContain('anyone there could have the role');
    expect(explain(result.config)).toContain('3600 s at most');
  });
});
