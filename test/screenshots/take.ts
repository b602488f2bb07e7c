import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openStage } from '../e2e/stage.ts';
import { firstRunScreens } from './first-run.ts';
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
  writeFileSync(`${shown.has(name) ? inDocuments : others}${name}`, inPalette(picture));
}

const wanted = process.argv.slice(2);
const all = [...popupScreens, ...optionsScreens, ...firstRunScreens];
const screens = all.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)));
if (screens.length === 0) {
  console.error(`No state is called so. There are: ${all.map(({ name }) => name).join(', ')}`);
  process.exit(1);
}

mkdirSync(inDocuments, { recursive: true });
mkdirSync(others, { recursive: true });
const stage = await openStage({ host: false });
try {
  for (const screen of screens) {
    const look = { colours: 'light', deviceScaleFactor: scaleOf(screen.name) } as const;
    const page = await showScreen(stage.browser, screen, look);
    // As tall as all of it, so that what sticks to the foot of the window is at the foot of the picture.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewport({ ...look, width: screen.width ?? widths[screen.page], height });
    for (const colours of ['light', 'dark'] as const) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: colours }]);
      keep(`${screen.name}-${colours}.png`, await page.screenshot({ fullPage: true }));
    }
    await page.close();
    const says = storePictures[screen.name];
    if (says !== undefined) {
      const picture = await takeStorePicture(stage.browser, screen, says);
      keep(`${screen.name.replace('popup', 'store')}.png`, picture);
    }
    console.log(screen.name);
  }
} finally {
  await stage.close();
}
console.log(`Pictures that documents show are in ${inDocuments}, all others in ${others}`);
