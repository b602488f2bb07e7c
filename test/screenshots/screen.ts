import type { Page } from 'puppeteer';
import type { Answers } from '../../src/webext/messages.ts';
import type { View } from '../../src/webext/view.ts';

/** One state of one page, as a person may meet it: for pictures, and for axe-core to judge. */
export interface Screen {
  /** Unique, and the name of its picture: `options-general`. */
  name: string;
  page: 'popup' | 'options' | 'first-run';
  /** The section of the page, as in `#history`. */
  hash?: string;
  /** What the background tells the page. */
  view: View;
  /** What it told before, where the page shows what changed. */
  before?: View;
  /** What the background answers; all is well with what is not named. */
  answers?: Partial<Answers>;
  /** What the user does before the state is there. */
  act?: (page: Page) => Promise<void>;
  /** CSS pixels, where another width than the page's usual one tells more. */
  width?: number;
}
