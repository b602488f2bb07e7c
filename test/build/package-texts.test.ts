import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { browsers } from '../../src/native-host/registration/browsers/browsers.ts';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const manifest = JSON.parse(read('manifest.json'));
const permissions: string[] = [...manifest.permissions, ...(manifest.optional_permissions ?? [])];

/** The permissions that a table of `text` explains: code at the start of a row. */
const explained = (text: string) => [...text.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);

it.each(['docs/privacy.md', 'docs/store.md'])(
  '%s explains each permission, and none that is not asked for',
  (file) => {
    expect(explained(read(file)).sort()).toEqual([...permissions].sort());
  },
);

it('the summary for the stores is the description in the manifest, and not too long for them', () => {
  const messages = JSON.parse(read('_locales/en/messages.json'));
  const { message } = messages[/^__MSG_(\w+)__$/.exec(manifest.description)?.[1] ?? ''];
  expect(message.length).toBeLessThanOrEqual(132);
  expect(read('docs/store.md')).toContain(message);
});

it('the privacy statement says what the manifest for Firefox says: nothing is collected', () => {
  expect(manifest.browser_specific_settings.gecko.data_collection_permissions).toEqual({
    required: ['none'],
  });
  expect(read('docs/privacy.md')).toContain("`data_collection_permissions` in Firefox's manifest is `none`");
});

it('every browser that can be registered is in the list of browsers', () => {
  const list = read('docs/browsers.md');
  const families = browsers.map(({ name }) => name.split(' ')[0] ?? '');
  expect(families.filter((family) => !list.includes(family))).toEqual([]);
});

it('npm puts the manual page where man looks, which it does for a list of pages', () => {
  const { man, files } = JSON.parse(read('package.json'));
  expect(man).toEqual(['dist/node/roleferry.1']);
  expect(files).toContain('dist/node');
  expect(read('dist/node/roleferry.1')).toMatch(/^\.TH /m);
});
