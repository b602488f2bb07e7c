import { failure } from '../core/failure.ts';
import { browser } from './browser.ts';
import type { LoginView, View } from './messages.ts';

/** What the toolbar button says of the newest login. */
interface Badge {
  text: string;
  colour: string;
  title: string;
}

const blank: Badge = { text: '', colour: '#5f6b73', title: 'Roleferry' };
const amber = '#b45309';
const green = '#15803d';
const red = '#b91c1c';
const grey = '#5f6b73';

/** The badge for a view: the state that needs the person most wins. */
export function badgeOf({ logins }: Pick<View, 'logins'>): Badge {
  const [newest] = logins;
  return newest === undefined ? blank : badgeOfLogin(newest);
}

function badgeOfLogin({ failure, open, roles }: LoginView): Badge {
  if (failure !== undefined) return { text: '!', colour: red, title: `Roleferry: ${failure.message}` };
  const asked = roles.filter(({ state }) => state !== 'offered');
  const problem = asked.find((role) => role.failure !== undefined);
  if (problem?.failure) return { text: '!', colour: red, title: `Roleferry: ${problem.failure.message}` };
  const has = (wanted: string) => asked.some(({ state }) => state === wanted);
  if (has('ready'))
    return { text: 'new', colour: amber, title: 'Roleferry: choose a profile for this login' };
  if (has('exchanging')) return { text: '…', colour: grey, title: 'Roleferry: asking AWS for credentials' };
  if (has('saving')) return { text: '…', colour: grey, title: 'Roleferry: writing the profile' };
  if (has('saved')) return { text: '✓', colour: green, title: 'Roleferry: the profile is written' };
  if (has('expired')) return { text: '–', colour: grey, title: 'Roleferry: the credentials have expired' };
  return open ? { text: '?', colour: amber, title: 'Roleferry: choose a role' } : blank;
}

/** Puts the badge for a view on the toolbar button. */
export const showBadge = (view: View): Promise<void> => put(badgeOf(view));

/** Says on the toolbar button that Roleferry itself failed: there is nothing else that could still say so. */
export function showTrouble(): Promise<void> {
  const { message, hint } = failure('unexpected', { where: 'the extension' });
  return put({ text: '!', colour: red, title: `Roleferry: ${message} ${hint}` });
}

async function put({ text, colour, title }: Badge): Promise<void> {
  await Promise.all([
    browser.action.setBadgeText({ text }),
    browser.action.setBadgeBackgroundColor({ color: colour }),
    browser.action.setTitle({ title }),
  ]);
}
