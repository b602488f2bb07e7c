import { describe } from 'vitest';
import { needs } from '../needs.ts';
import { openChromium, prepareChromium } from './chromium-browser.ts';
import { describeInstalling } from './installing-scenario.ts';

const missing = needs('chromium').missing || needs('certutil').missing;

describe.skipIf(missing)('installing', () => {
  describeInstalling('chromium', {
    name: 'Chromium',
    click: { page: 'chrome://extensions', choose: '' },
    prepare: prepareChromium,
    open: openChromium,
  });
});
