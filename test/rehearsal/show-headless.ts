import type { Stage } from '../e2e/stage.ts';
import { callerIdentity } from './caller-identity.ts';
import { shownProfile, type WrittenProfile, watchProfiles } from './credentials-watch.ts';
import { makeSteps } from './steps.ts';
import type { Told } from './told.ts';

/** As wide as the popup is in a browser's window, in CSS pixels. */
const popupWidth = 400;
const longestWait = 30_000;
const profileName = 'dev';

/**
 * Does the main job without anybody: logs in, saves the login as a profile, logs in again, copies the env
 * vars. Leaves pictures in `folder`. Throws at the first step that fails, naming it.
 */
export async function showHeadless(
  stage: Stage,
  folder: string,
  { say, result, signal }: Told,
): Promise<void> {
  const { rehearsal, home } = stage;
  const { step, picture } = makeSteps(folder, { say });
  const page = await step('Opening the identity provider’s login page', async () => {
    const opened = await stage.browser.newPage();
    await opened.goto('https://idp.rehearsal.test/?user=alice');
    await picture(opened, 'identity-provider.png');
    return opened;
  });
  await step('Logging in as alice, and on to the AWS console', async () => {
    await Promise.all([page.waitForSelector('#role'), page.click('button')]);
    await picture(page, 'console.png');
  });
  const popup = await step('Opening the popup: it shows the role and its account', async () => {
    const opened = await stage.openPopup();
    await opened.page.setViewport({ width: popupWidth, height: 200, deviceScaleFactor: 2 });
    await opened.reads('Developer');
    await opened.reads('1111-2222-3333');
    await opened.profileName();
    await picture(opened.page, 'popup-new-login.png');
    return opened;
  });
  const first = await step(`Typing the profile name ${profileName}, and Save`, async () => {
    const written = nextProfile(home.credentialsFile, profileName);
    await popup.typeProfileName(profileName);
    await popup.press('Save');
    await popup.reads('Saved.');
    await picture(popup.page, 'popup-saved.png');
    return written;
  });
  const second = await step('Logging in again: the profile is written by itself', async () => {
    const written = nextProfile(home.credentialsFile, profileName);
    await stage.logIn('alice');
    const again = await written;
    await popup.reads('Saved.');
    await picture(popup.page, 'popup-second-login.png');
    return again;
  });
  if (first.lines.join() === second.lines.join()) throw new Error('The second login wrote nothing new.');
  result(shownProfile(second));

  await step(`Asking STS who ${profileName} is, by a signed call`, async () => {
    const env = { ...home.env, AWS_PROFILE: profileName };
    const { through, answer } = await callerIdentity({ env, stsHttpUrl: rehearsal.stsHttpUrl, signal });
    result(`GetCallerIdentity with the profile ${profileName}, through ${through}:\n${answer}`);
  });
  await step('Copying the env vars from the popup, and evaluating them in bash', async () => {
    await popup.press('Copy as env vars');
    await popup.reads('Copied');
    // Without the file there are only the variables to sign with.
    const env = { ...home.env, AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
    const evaluate = await stage.clipboard();
    const { through, answer } = await callerIdentity({
      env,
      stsHttpUrl: rehearsal.stsHttpUrl,
      evaluate,
      signal,
    });
    result(`GetCallerIdentity with the env vars, through ${through}:\n${answer}`);
  });
  say(`Done. Pictures of each page are in ${folder}`);
}

/** The next writing of the profile `name`; fails when none comes. */
function nextProfile(credentialsFile: string, name: string): Promise<WrittenProfile> {
  const written = new Promise<WrittenProfile>((resolve, reject) => {
    const watcher = watchProfiles(credentialsFile, (profile) => {
      if (profile.name === name) settle(() => resolve(profile));
    });
    const timer = setTimeout(
      () => settle(() => reject(new Error(`nothing was written to ${credentialsFile}`))),
      longestWait,
    );
    const settle = (end: () => void) => {
      clearTimeout(timer);
      watcher.close();
      end();
    };
  });
  // Waiters see it; without them the failed step must not become an unhandled rejection.
  written.catch(() => {});
  return written;
}
