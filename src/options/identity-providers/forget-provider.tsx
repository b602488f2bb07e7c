import { useState } from 'preact/hooks';
import { ask } from '../../page/background.ts';
import { trusted } from '../../page/trusted.ts';
import { text } from '../../webext/text.ts';
import type { Save } from '../parts/saving.tsx';

/** Forgets an identity provider once the user is sure. */
export function ForgetProvider({ name, issuer, save }: { name: string; issuer: string; save: Save }) {
  const [sure, setSure] = useState(false);
  const forget = async () => {
    setSure(false);
    await save(ask({ type: 'forget-issuer', issuer }));
  };
  if (!sure) {
    return (
      <div class="buttons">
        <button
          type="button"
          class="quiet danger"
          aria-label={text('options_forgetProviderNamed', name)}
          onClick={() => setSure(true)}
        >
          {text('options_forgetProvider')}
        </button>
      </div>
    );
  }
  return (
    <>
      <p class="hint" role="status">
        {text('options_forgetProviderHint')}
      </p>
      <div class="buttons">
        <button type="button" class="danger" onClick={trusted(forget)}>
          {text('options_forgetProviderNamed', name)}
        </button>
        <button type="button" onClick={() => setSure(false)}>
          {text('history_keep')}
        </button>
      </div>
    </>
  );
}
