import { type ConsolePage, consoleOf, switchRoleLink } from '../../core/aws/console.ts';
import { ask } from '../../page/background.ts';
import { phrase } from '../../page/phrase.tsx';
import { trusted } from '../../page/trusted.ts';
import { accountWords } from '../../webext/account-words.ts';
import { browser } from '../../webext/browser.ts';
import { text } from '../../webext/text.ts';
import type { View } from '../../webext/view.ts';
import { type ConsoleAccess, originOf } from '../parts/console-access.ts';
import type { Entry } from '../parts/entries.ts';
import { Explained } from '../parts/explained.tsx';

type Closed = Extract<ConsoleAccess, { state: 'closed' }>;

/** The address that opens the console, or `page` of it, with this role; `undefined` while there is none. */
export function consoleLink(
  { state }: ConsoleAccess,
  roleArn: string,
  label: string,
  page: ConsolePage | undefined,
): string | undefined {
  if (state === 'open') return page?.url ?? consoleOf(roleArn);
  return state === 'switch' ? switchRoleLink(roleArn, { label, page: page?.url }) : undefined;
}

/** Opens a link in a new tab, as a click on it does. */
export const openLink = (url: string) => browser.tabs.create({ url });

/** Leads to the console, or to the reason why it does not. */
export function OpenConsole({
  link,
  describedBy,
  isWhyShown,
  onWhy,
}: {
  link: string | undefined;
  /** The line that it stands in; there it is short. */
  describedBy?: string | undefined;
  isWhyShown: boolean;
  onWhy: () => void;
}) {
  const name = text('popup_openConsole');
  const label = describedBy === undefined ? name : text('popup_openPage');
  const shown = {
    'aria-label': name,
    'aria-describedby': describedBy,
    'aria-keyshortcuts': 'Control+Enter',
    title: `${text('popup_keyCtrl')} + ${text('popup_keyEnter')}`,
  };
  if (link === undefined) {
    return (
      <button type="button" class="console" aria-expanded={isWhyShown} onClick={onWhy} {...shown}>
        {label}
      </button>
    );
  }
  return (
    <a class="console" href={link} target="_blank" rel="noreferrer" {...shown}>
      {label}
    </a>
  );
}

/** Why the console cannot be opened with an entry's role, and what helps. */
export function WhyNoConsole({ view, entry, access }: { view: View; entry: Entry; access: Closed }) {
  const issuer = issuerOf(entry, view);
  const link = issuer === undefined ? undefined : view.settings.signInLinks[issuer];
  const hasManyConsoles = view.settings.manyConsoles;
  return (
    <div class="note calm" role="status">
      <p class="what">{reasonFor(access, view)}</p>
      {access.first !== undefined && <p>{phrase('popup_consoleFirst', <bdi>{access.first}</bdi>)}</p>}
      {access.why !== 'other-container' &&
        (link === undefined ? (
          access.first === undefined && <p>{text('popup_consoleLogIn')}</p>
        ) : (
          <a class="button main" href={link} target="_blank" rel="noreferrer">
            {text('popup_logIn')}
          </a>
        ))}
      {access.why === 'other-role' && (
        <div class="line">
          <label class="line">
            <input
              type="checkbox"
              checked={hasManyConsoles}
              onChange={trusted(() =>
                ask({ type: 'change-settings', settings: { manyConsoles: !hasManyConsoles } }),
              )}
            />{' '}
            {text('popup_manyConsoles')}
          </label>
          <Explained explanation={text('popup_manyConsolesHint')}>{() => null}</Explained>
        </div>
      )}
    </div>
  );
}

function reasonFor(access: Closed, { settings }: View): string {
  if (access.why === 'other-role') {
    return text('popup_consoleOther', access.roleName, accountWords(settings, access.accountId));
  }
  if (access.why === 'ended') return text('popup_consoleEnded');
  return text(access.why === 'no-login' ? 'popup_consoleNoLogin' : 'popup_consoleContainer');
}

function issuerOf(entry: Entry, view: View): string | undefined {
  if (entry.kind === 'role') return entry.login.issuer;
  return entry.kind === 'resting' ? entry.binding.issuer : originOf(entry.chain.source, view)?.issuer;
}
