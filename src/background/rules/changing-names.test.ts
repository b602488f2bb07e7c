import { beforeEach, expect, it, vi } from 'vitest';
import { Memory } from '../state/memory.ts';
import { readChangingNames, setNamesChange } from './changing-names.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

beforeEach(() => {
  fake.reset();
  memory = new Memory();
});

it('names change at each login of an issuer from when the user says so until they say otherwise', async () => {
  expect(await readChangingNames(memory)).toEqual([]);
  await setNamesChange(memory, 'https://a.example', true);
  await setNamesChange(memory, 'https://b.example', true);
  await setNamesChange(memory, 'https://a.example', true);
  expect(await readChangingNames(memory)).toEqual(['https://b.example', 'https://a.example']);
  await setNamesChange(memory, 'https://b.example', false);
  expect(await readChangingNames(memory)).toEqual(['https://a.example']);
});
