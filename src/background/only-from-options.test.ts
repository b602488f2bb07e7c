import { expect, it, vi } from 'vitest';

const fake = await vi.hoisted(async () =>
  (await import('../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../webext/browser.ts', () => ({ browser: fake.browser }));

import { senderFailure } from './only-from-options.ts';

const page = (path: string) => fake.browser.runtime.getURL(path);
const move = { type: 'set-credentials-file', from: '/a', path: '/b' } as const;

it.each(['src/options/index.html', 'src/options/index.html#host'])(
  'lets %s move the credentials file',
  (path) => {
    expect(senderFailure(move, page(path))).toBeUndefined();
  },
);

it.each([
  'src/popup/index.html',
  'src/first-run/index.html',
  'src/options/index.html/x',
  'src/popup/index.html#src/options/index.html',
  '',
])('lets no other page do so: %j', (path) => {
  expect(senderFailure(move, page(path))).toMatchObject({ code: 'only-in-options' });
  expect(senderFailure({ type: 'clear-history' }, page(path))).toBeUndefined();
});
