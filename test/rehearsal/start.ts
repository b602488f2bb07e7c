// The second half of `npm start`; scripts/start.mjs prepares everything and says what it may be told.
import { parseArgs } from 'node:util';
import { openStage } from '../e2e/stage.ts';
import { openFirefoxStage } from '../firefox/stage.ts';
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
    const show =
      values.headless === true
        ? showHeadless(stage, values.screenshots ?? '.cache/rehearsal', told)
        : showWindow(stage, told);
    await Promise.race([interrupted(told.signal), show]);
  } finally {
    await stage.close();
  }
});
