import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import type { Told } from './told.ts';

/** What a show without anybody is made of. */
export interface Steps {
  /** Says what comes, and does it. A failure names the step. */
  step<T>(text: string, act: () => Promise<T>): Promise<T>;
  /** Takes a picture of the whole page; its name gets a number in front. */
  picture(page: Page, name: `${string}.png`): Promise<void>;
}

/** Steps whose pictures go to `folder`. */
export function makeSteps(folder: string, { say }: Pick<Told, 'say'>): Steps {
  let pictures = 0;
  return {
    async step(text, act) {
      say(`${text} …`);
      try {
        return await act();
      } catch (error) {
        throw new Error(`${text}: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
    async picture(page, name) {
      pictures += 1;
      const path = join(folder, `${pictures}-${name}`) as `${string}.png`;
      await mkdir(folder, { recursive: true });
      await page.screenshot({ path, fullPage: true });
      say(`  picture: ${path}`);
    },
  };
}
