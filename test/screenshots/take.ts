import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openStage } from '../e2e/stage.ts';
import { firstRunScreens } from './first-run.ts';
import { optionsScreens } from './options.ts';
import { inPalette } from './palette-png.ts';
import { popupScreens } from './popup.ts';
import { showScreen } from './show-screen.ts';
import { storePictures, takeStorePicture } from './store.ts';

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));

/** These are in README.md, where they are looked at closely. */
const inReadme = ['popup-at-work'];

mkdirSync(folder, { recursive: true });
const stage = await openStage({ host: false });
try {
  for (const screen of [...popupScreens, ...optionsScreens, ...firstRunScreens]) {
    const deviceScaleFactor = inReadme.includes(screen.name) ? 2 : 1;
    const page = await showScreen(stage.browser, screen, { colours: 'light', deviceScaleFactor });
    for (const colours of ['light', 'dark'] as const) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: colours }]);
      const picture = await page.screenshot({ fullPage: true });
      writeFileSync(`${folder}${screen.name}-${colours}.png`, inPalette(picture));
    }
    await page.close();
    const says = storePictures[screen.name];
    if (says !== undefined) {
      const picture = await takeStorePicture(stage.browser, screen, says);
      writeFileSync(`${folder}${screen.name.replace('popup', 'store')}.png`, inPalette(picture));
    }
    console.log(screen.name);
  }
} finally {
  await stage.close();
}
