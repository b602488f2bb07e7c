// The second half of `npm start`; scripts/start.mjs prepares everything and says what it may be told.
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { openStage } from '../e2e/stage.ts';
import { openFirefoxStage } from '../firefox/stage.ts';
import { openShell } from './shell.ts';
import { showHeadless } from './show-headless.ts';
import { showWindow } from './show-window.ts';
import { interrupted, runTold } from './told.ts';

const { values } = parseArgs({
  options: {
    browser: { type: 'string', default: 'chromium' },
    headless: { type: 'boolean' },
    screenshots: { type: 'string' },
  },
});

await runTold(async (told) => {
  const [name, open] = values.browser === 'firefox' ? ['Firefox', openFirefoxStage] : ['Chromium', openStage];
  told.say(`Starting the rehearsal AWS, and ${name} with the extension in a home of its own …`);
  // What makes files is waited for even after an interruption: only then can all of them be removed.
  const stage = await open({ headless: values.headless === true, host: false });
  try {
    if (told.signal.aborted) return;
    told.say(`  rehearsal: 127.0.0.1:${stage.rehearsal.port}`);
    told.say(`  home: ${stage.home.path}`);
    told.say('Registering the native host there, by roleferry install …');
    await stage.installHost();
    if (told.signal.aborted) return;
    const folder = values.screenshots ?? '.cache/rehearsal';
    if (values.headless === true) {
      await Promise.race([interrupted(told.signal), showHeadless(stage, folder, told)]);
      return;
    }
    const shell = await openShell(stage, join(folder, 'env'));
    try {
      const show = showWindow(stage, told, relative('', join(folder, 'env')));
      await Promise.race([interrupted(told.signal), show]);
    } finally {
      await shell.close();
    }
  } finally {
    await stage.close();
  }
});
