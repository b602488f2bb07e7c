import { beforeEach, describe, expect, it, vi } from 'vitest';
import { issuer } from '../../../test/fixtures/login.ts';
import { isPaused, pauseWriting } from '../rules/pause.ts';
import { Memory } from '../state/memory.ts';
import { answerNotice } from './answer-notice.ts';
import { showNotice } from './notice.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

const link = 'https://idp.example/sso';
let memory: Memory;

/** Shows a notification about an issuer, and clicks it. */
async function click() {
  await showNotice({ kind: 'needs-you', issuer });
  const [id = ''] = fake.notifications.keys();
  await answerNotice(memory, id);
}

const opened = () => [...fake.tabs.values()].map(({ url }) => url);

beforeEach(() => {
  fake.reset();
  memory = new Memory();
});

describe('a click on a notification', () => {
  it('opens the sign-in link of the issuer that it is about, and the notification goes', async () => {
    await fake.local.set({ settings: { signInLinks: { [issuer]: link, 'https://b.example': `${link}/b` } } });
    await click();
    expect(opened()).toEqual([link]);
    expect(fake.notifications.size).toBe(0);
  });

  it('shows the options where there is no link', async () => {
    await click();
    expect(opened()).toEqual(['options']);
  });

  it('ends the pause after everything was forgotten: the user wants to be logged in again', async () => {
    await pauseWriting(memory);
    await click();
    expect(await isPaused(memory)).toBe(false);
  });
});
