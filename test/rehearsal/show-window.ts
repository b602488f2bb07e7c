import type { Stage } from '../e2e/stage.ts';
import { callerIdentity } from './caller-identity.ts';
import { shownProfile, type WrittenProfile, watchProfiles } from './credentials-watch.ts';
import type { Told } from './told.ts';

const whatToDo = (env: string) => `
A browser window is open at the login page of a rehearsal company. In it:

  1. Log in. The password is filled in already. The page that follows is the rehearsal's AWS console.
  2. Click the Roleferry button in the toolbar; its badge says “new”. (Not there? Click the puzzle icon.)
  3. Look at the role and the account, type a profile name and a region, and click Save.

The profile then appears here. Log in once more, and Roleferry renews it.
To use it in another terminal, in this folder: . ${env}
Close the browser, or press Ctrl-C here, to end.
`;

/** Opens a window for a person, and shows and proves each profile that is written, until it is closed. `env`: for terminals. */
export async function showWindow(stage: Stage, { say, result, signal }: Told, env: string): Promise<void> {
  const { browser, home, rehearsal } = stage;
  const closed = new Promise<void>((resolve) => browser.once('disconnected', () => resolve()));

  const prove = async (profile: WrittenProfile) => {
    result(shownProfile(profile));
    say(`Asking STS who ${profile.name} is, by a signed call …`);
    const env = { ...home.env, AWS_PROFILE: profile.name };
    const { through, answer } = await callerIdentity({ env, stsHttpUrl: rehearsal.stsHttpUrl, signal });
    result(`GetCallerIdentity with the profile ${profile.name}, through ${through}:\n${answer}`);
  };
  let proving = Promise.resolve();
  const watcher = watchProfiles(home.credentialsFile, (profile) => {
    proving = proving
      .then(() => prove(profile))
      .catch((error: unknown) => {
        if (!signal.aborted) say(`error: ${error instanceof Error ? error.message : String(error)}`);
      });
  });

  const [tab = await browser.newPage()] = await browser.pages();
  await tab.goto('https://idp.rehearsal.test/');
  await tab.bringToFront();
  say(whatToDo(env));
  await closed;
  watcher.close();
  if (!signal.aborted) say('The browser was closed.');
}
