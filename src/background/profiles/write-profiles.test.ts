import { beforeEach, expect, it, vi } from 'vitest';
import { answerOfNewHost } from '../../../test/fixtures/fake-browser.ts';
import { adminRole, readySession } from '../../../test/fixtures/login.ts';
import { maxMessageBytes } from '../../core/protocol/protocol.ts';
import { Memory } from '../state/memory.ts';
import { writeProfiles } from './write-profiles.ts';

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
