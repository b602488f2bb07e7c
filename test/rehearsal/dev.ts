// The second half of `npm run dev`; scripts/dev.mjs prepares everything and says what it may be told.
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openStage, type Stage } from '../e2e/stage.ts';
import { openFirefoxStage } from '../firefox/stage.ts';
import type { Screen } from '../screenshots/screen.ts';
import { widths } from '../screenshots/show-screen.ts';
import { extensionPages, reloadExtension, reloadPages } from './reload.ts';
import { watchSaves } from './saves.ts';
import { interrupted, runTold } from './told.ts';

const { values } = parseArgs({
  options: {
    browser: { type: 'string', default: 'chromium' },
    headless: { type: 'boolean', default: false },
    pictures: { type: 'string', default: '.cache/dev' },
  },
});
const root = fileURLToPath(new URL('../..', import.meta.url));
const extension = values.browser === 'firefox' ? 'firefox' : 'chromium';
const extensionFolder = join(root, 'dist', extension);
const pictures = resolve(root, values.pictures);
const { buildProduct } = await import(
  new URL('../../scripts/set-up/build-products.mjs', import.meta.url).href
);

/** What Node runs: the command line, the host, and what AWS tools run. */
const programs = ['cli', 'host', 'process'];

/** What is built of each part of the sources; of all that is not here, such as src/core, everything is. */
const partsOf: [RegExp, string[]][] = [
  [/^(?:src\/(?:background|first-run|options|page|popup|webext)|_locales|icons)\//, [extension]],
  [/^src\/(?:cli|credentials-file|native-host)\//, programs],
];
const everything = [extension, ...programs];
const isSource = (file: string) =>
  /^(?:(?:src|_locales|icons)\/.*\.\w+|manifest\.json|managed-schema\.json)$/.test(file) &&
  !file.endsWith('.test.ts');
const productsOf = (file: string) => partsOf.find(([files]) => files.test(file))?.[1] ?? everything;

const readyInWindow = `Ready. Log in as anyone: the password is filled in. The popup is open in a tab of its own, too.
Save a source, and it reloads. Close the browser, or press Ctrl-C here, to end.`;

/** A page fills as the background tells it more: it has when nothing came for a while. */
const settled = `new Promise((resolve) => {
  let timer = setTimeout(resolve, 300);
  new MutationObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(resolve, 300);
  }).observe(document, { subtree: true, childList: true, characterData: true });
  setTimeout(resolve, 3000);
})`;

await runTold(async ({ say, signal }) => {
  say('Building …');
  await build(everything);
  if (signal.aborted) return;
  say('Opening a browser with the extension, in front of the rehearsal AWS …');
  const stage = await (extension === 'firefox' ? openFirefoxStage : openStage)({ headless: values.headless });
  const closed = new Promise<void>((settle) => stage.browser.once('disconnected', () => settle()));
  try {
    say(`  home: ${stage.home.path}`);
    // Firefox has it from its profile, where a build does not reach.
    if (extension === 'firefox') await stage.browser.installExtension(extensionFolder);
    await openPages(stage);
    if (values.headless) await takePictures(stage, say);
    const saves = watchSaves(root, ['src', '_locales', 'icons'], signal);
    say(values.headless ? 'Ready. Save a source and look at the pictures. Ctrl-C ends.' : readyInWindow);
    await Promise.race([closed, interrupted(signal), reloadAtSaves(stage, saves, say, signal)]);
  } finally {
    await stage.close();
  }
});

async function openPages(stage: Stage): Promise<void> {
  if (values.headless) {
    await stage.logIn('alice');
    await stage.openPopup('options');
  }
  await stage.openPopup('popup');
  if (values.headless) return;
  const login = await stage.browser.newPage();
  await login.goto('https://idp.rehearsal.test/');
}

async function reloadAtSaves(
  stage: Stage,
  saves: AsyncIterable<string[]>,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  for await (const saved of saves) {
    const files = saved.filter(isSource);
    if (files.length === 0) continue;
    const started = Date.now();
    say(`Saved ${files.join(', ')}: building …`);
    try {
      const reloaded = await bringIn(stage, files);
      if (values.headless) await takePictures(stage, say);
      say(`Reloaded ${reloaded}, ${((Date.now() - started) / 1000).toFixed(1)} s after the save.`);
    } catch (error) {
      if (signal.aborted) return;
      say(`error: ${error instanceof Error ? error.message : String(error)}`);
      say('hint: Mend it and save again; the browser shows what was loaded before.');
    }
  }
}

/** Rebuilds what these sources are part of, reloads as little as possible to show it, and returns a word for that. */
async function bringIn(stage: Stage, files: string[]): Promise<string> {
  const wanted = new Set(files.flatMap(productsOf));
  const before = { host: builtHost(), background: behindPages() };
  await build(everything.filter((product) => wanted.has(product)));
  const newHost = builtHost() !== before.host;
  if (newHost) await stage.installHost();
  if (newHost || behindPages() !== before.background) {
    await reloadExtension(stage, extensionFolder);
    return newHost ? 'the native host and the extension' : 'the extension';
  }
  if (!wanted.has(extension)) return 'nothing: the command line in dist/node is new';
  await reloadPages(stage);
  return 'the pages';
}

async function build(products: string[]): Promise<void> {
  for (const product of products) await buildProduct(product);
}

function builtHost(): string {
  return readFileSync(join(root, 'dist/node/native-host.cjs'), 'utf8');
}

/** Everything in the built extension that its pages don't load themselves. */
function behindPages(): string {
  const files = readdirSync(extensionFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/^(?:src|assets)[\\/]/.test(relative(extensionFolder, file)));
  return files.map((file) => readFileSync(file, 'latin1')).join();
}

/** A picture and the text of each page of the extension that is open. */
async function takePictures(stage: Stage, say: (text: string) => void): Promise<void> {
  await mkdir(pictures, { recursive: true });
  for (const { page, path } of await extensionPages(stage)) {
    const name = path.split('/')[1] as Screen['page'];
    await page.bringToFront();
    await page.setViewport({ width: widths[name], height: 200, deviceScaleFactor: 2 });
    await page.evaluate(settled);
    const picture = join(pictures, `${name}.png`) as `${string}.png`;
    await page.screenshot({ path: picture, fullPage: true });
    await writeFile(join(pictures, `${name}.txt`), `${await page.evaluate('document.body.innerText')}\n`);
    say(`  picture: ${picture}, and its text beside it`);
  }
}
