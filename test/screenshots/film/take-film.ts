import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'puppeteer';
import { draw, filmSize } from './draw.ts';
import { framesOf } from './frames.ts';
import { colours, record } from './record.ts';

/** The film's name, as pictures have names. */
export const film = 'at-work';

/** Plays the main job and makes a moving picture of it: `at-work-light.gif` and `at-work-dark.gif` in `folder`. */
export async function takeFilm(browser: Browser, folder: string): Promise<void> {
  const frames = framesOf(await record());
  const page = await browser.newPage();
  await page.setViewport({ ...filmSize, deviceScaleFactor: 2 });
  const scratch = await mkdtemp(join(tmpdir(), 'roleferry-film-'));
  try {
    for (const colour of colours) {
      const shown: string[] = [];
      for (const [index, frame] of frames.entries()) {
        await page.setContent(draw(frame, colour), { waitUntil: 'load' });
        const file = join(scratch, `${colour}-${String(index).padStart(3, '0')}.png`);
        await writeFile(file, await page.screenshot());
        // A GIF counts in hundredths of a second.
        shown.push('-delay', String(Math.round(frame.for / 10)), file);
      }
      const few = ['+dither', '-colors', '128', '-layers', 'OptimizeTransparency'];
      await promisify(execFile)('/usr/bin/convert', [
        '-loop',
        '0',
        ...shown,
        ...few,
        join(folder, `${film}-${colour}.gif`),
      ]);
    }
  } finally {
    await page.close();
    await rm(scratch, { recursive: true });
  }
}
