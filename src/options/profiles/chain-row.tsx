import { AccountName } from '../../page/account-name.tsx';
import { ask } from '../../page/background.ts';
import { FailureNote } from '../../page/failure-note.tsx';
import { phrase } from '../../page/phrase.tsx';
import { trusted } from '../../page/trusted.ts';
import type { ChainView } from '../../webext/login-view.ts';
import type { Settings } from '../../webext/settings-schema.ts';
import { text } from '../../webext/text.ts';
import type { Save } from '../parts/saving.tsx';

/** A second role, assumed from another role's profile. */
export function ChainRow({ chain, settings, save }: { chain: ChainView; settings: Settings; save: Save }) {
  const { source, roleArn, profile, roleName, accountId, failure } = chain;
  const remove = () =>
    save(ask({ type: 'remove-chain', profile }), {
      said: text('options_removed', profile),
      undo: () => ask({ type: 'set-chain', source, roleArn, profile }),
    });
  return (
    <div class="chain">
      <div class="role-title">
        <span>{phrase('options_chainTo', <bdi>{source}</bdi>, <strong>{profile}</strong>)}</span>
        <span>
          <bdi>{roleName}</bdi> <AccountName settings={settings} accountId={accountId} />
        </span>
        {failure && <FailureNote failure={failure} tone="calm" />}
      </div>
      <button
        type="button"
        class="quiet danger"
        onClick={trusted(remove)}
        aria-label={text('options_removeNamed', profile)}
      >
        {text('options_remove')}
      </button>
    </div>
  );
}
