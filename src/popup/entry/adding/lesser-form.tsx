import { useId, useState } from 'preact/hooks';
import { plainRole } from '../../../core/aws/role.ts';
import { isSamePolicy } from '../../../core/aws/session-policy.ts';
import { sessionPolicyFailure } from '../../../core/aws/session-policy-failure.ts';
import { demandedFor, widerThanDemanded } from '../../../core/policy/demanded-policy.ts';
import type { BindingKey } from '../../../core/profile/binding.ts';
import { lesserName } from '../../../core/profile/lesser-name.ts';
import { takenNames } from '../../../core/profile/suggest-names.ts';
import { ok } from '../../../core/result.ts';
import { ask } from '../../../page/background.ts';
import { failureWords } from '../../../webext/failure-words.ts';
import { rightsWords } from '../../../webext/rights-words.ts';
import { type TextKey, text } from '../../../webext/text.ts';
import type { View } from '../../../webext/view.ts';
import { allowedKinds, type LesserKind, lesserChoice } from '../../parts/lesser-choice.ts';
import { AddForm } from './add-form.tsx';

const kindNames: Record<LesserKind, TextKey> = {
  'read-only': 'popup_lesserReadOnly',
  'view-only': 'popup_lesserViewOnly',
  'security-audit': 'popup_lesserAudit',
  managed: 'popup_lesserManaged',
  json: 'popup_lesserJson',
};

/** Gives a role another profile, with fewer rights than the one called `whole`. */
export function LesserForm({
  view,
  of,
  whole,
}: {
  view: View;
  of: BindingKey & { accountId: string };
  whole: string;
}) {
  const { policy } = view;
  const demanded = demandedFor(policy, of.roleArn);
  const kinds = allowedKinds(policy, of.roleArn);
  const [chosen, setKind] = useState<LesserKind>();
  const [typed, setTyped] = useState<Partial<Record<LesserKind, string>>>({});
  const [name, setName] = useState<string>();
  const kind = chosen !== undefined && kinds.includes(chosen) ? chosen : kinds[0];
  // What is demanded is there to be shortened.
  const start = (kind === 'json' ? demanded?.policy : demanded?.policyArns?.join('\n')) ?? '';
  const value = (kind && typed[kind]) ?? start;
  const sessionPolicy = kind && lesserChoice(kind, value, of.roleArn);
  const isAll = demanded !== undefined && isSamePolicy(sessionPolicy, demanded);
  const role = sessionPolicy && { ...plainRole(of), sessionPolicy };
  const problem =
    role && (sessionPolicyFailure(role.sessionPolicy, of.roleArn) ?? widerThanDemanded(policy, role));
  const profile = name ?? lesserName(whole, sessionPolicy, takenNames(view));

  const add = async () => {
    if (role === undefined) return ok(undefined);
    const { issuer, container } = of;
    const answer = await ask({ type: 'add-lesser', issuer, role, container, profile });
    if (answer.ok) {
      setTyped({});
      setName(undefined);
    }
    return answer;
  };

  if (kind === undefined) {
    const hint = text('popup_lesserNone', demanded ? rightsWords(demanded) : '');
    return <AddForm view={view} title={text('popup_lesser')} hint={hint} />;
  }
  return (
    <AddForm
      view={view}
      title={text('popup_lesser')}
      hint={text('popup_lesserHint')}
      profile={{
        label: text('popup_profileName'),
        name: profile,
        onName: setName,
        of: { ...of, ...(sessionPolicy && { sessionPolicy }) },
        isComplete: role !== undefined && problem === undefined && !isAll,
        add,
      }}
    >
      <label class="captioned-field">
        {text('popup_lesserRights')}
        <select value={kind} onChange={({ currentTarget: { value } }) => setKind(value as LesserKind)}>
          {kinds.map((each) => (
            <option key={each} value={each}>
              {text(kindNames[each])}
            </option>
          ))}
        </select>
      </label>
      {demanded && <p class="hint">{text('popup_lesserDemanded', rightsWords(demanded))}</p>}
      {(kind === 'managed' || kind === 'json') && (
        <PolicyField
          kind={kind}
          value={value}
          problem={isAll ? text('popup_lesserAll') : problem && failureWords(problem).message}
          onType={(now) => setTyped({ ...typed, [kind]: now })}
        />
      )}
    </AddForm>
  );
}

/** The field for ARNs or for JSON, with what is wrong below it. */
function PolicyField({
  kind,
  value,
  problem,
  onType,
}: {
  kind: 'managed' | 'json';
  value: string;
  problem: string | undefined;
  onType: (value: string) => void;
}) {
  const id = useId();
  const isJson = kind === 'json';
  return (
    <>
      <label for={id}>{text(isJson ? 'popup_lesserPolicy' : 'popup_lesserArns')}</label>
      <textarea
        id={id}
        class="code"
        rows={isJson ? 8 : 3}
        value={value}
        dir="ltr"
        spellcheck={false}
        autocomplete="off"
        placeholder={examples[kind]}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-problem`}
        onInput={({ currentTarget }) => onType(currentTarget.value)}
      />
      <p id={`${id}-problem`} class="hint warning" role="status">
        {problem}
      </p>
    </>
  );
}

const examples = {
  managed: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
  json: `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "s3:Get*", "Resource": "*" }
  ]
}`,
};
