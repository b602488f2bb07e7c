import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openStage } from '../e2e/stage.ts';
import { film, takeFilm } from './film/take-film.ts';
import { firstRunScreens } from './first-run.ts';
import { germanCopy } from './german-copy.ts';
import { optionsScreens } from './options.ts';
import { inPalette } from './palette-png.ts';
import { popupScreens } from './popup.ts';
import { showScreen, widths } from './show-screen.ts';
import { shownInDocuments } from './shown-in-documents.ts';
import { storePictures, takeStorePicture } from './store.ts';

/** In the repository is what a document shows; all others are for looking at. */
const inDocuments = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
const others = fileURLToPath(new URL('../../.cache/screenshots/', import.meta.url));
const shown = shownInDocuments();

/** Documents are looked at closely. */
const scaleOf = (screen: string) =>
  shown.has(`${screen}-light.png`) || shown.has(`${screen}-dark.png`) ? 2 : 1;

function keep(name: string, picture: Uint8Array): void {
  const place = isGerman ? `${others}german-` : shown.has(name) ? inDocuments : others;
  writeFileSync(`${place}${name}`, inPalette(picture));
}

const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { language: { type: 'string', default: 'en' } },
});
const isGerman = values.language === 'de';
const all = [...popupScreens, ...optionsScreens, ...firstRunScreens];
const screens = all.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)));
const wantsFilm = !isGerman && (wanted.length === 0 || wanted.some((word) => film.startsWith(word)));
if (screens.length === 0 && !wantsFilm) {
  console.error(`No state is called so. There are: ${[film, ...all.map(({ name }) => name)].join(', ')}`);
  process.exit(1);
}

mkdirSync(inDocuments, { recursive: true });
mkdirSync(others, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'roleferry-pictures-'));
const extension = isGerman ? { extension: await germanCopy(folder) } : {};
const stage = await openStage({ host: false, ...extension });
try {
  if (wantsFilm) {
    await takeFilm(stage.browser, inDocuments);
    console.log(film);
  }
  for (const screen of screens) {
    const look = { colours: 'light', deviceScaleFactor: scaleOf(screen.name) } as const;
    const page = await showScreen(stage.browser, screen, look);
    // The rest of a long list comes once the browser is idle, which a page that draws nothing after a click may never be.
    await page.evaluate(
      'new Promise((done) => setTimeout(() => requestIdleCallback(done, { timeout: 1000 }), 600))',
    );
    // As tall as all of it, so that what sticks to the foot of the window is at the foot of the picture.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewport({ ...look, width: screen.width ?? widths[screen.page], height });
    for (const colours of ['light', 'dark'] as const) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: colours }]);
      keep(`${screen.name}-${colours}.png`, await page.screenshot({ fullPage: true }));
    }
    await page.close();
    const says = storePictures[screen.name];
    // The stores' pictures have words of their own around them.
    if (says !== undefined && !isGerman) {
      const picture = await takeStorePicture(stage.browser, screen, says);
      keep(`${screen.name.replace('popup', 'store')}.png`, picture);
    }
    console.log(screen.name);
  }
} finally {
  await stage.close();
  rmSync(folder, { recursive: true });
}
console.log(
  isGerman
    ? `The pictures in German are in ${others}, as german-*.png`
    : `Pictures that documents show are in ${inDocuments}, all others in ${others}`,
);
