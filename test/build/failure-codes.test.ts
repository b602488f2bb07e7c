import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { failureCodes } from '../../src/core/failure-codes.ts';

// These look at what `npm run build` made; `npm test` builds first.
const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const read = (...path: string[]) => readFileSync(join(dist, ...path), 'utf8');
const chunks = () => readdirSync(join(dist, 'node', 'chunks')).map((name) => read('node', 'chunks', name));

interface Background {
  service_worker?: string;
  scripts?: string[];
}

/** What runs in the background of the extension for one browser. */
function background(target: string): string {
  const { service_worker, scripts = [] }: Background = JSON.parse(read(target, 'manifest.json')).background;
  return [...(service_worker === undefined ? [] : [service_worker]), ...scripts]
    .map((script) => read(target, script))
    .join('\n');
}

// A code that a product does not have is `unexpected` there, whatever the other side meant by it.
it.each<[string, () => string]>([
  ["Chromium's worker", () => background('chromium')],
  ["Firefox's background", () => background('firefox')],
  ['the native host', () => read('node', 'native-host.cjs')],
  ['the CLI', () => [read('node', 'roleferry.cjs'), ...chunks()].join('\n')],
])('%s knows every code of a failure', (_, code) => {
  const product = code();
  const isThere = (name: string) => new RegExp(`[{,\\s]["'\`]?${name}["'\`]?\\s*:`).test(product);
  expect(failureCodes.length).toBeGreaterThan(100);
  expect(failureCodes.filter((name) => !isThere(name))).toEqual([]);
});
