import { beforeEach, expect, it, vi } from 'vitest';
import { readChangingNames, setNamesChange } from './changing-names.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

beforeEach(() => fake.reset());

it('names change at each login of an issuer from when the person says so until they say otherwise', async () => {
  expect(await readChangingNames()).toEqual([]);
  await setNamesChange('https://a.example', true);
  await setNamesChange('https://b.example', true);
  await setNamesChange('https://a.example', true);
  expect(await readChangingNames()).toEqual(['https://b.example', 'https://a.example']);
  await setNamesChange('https://b.example', false);
  expect(await readChangingNames()).toEqual(['https://a.example']);
});
