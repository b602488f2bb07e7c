import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { makeI18n } from '../../test/fixtures/i18n.ts';
import { text } from './text.ts';

vi.mock('./browser.ts', () => ({ browser: { i18n: makeI18n() } }));

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

type Messages = Record<string, { message: string; description?: string }>;
const messagesOf = (language: string): Messages => JSON.parse(read(`_locales/${language}/messages.json`));
const english = messagesOf('en');
const keys = Object.keys(english);

const rooms = [...new Set(keys.map((key) => key.split('_')[0]))].join('|');
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|-for-test/.test(path))
  .map((path) => read(`src/${path}`));
const code = sources.join('\n');

/** Keys written out, in code and manifest. */
const named = new Set([
  ...[...code.matchAll(new RegExp(`'((?:${rooms})_\\w+)'`, 'g'))].map(([, key = '']) => key),
  ...[...read('manifest.json').matchAll(/__MSG_(\w+)__/g)].map(([, key = '']) => key),
]);

/** Keys with a part filled in. */
const patterns = [...code.matchAll(new RegExp(`\`((?:${rooms})_[\\w\${}.[\\]]+)\``, 'g'))].map(
  ([, template = '']) => new RegExp(`^${template.replace(/\$\{[^}]*\}/g, '\\w+')}$`),
);

/** `$1` and so on, in order. */
const places = (message: string) => [...new Set(message.match(/\$\d/g))].sort();

const languages = readdirSync(join(root, '_locales')).filter((language) => language !== 'en');

describe('the texts', () => {
  it('fill in what is given', () => {
    expect(text('page_language')).toBe('en');
    expect(text('options_removed', 'a $1 b')).toContain('a $1 b');
  });

  it('are all there', () => {
    expect([...named].filter((key) => !keys.includes(key))).toEqual([]);
    expect(
      patterns.filter((pattern) => !keys.some((key) => pattern.test(key))).map(({ source }) => source),
    ).toEqual([]);
  });

  it('are all read by someone', () => {
    expect(keys.filter((key) => !named.has(key) && !patterns.some((pattern) => pattern.test(key)))).toEqual(
      [],
    );
  });

  it('have no empty message and no place without the one before it', () => {
    for (const [key, { message }] of Object.entries(english)) {
      expect(message.trim(), key).not.toBe('');
      expect(places(message), key).toEqual(places(message).map((_, index) => `$${index + 1}`));
    }
  });
});

describe.each(languages)('the texts in %s', (language) => {
  const messages = messagesOf(language);

  it('are complete, and no more than that', () => {
    expect(Object.keys(messages)).toEqual(keys);
  });

  it('have the places that the English ones have', () => {
    for (const key of keys) {
      expect(places(messages[key]?.message ?? ''), key).toEqual(places(english[key]?.message ?? ''));
    }
  });

  it('say which language they are', () => {
    expect(messages.page_language?.message).toBe(language);
  });

  it('describe the extension in as many characters as browsers take', () => {
    expect(messages.manifest_description?.message.length).toBeLessThanOrEqual(132);
  });
});
