import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Stage as CliStage } from '../acceptance/cli-stage.ts';
import { makeNotingBrowser, type NotingBrowser } from '../e2e/noting-browser.ts';
import { openInOrder } from '../e2e/stage.ts';
import { needs } from '../needs.ts';
import { type Firefox, launchFirefox } from '../rehearsal/firefox.ts';
import { makeScratchHome } from '../rehearsal/scratch-home.ts';
import { startRehearsal } from '../rehearsal/server.ts';
import { soon } from '../soon.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const cli = path('../../dist/node/roleferry.cjs');
const missing = needs('firefox').missing || needs('certutil').missing;

/** Opens a link as Firefox does that is started with it. */
const asFromOutside = (link: string) => `
  const { OPEN_NEWTAB, OPEN_EXTERNAL } = Ci.nsIBrowserDOMWindow;
  const principal = Services.scriptSecurityManager.getSystemPrincipal();
  window.browserDOMWindow.openURI(Services.io.newURI(${JSON.stringify(link)}), null, OPEN_NEWTAB, OPEN_EXTERNAL, principal);
`;

/** The pages of the console that are open, each with its container. */
const consoles = `
  return gBrowser.tabs
    .filter(({ linkedBrowser }) => linkedBrowser.currentURI.spec.startsWith('https://console.aws.amazon.com/'))
    .map(({ userContextId, linkedBrowser }) => [
      ContextualIdentityService.getPublicIdentityFromId(userContextId)?.name,
      linkedBrowser.currentURI.filePath,
    ]);
`;

describe.skipIf(missing)('roleferry console --container, in a real Firefox', () => {
  let stage: { cli: CliStage; firefox: Firefox; noting: NotingBrowser; close(): Promise<void> };

  beforeAll(async () => {
    stage = await openInOrder(async (keep, close) => {
      const rehearsal = keep(await startRehearsal());
      const home = keep(await makeScratchHome());
      const firefox = keep(await launchFirefox({ rehearsal, home }));
      await firefox.browser.installExtension(path('opener'));
      const noting = await makeNotingBrowser(home);
      return { cli: new CliStage(rehearsal, home, [process.execPath, cli]), firefox, noting, close };
    });
    const input = stage.cli.rehearsal.issueResponse({ user: 'alice' });
    await stage.cli.run(['saml', '--profile', 'dev'], { input });
  });

  afterAll(() => stage?.close());

  it('opens the console in the container of that name, by an add-on that knows its links', async () => {
    const { cli, firefox, noting } = stage;
    const { BROWSER = '', ...env } = { ...noting.env, AWS_ENDPOINT_URL_SIGNIN: cli.rehearsal.stsHttpUrl };
    const args = ['console', 'dev', '--service', 's3', '--container', 'Dev & Söhne', '--browser', BROWSER];
    const ended = cli.run(args, { env });
    await firefox.system(asFromOutside(await noting.address()));
    expect((await ended).status).toBe(0);
    await expect.poll(() => firefox.system(consoles), soon).toEqual([['Dev & Söhne', '/s3/home']]);
  });
});
