import { useState } from 'preact/hooks';
import { accountNumber } from '../core/aws/account-number.ts';
import { accountColours, longestAccountName } from '../core/profile/account-names.ts';
import { AccountName, accountOf } from '../page/account-name.tsx';
import { ask } from '../page/background.ts';
import { Managed } from '../page/managed.tsx';
import { trusted } from '../page/trusted.ts';
import { browser } from '../webext/browser.ts';
import { colourNames } from '../webext/colour-names.ts';
import type { Settings } from '../webext/settings-schema.ts';
import { text } from '../webext/text.ts';
import type { View } from '../webext/view.ts';
import { Searchable } from './parts/searchable.tsx';
import type { SectionProps } from './parts/section.ts';
import { SwitchSetting, TextInput } from './parts/setting.tsx';
import { useReplaced } from './parts/use-replaced.ts';

type Account = Settings['accounts'][string];
type Colour = Account['colour'];

/** The user's names and colours for accounts. */
export function Accounts({ view, save }: SectionProps) {
  const { settings } = view;
  const [added, setAdded] = useState<string[]>([]);
  const accounts = [...new Set([...accountsMet(view), ...added])].sort();
  const replace = useReplaced(settings.accounts, (next) =>
    save(ask({ type: 'change-settings', settings: { accounts: kept(next) } })),
  );
  const change = (accountId: string, account: Partial<Account>) =>
    replace((now) => ({
      ...now,
      [accountId]: { ...(now[accountId] ?? { name: '', colour: 'none' }), ...account },
    }));
  const readNames = (on: boolean) =>
    on
      ? browser.permissions.request({ permissions: ['scripting'] })
      : browser.permissions.remove({ permissions: ['scripting'] });
  return (
    <div class="card">
      <p class="hint">{text('options_accountsHint')}</p>
      <SwitchSetting
        id="read-names"
        label={text('options_readNames')}
        hint={text('options_readNamesHint')}
        value={view.namesOnPage.read}
        onSwitch={readNames}
      />
      {accounts.length === 0 && <p class="empty">{text('options_accountsNone')}</p>}
      <Searchable items={accounts} wordsOf={(id) => [id, accountNumber(id), accountOf(settings, id).name]}>
        {(shown) => (
          <ul class="rows">
            {shown.map((id) => (
              <AccountRow
                key={id}
                view={view}
                id={id}
                save={save}
                change={(account) => change(id, account)}
              />
            ))}
          </ul>
        )}
      </Searchable>
      <AddAccount onAdd={(id) => setAdded([...added, id])} />
    </div>
  );
}

function AccountRow({
  view: { settings, accountOrigins },
  id,
  save,
  change,
}: SectionProps & { id: string; change: (account: Partial<Account>) => unknown }) {
  const { name, colour } = accountOf(settings, id);
  const from = accountOrigins[id] ?? {};
  const isFound = from.name === 'page' || from.name === 'config';
  const forget = () => save(ask({ type: 'forget-account-name', accountId: id }));
  return (
    <li class="account-row">
      <AccountName settings={settings} accountId={id} />
      <div>
        <TextInput
          id={`name-${id}`}
          label={text('options_accountName', accountNumber(id))}
          placeholder={text('options_accountNamePlaceholder')}
          value={name}
          fixed={from.name === 'policy'}
          problem={(typed) =>
            typed.length > longestAccountName
              ? text('options_accountNameTooLong', longestAccountName)
              : undefined
          }
          onType={(typed) => (isFound && typed === '' ? forget() : change({ name: typed }))}
        />
        {isFound && (
          <p class="hint found">
            {text(from.name === 'page' ? 'options_foundOnPage' : 'options_foundInConfig')}{' '}
            <button
              type="button"
              class="quiet"
              aria-label={text('options_forgetNameOf', accountNumber(id))}
              onClick={trusted(forget)}
            >
              {text('options_forgetName')}
            </button>
          </p>
        )}
      </div>
      <select
        aria-label={text('options_accountColour', accountNumber(id))}
        value={colour}
        disabled={from.colour === 'policy'}
        onChange={trusted(({ currentTarget }) => change({ colour: currentTarget.value as Colour }))}
      >
        {accountColours.map((one) => (
          <option key={one} value={one}>
            {text(colourNames[one])}
          </option>
        ))}
      </select>
      {(from.name === 'policy' || from.colour === 'policy') && <Managed what={text('options_fixed')} />}
    </li>
  );
}

/** Adds an account that no login has shown yet; it is kept once it has a name or a colour. */
function AddAccount({ onAdd }: { onAdd: (accountId: string) => void }) {
  const [typed, setTyped] = useState('');
  const digits = typed.replace(/[\s-]/g, '');
  return (
    <form class="add" onSubmit={(event) => event.preventDefault()}>
      <label for="add-account">{text('options_accountAdd')}</label>
      <div class="field">
        <input
          id="add-account"
          inputMode="numeric"
          placeholder="1234-5678-9012"
          spellcheck={false}
          autocomplete="off"
          value={typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <button
          type="submit"
          disabled={!/^\d{12}$/.test(digits)}
          onClick={trusted(() => {
            onAdd(digits);
            setTyped('');
          })}
        >
          {text('options_add')}
        </button>
      </div>
    </form>
  );
}

const accountsMet = ({ settings, bindings, chains, logins }: View): string[] => [
  ...Object.keys(settings.accounts),
  ...[...bindings, ...chains, ...logins.flatMap(({ roles }) => roles)].map(({ accountId }) => accountId),
];

/** Only accounts with a name or a colour. */
const kept = (accounts: Settings['accounts']): Settings['accounts'] =>
  Object.fromEntries(
    Object.entries(accounts).filter(([, { name, colour }]) => name !== '' || colour !== 'none'),
  );
