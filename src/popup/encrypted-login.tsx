import { useId, useState } from 'preact/hooks';
import type { LoginView } from '../background/messages.ts';
import type { Failure } from '../core/failure.ts';
import { ask } from '../page/background.ts';
import { FailureNote } from '../page/failure-note.tsx';
import { trusted } from '../page/trusted.ts';
import { ExpiredChoice, RoleButtons } from './role-choice.tsx';

/** A login whose roles only AWS can read: the person names role and provider, once. */
export function EncryptedLogin({ login }: { login: LoginView }) {
  const [roleArn, setRoleArn] = useState('');
  const [providerArn, setProviderArn] = useState('');
  const [failure, setFailure] = useState<Failure>();
  if (!login.open) return <ExpiredChoice />;
  const { chosenRoleArn } = login;

  const use = async () => {
    const role = { roleArn: (chosenRoleArn ?? roleArn).trim(), providerArn: providerArn.trim() };
    const answer = await ask({ type: 'name-role', loginId: login.id, role });
    setFailure(answer.ok ? undefined : answer.failure);
  };

  return (
    <section class="card" aria-labelledby="encrypted">
      <h2 id="encrypted">This login is encrypted</h2>
      <p>
        Only AWS can read which roles it offers
        {chosenRoleArn === undefined ? '. Name the role and the SAML provider' : '. Name the SAML provider'}{' '}
        once; Roleferry remembers it.
      </p>
      {chosenRoleArn === undefined ? <RoleButtons login={login} /> : <p class="issuer">{chosenRoleArn}</p>}
      <form onSubmit={(event) => event.preventDefault()}>
        {chosenRoleArn === undefined && (
          <ArnField
            label="Role ARN"
            example="arn:aws:iam::111122223333:role/Admin"
            value={roleArn}
            onInput={setRoleArn}
          />
        )}
        <ArnField
          label="Provider ARN"
          example="arn:aws:iam::111122223333:saml-provider/Okta"
          value={providerArn}
          onInput={setProviderArn}
        />
        <button type="submit" class="main" onClick={trusted(use)}>
          Use this role
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
        value={value}
        placeholder={example}
        spellcheck={false}
        autocomplete="off"
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
    </>
  );
}
