import { useState } from 'preact/hooks';
import { parseRoleArn } from '../../core/aws/role.ts';
import { profileNameFailure } from '../../core/profile/profile-name.ts';
import { ask } from '../../page/background.ts';
import { trusted } from '../../page/trusted.ts';
import { failureWords } from '../../webext/failure-words.ts';
import { text } from '../../webext/text.ts';
import type { Save } from '../parts/saving.tsx';

/** Sets up a second role: assumed from one profile, saved to another. */
export function ChainForm({ sources, save }: { sources: string[]; save: Save }) {
  const [chosen, setSource] = useState('');
  const [roleArn, setRoleArn] = useState('');
  const [profile, setProfile] = useState('');
  const source = sources.includes(chosen) ? chosen : sources[0];
  if (source === undefined) return <p class="empty">{text('options_chainsNoSource')}</p>;

  const arnProblem = roleArn !== '' && parseRoleArn(roleArn) === undefined && text('options_roleArnProblem');
  const nameFailure = profile === '' ? undefined : profileNameFailure(profile);
  const nameProblem = nameFailure && failureWords(nameFailure).message;
  const isWhole = roleArn !== '' && profile !== '' && !arnProblem && !nameProblem;
  const add = async () => {
    if (!(await save(ask({ type: 'set-chain', source, roleArn, profile })))) return;
    setRoleArn('');
    setProfile('');
  };
  return (
    <form class="chain-form" onSubmit={(event) => event.preventDefault()}>
      <div>
        <label for="chain-source">{text('options_chainSource')}</label>
        <select
          id="chain-source"
          value={source}
          onChange={({ currentTarget }) => setSource(currentTarget.value)}
        >
          {sources.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label for="chain-role">{text('options_chainRole')}</label>
        <input
          id="chain-role"
          value={roleArn}
          placeholder="arn:aws:iam::…:role/Deploy"
          spellcheck={false}
          autocomplete="off"
          aria-invalid={Boolean(arnProblem)}
          aria-describedby="chain-role-problem"
          onInput={({ currentTarget }) => setRoleArn(currentTarget.value.trim())}
        />
        <p class="problem" id="chain-role-problem" role="status">
          {arnProblem}
        </p>
      </div>
      <div>
        <label for="chain-profile">{text('options_chainProfile')}</label>
        <input
          id="chain-profile"
          value={profile}
          spellcheck={false}
          autocomplete="off"
          aria-invalid={Boolean(nameProblem)}
          aria-describedby="chain-profile-problem"
          onInput={({ currentTarget }) => setProfile(currentTarget.value)}
        />
        <p class="problem" id="chain-profile-problem" role="status">
          {nameProblem}
        </p>
      </div>
      <button type="submit" onClick={trusted(add)} disabled={!isWhole}>
        {text('options_chainAdd')}
      </button>
    </form>
  );
}
