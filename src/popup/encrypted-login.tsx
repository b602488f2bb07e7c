import { useId, useState } from 'preact/hooks';
import type { Failure } from '../core/failure.ts';
import { ask } from '../page/background.ts';
import { FailureNote } from '../page/failure-note.tsx';
import { trusted } from '../page/trusted.ts';
import type { LoginView } from '../webext/login-view.ts';
import { text } from '../webext/text.ts';
import type { View } from '../webext/view.ts';
import { ExpiredChoice } from './choice/role-choice.tsx';
import { RolePicker } from './choice/role-picker.tsx';
import { usePicking } from './choice/use-picking.ts';
import { whenSteady } from './parts/click-guard.ts';

/** A login whose roles only AWS can read: the user enters role and provider, once. */
export function EncryptedLogin({ view, login, search }: { view: View; login: LoginView; search: string }) {
  const [roleArn, setRoleArn] = useState('');
  const [providerArn, setProviderArn] = useState('');
  const picking = usePicking();
  const [failure, setFailure] = useState<Failure>();
  if (!login.open) return <ExpiredChoice />;
  const { chosenRoleArn } = login;

  const use = async () => {
    const role = { roleArn: (chosenRoleArn ?? roleArn).trim(), providerArn: providerArn.trim() };
    const answer = await whenSteady(() => ask({ type: 'name-role', loginId: login.id, role }));
    setFailure(answer.ok ? undefined : answer.failure);
  };

  return (
    <section class="card choice" aria-labelledby="encrypted">
      <h2 id="encrypted">{text('popup_encrypted')}</h2>
      <p class="hint">
        {text(chosenRoleArn === undefined ? 'popup_encryptedHint' : 'popup_encryptedChosenHint')}
      </p>
      {chosenRoleArn !== undefined && (
        <p class="issuer">
          <bdi>{chosenRoleArn}</bdi>
        </p>
      )}
      {chosenRoleArn === undefined && login.roles.some(({ state }) => state === 'offered') && (
        <RolePicker view={view} login={login} search={search} picking={picking} />
      )}
      <form onSubmit={(event) => event.preventDefault()}>
        {chosenRoleArn === undefined && (
          <ArnField
            label={text('popup_roleArn')}
            example="arn:aws:iam::111122223333:role/Admin"
            value={roleArn}
            onInput={setRoleArn}
          />
        )}
        <ArnField
          label={text('popup_providerArn')}
          example="arn:aws:iam::…:saml-provider/Okta"
          value={providerArn}
          onInput={setProviderArn}
        />
        <button type="submit" class="main" onClick={trusted(use)}>
          {text('popup_useRole')}
        </button>
      </form>
      {failure && <FailureNote failure={failure} tone="bad" />}
    </section>
  );
}

function ArnField({
  label,
  example,
  value,
  onInput,
}: {
  label: string;
  example: string;
  value: string;
  onInput: (value: string) => void;
}) {
  const id = useId();
  return (
    <>
      <label for={id}>{label}</label>
      <input
        id={id}
        class="code"
        value={value}
        dir="ltr"
        placeholder={example}
        spellcheck={false}
        autocomplete="off"
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
    </>
  );
}
