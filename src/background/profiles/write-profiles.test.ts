import { beforeEach, describe, expect, it, vi } from 'vitest';
import { answerOfNewHost, type FakePort, type HostRequest } from '../../../test/fixtures/fake-browser.ts';
import { adminRole, aLogin, issuer, readySession } from '../../../test/fixtures/login.ts';
import { failure } from '../../core/failure.ts';
import { maxMessageBytes } from '../../core/protocol/protocol.ts';
import type { RoleSession } from '../state/login.ts';
import { readLogins } from '../state/login-store.ts';
import { Memory } from '../state/memory.ts';
import { readWrittenProfiles } from '../state/written-profiles.ts';
import { inTurn, type SourcedWrite, writeProfiles } from './write-profiles.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

beforeEach(() => {
  fake.reset();
  memory = new Memory();
});

it('a hundred profiles of long tokens go in as few messages as the host takes', async () => {
  fake.answer = answerOfNewHost;
  const { credentials, principalArn } = readySession();
  if (credentials === undefined) throw new Error('there are credentials');
  const long = { ...credentials, sessionToken: 'A'.repeat(16_000) };
  const names = Array.from({ length: 100 }, (_, index) => `p${index}`);
  const from = { loginId: 'login-1', role: adminRole };
  // Three bytes each in UTF-8.
  const source = { issuer: '語'.repeat(1024), providerArn: adminRole.providerArn };
  const results = await writeProfiles(
    memory,
    names.map((name) => ({ ...from, write: { name, credentials: long, principalArn, source } })),
  );
  expect(results.every(({ ok }) => ok)).toBe(true);
  const messages = fake.asked('write-profiles');
  expect(messages).toHaveLength(2);
  expect(messages.flatMap(({ profiles = [] }) => profiles.map(({ name }) => name))).toEqual(names);
  for (const message of messages) {
    expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan(maxMessageBytes);
  }
});

/** A write of a role's credentials, as they come from a login. */
function write(name: string, change: Partial<SourcedWrite> = {}): SourcedWrite {
  const { credentials, principalArn } = readySession();
  if (credentials === undefined) throw new Error('there are credentials');
  return { loginId: 'login-1', role: adminRole, write: { name, credentials, principalArn }, ...change };
}

it('the host is asked for nothing where there is nothing to write', async () => {
  expect(await writeProfiles(memory, [])).toEqual([]);
  expect(fake.ports).toEqual([]);
});

it('each profile has its own outcome, and what was written is known with its login', async () => {
  await fake.session.set({ logins: [aLogin()] });
  const busy = failure('file-busy', { file: 'f' });
  const warnings = [failure('file-not-for-aws-cli', { file: 'F', reason: 'byte-order-mark' })];
  fake.answer = ({ version, id }: HostRequest, port: FakePort) => {
    const profiles = [
      { name: 'look', ok: true, warnings },
      { name: 'busy', ok: false, failure: busy },
      { name: 'dev', ok: true },
    ];
    port.send({ version, id, ok: true, value: { credentialsFile: '/f', profiles } });
  };
  const assumed = `${adminRole.roleArn}Second`;
  const writes = [
    write('dev'),
    write('busy'),
    write('look', { assumed }),
    write('lost'),
    write('dev', { loginId: 'gone' }),
  ];
  const results = await writeProfiles(memory, writes.slice(0, 4));
  expect(results).toMatchObject([
    { ok: true, value: {} },
    { ok: false, failure: busy },
    { ok: true, value: { warnings } },
    { failure: { code: 'host-answer-invalid' } },
  ]);
  const of = { loginId: 'login-1', role: adminRole, issuer };
  expect(await readWrittenProfiles(memory)).toStrictEqual([
    { profile: 'dev', ...of },
    { profile: 'look', ...of, assumed },
  ]);
  await writeProfiles(memory, writes.slice(4));
  expect(await readWrittenProfiles(memory)).toContainEqual({
    profile: 'dev',
    ...of,
    loginId: 'gone',
    issuer: '',
  });
});

it('writes come one after the other, also after one that failed', async () => {
  const order: string[] = [];
  const first = inTurn(memory, async () => {
    await new Promise((resolve) => setImmediate(resolve));
    order.push('first');
    throw new Error('no');
  });
  const second = inTurn(memory, async () => {
    order.push('second');
    return 2;
  });
  await expect(first).rejects.toThrow('no');
  expect(await second).toBe(2);
  expect(order).toEqual(['first', 'second']);
});

describe('a forgotten role whose profile could not be removed', () => {
  const otherRole = { ...adminRole, roleArn: `${adminRole.roleArn}Two` };
  const busy = failure('file-busy', { file: 'f' });
  const left = (profile: string, role = adminRole): RoleSession => ({
    role,
    step: 'forgotten',
    left: { profile, failure: busy },
  });
  const of = { loginId: 'old', role: adminRole, issuer };

  /** A worker with such roles in a login that AWS takes no more, and with these profiles known as written. */
  async function start(sessions: RoleSession[], writtenProfiles: object[]) {
    const old = aLogin({ id: 'old', redeemBefore: 0, roles: [adminRole, otherRole], sessions });
    await fake.session.set({ logins: [aLogin(), old], writtenProfiles });
    memory = new Memory();
    return async () => (await readLogins(memory)).find(({ id }) => id === 'old')?.sessions;
  }

  it('is spoken of no more once that has other credentials', async () => {
    const sessions = await start([left('dev')], [{ profile: 'dev', ...of }]);
    await writeProfiles(memory, [write('dev')]);
    expect(await sessions()).toBeUndefined();
  });

  it('is said to be in the other profile that still has it', async () => {
    const sessions = await start(
      [left('dev')],
      [
        { profile: 'dev', ...of },
        { profile: 'theirs', ...of, loginId: 'login-1' },
        { profile: 'work', ...of },
      ],
    );
    await writeProfiles(memory, [write('dev')]);
    expect(await sessions()).toEqual([left('work')]);
  });

  it('stays as it is where another profile was written, or that one could not be', async () => {
    const before = [left('work'), left('look', otherRole)];
    const sessions = await start(before, [
      { profile: 'work', ...of },
      { profile: 'look', ...of, role: otherRole },
    ]);
    await writeProfiles(memory, [write('dev')]);
    expect(await sessions()).toEqual(before);
    fake.answer = ({ version, id, profiles = [] }, port) => {
      const refused = profiles.map(({ name }) => ({ name, ok: false, failure: busy }));
      port.send({ version, id, ok: true, value: { credentialsFile: '/f', profiles: refused } });
    };
    await writeProfiles(memory, [write('work')]);
    expect(await sessions()).toEqual(before);
    fake.answer = undefined;
    await writeProfiles(memory, [write('work')]);
    expect(await sessions()).toEqual([left('look', otherRole)]);
  });

  it('stays as it is while the host is still being asked to remove it', async () => {
    const before: RoleSession[] = [left('dev', otherRole), { role: adminRole, step: 'forgotten' }];
    const sessions = await start(before, [{ profile: 'dev', ...of }]);
    await writeProfiles(memory, [write('dev')]);
    expect(await sessions()).toEqual(before.slice(1));
  });
});
