import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from 'vitest';
import type { OpenBrowser } from '../acceptance/chromium-browser.ts';
import { describeInstalling } from '../acceptance/installing-scenario.ts';
import { submitLogin } from '../e2e/stage.ts';
import { needs } from '../needs.ts';
import { launchFirefox } from '../rehearsal/firefox.ts';
import type { ScratchHome } from '../rehearsal/scratch-home.ts';
import type { Rehearsal } from '../rehearsal/server.ts';
import { userNamed } from '../rehearsal/world.ts';
import { openPopup } from './open-popup.ts';

const missing = needs('firefox').missing || needs('certutil').missing;

describe.skipIf(missing)('installing', () => {
  describeInstalling('firefox', {
    name: 'Firefox',
    click: { page: 'about:debugging#/runtime/this-firefox', choose: 'manifest.json' },
    prepare: async (home) => {
      for (const folder of ['.mozilla/firefox', '.config/mozilla', 'Downloads']) {
        await mkdir(join(home.path, folder), { recursive: true });
      }
    },
    open,
  });
});

async function open(rehearsal: Rehearsal, home: ScratchHome, extensionDir: string): Promise<OpenBrowser> {
  const firefox = await launchFirefox({ rehearsal, home });
  try {
    await firefox.addTemporarily(extensionDir);
  } catch (error) {
    await firefox.close();
    throw error;
  }
  return {
    async logIn(user) {
      const page = await firefox.browser.newPage();
      await page.bringToFront();
      await page.goto(`https://${userNamed(rehearsal.world, user).idp.host}/?user=${user}`);
      await submitLogin(page, 'button');
      await page.close();
    },
    openPopup: () => openPopup(firefox),
    close: () => firefox.close(),
  };
}
