import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Rollup } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ascii } from '../../scripts/vite/ascii.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'roleferry-ascii-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What `code` is built to. */
async function built(code: string): Promise<string> {
  const entry = join(folder, 'entry.mjs');
  writeFileSync(entry, code);
  const outputs = (await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [ascii()],
    build: { write: false, minify: true, lib: { entry, formats: ['es'] } },
  })) as Rollup.RollupOutput[];
  return outputs[0]?.output[0].code ?? '';
}

it('writes what means the same in ASCII', async () => {
  const code = await built(
    'export default (a) => ["é 😀", a + `–`, /[–-—]|é/.test("—"), /^[😀]$/u.test("😀"), { "ü": 1 }.ü]',
  );
  expect(code).toMatch(/^[\0-\x7f]+$/);
  const { default: made } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  expect(made('–')).toEqual(['é 😀', '––', true, true, 1]);
});

it.each(['export const a = (b) => /\\é/.test(b)', 'export const a = (b) => String.raw`–` + b'])(
  'fails the build of %j, where an escape would mean something else',
  async (code) => {
    await expect(built(code)).rejects.toThrow('would mean something else');
  },
);
