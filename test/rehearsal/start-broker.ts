// The second half of `npm start -- --broker`, as start.ts is of `npm start`.
import { parseArgs } from 'node:util';
import { openRequestStage, type RequestStage } from '../e2e/request-stage.ts';
import { startOidcProvider } from './oidc-provider.ts';
import { showBroker } from './show-broker.ts';
import { makeSteps, type Steps } from './steps.ts';
import { interrupted, runTold, type Told } from './told.ts';

const { values } = parseArgs({
  options: { headless: { type: 'boolean', default: false }, screenshots: { type: 'string' } },
});

await runTold(async (told) => {
  told.say(
    'Starting the rehearsal AWS, an identity provider, the broker, and Chromium in a home of its own …',
  );
  // What makes files is waited for even after an interruption: only then can all of them be removed.
  const stage = await openRequestStage({
    startProvider: startOidcProvider,
    scopes: ['openid', 'email', 'groups'],
    headless: values.headless,
  });
  try {
    if (told.signal.aborted) return;
    const { rehearsal, provider, machines, broker, home } = stage;
    told.say(`  rehearsal: 127.0.0.1:${rehearsal.port}`);
    told.say(`  identity provider (oidc-provider): ${provider.issuer}`);
    told.say(`  issuer of machines’ tokens: ${machines.url}`);
    told.say(`  broker: ${broker.url}`);
    told.say(`  home: ${home.path}`);
    const steps = makeSteps(values.screenshots ?? '.cache/rehearsal', told);
    const logIn = values.headless ? logInAsAlice(stage, steps) : openWindow(stage, told);
    await Promise.race([
      interrupted(told.signal),
      browserClosed(stage),
      showBroker(stage, logIn, steps.step, told),
    ]);
    if (!told.signal.aborted) told.say('Done.');
  } finally {
    await stage.close();
  }
});

function logInAsAlice({ browser, provider }: RequestStage, { step, picture }: Steps) {
  return (address: string) =>
    step('The login page is open in Chromium; logging in as alice', async () => {
      const page = await browser.newPage();
      await page.goto(address);
      await picture(page, 'login.png');
      await provider.logIn(page, 'alice');
      await picture(page, 'logged-in.png');
    });
}

function openWindow({ browser }: RequestStage, { say }: Told) {
  return async (address: string) => {
    const [tab = await browser.newPage()] = await browser.pages();
    await tab.goto(address);
    await tab.bringToFront();
    say('The login page is open in a window. Log in as alice, with any password, then click Continue.');
  };
}

function browserClosed({ browser }: RequestStage): Promise<never> {
  return new Promise((_, reject) => {
    browser.once('disconnected', () => reject(new Error('The browser was closed before the end.')));
  });
}
