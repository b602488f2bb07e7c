import { useId, useState } from 'preact/hooks';
import { parseRoleArn } from '../../../core/aws/role.ts';
import { ask } from '../../../page/background.ts';
import { text } from '../../../webext/text.ts';
import type { View } from '../../../webext/view.ts';
import { AddForm } from './add-form.tsx';

/** Sets up a second role, assumed from a profile each time that profile is written. */
export function ChainForm({ view, source }: { view: View; source: string }) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [name, setName] = useState<string>();
  const roleArn = typed.trim();
  const arn = parseRoleArn(roleArn);
  const profile = name ?? (arn === undefined ? '' : `${source}-${arn.name.toLowerCase()}`);

  const add = async () => {
    const answer = await ask({ type: 'set-chain', source, roleArn, profile });
    if (answer.ok) {
      setTyped('');
      setName(undefined);
    }
    return answer;
  };

  return (
    <AddForm
      view={view}
      title={text('popup_chain')}
      hint={text('popup_chainHint')}
      profile={
        arn && {
          label: text('popup_chainProfile'),
          name: profile,
          onName: setName,
          of: { issuer: '', providerArn: '', roleArn, accountId: arn.accountId },
          isComplete: true,
          add,
        }
      }
    >
      <label for={id}>{text('popup_chainRole')}</label>
      <input
        id={id}
        class="code"
        value={typed}
        dir="ltr"
        placeholder="arn:aws:iam::111122223333:role/Deploy"
        spellcheck={false}
        autocomplete="off"
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      {roleArn !== '' && arn === undefined && (
        <p class="hint warning" role="status">
          {text('popup_notARoleArn')}
        </p>
      )}
    </AddForm>
  );
}
