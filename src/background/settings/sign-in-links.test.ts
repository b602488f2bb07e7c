import { beforeEach, describe, expect, it, vi } from 'vitest';
import { adminRole, issuer } from '../../../test/fixtures/login.ts';
import { failure } from '../../core/failure.ts';
import { Memory } from '../state/memory.ts';
import { tellSignInLinks } from './sign-in-links.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

beforeEach(async () => {
  fake.reset();
  memory = new Memory();
  await fake.local.set({
    bindings: [
      { issuer, ...adminRole, profile: 'dev' },
      { issuer: 'https://b.example', ...adminRole, profile: 'other' },
    ],
    chains: [{ source: 'dev', roleArn: adminRole.roleArn, profile: 'deploy' }],
    settings: { signInLinks: { [issuer]: 'https://idp.example/aws päge' } },
  });
});

const told = () => fake.asked('settings').map(({ signInLinks }) => signInLinks);

describe('the host', () => {
  it('learns the link of each profile, also of those of second roles, and only what is new', async () => {
    await tellSignInLinks(memory);
    await tellSignInLinks(memory);
    const url = 'https://idp.example/aws%20p%C3%A4ge';
    expect(told()).toEqual([
      [
        { profile: 'deploy', url },
        { profile: 'dev', url },
      ],
    ]);
    await fake.local.set({ settings: {} });
    await tellSignInLinks(memory);
    expect(told()).toHaveLength(2);
    expect(told()[1]).toEqual([]);
  });

  it('of an earlier version is not asked again and again; one that was not there is', async () => {
    const refuse = (reason: ReturnType<typeof failure>) => {
      fake.answer = ({ id }, port) => port.send({ version: 1, id, ok: false, failure: reason });
    };
    refuse(failure('host-exited'));
    await tellSignInLinks(memory);
    refuse(failure('message-invalid', { reason: { is: 'unknown-value', field: 'type' } }));
    await tellSignInLinks(memory);
    await tellSignInLinks(memory);
    expect(told()).toHaveLength(2);
  });
});
