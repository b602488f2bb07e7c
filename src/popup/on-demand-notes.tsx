import { useRef, useState } from 'preact/hooks';
import { policyKey } from '../core/aws/session-policy.ts';
import type { Failure } from '../core/failure.ts';
import { ask } from '../page/background.ts';
import { FailureNote } from '../page/failure-note.tsx';
import { trusted } from '../page/trusted.ts';
import { text } from '../webext/text.ts';
import type { BindingView, View } from '../webext/view.ts';
import { namesOf } from './parts/names-of.ts';

/** What there is to say of on-demand profiles: they were made just now, which can be undone, or their roles are gone. */
export function OnDemandNotes({ view }: { view: View }) {
  const made = view.bindings.filter(({ onDemand }) => onDemand);
  // By role: another name makes no profile.
  const before = useRef(new Set(made.map(roleOf)));
  const fresh = made.filter((one) => !before.current.has(roleOf(one))).map(({ profile }) => profile);
  const gone = view.bindings.filter((binding) => binding.gone).map(({ profile }) => profile);
  return (
    <>
      {fresh.length > 0 && (
        <Note
          tone="good"
          what={fresh.length === 1 ? text('popup_profileMade') : text('popup_profilesMade', fresh.length)}
          more={text('popup_profilesMadeHint', fresh[0] ?? '')}
          button={text('popup_undo')}
          profiles={fresh}
        />
      )}
      {gone.length > 0 && (
        <Note
          tone="calm"
          what={gone.length === 1 ? text('popup_roleGone') : text('popup_rolesGone', gone.length)}
          more={namesOf(gone)}
          button={gone.length === 1 ? text('popup_removeOnDemand') : text('popup_removeGone', gone.length)}
          profiles={gone}
        />
      )}
    </>
  );
}

const roleOf = ({ issuer, roleArn, providerArn, sessionPolicy, container = '' }: BindingView): string =>
  [issuer, roleArn, providerArn, policyKey(sessionPolicy), container].join(' ');

function Note({
  tone,
  what,
  more,
  button,
  profiles,
}: {
  tone: 'good' | 'calm';
  what: string;
  more: string;
  button: string;
  profiles: readonly string[];
}) {
  const [failure, setFailure] = useState<Failure>();
  const remove = async () => {
    const answer = await ask({ type: 'remove-on-demand', profiles: [...profiles] });
    setFailure(answer.ok ? undefined : answer.failure);
  };
  return (
    <div class={`note ${tone} on-demand-note`} role="status">
      <p class="what">{what}</p>
      <p>
        <bdi>{more}</bdi>
      </p>
      <button type="button" onClick={trusted(remove)}>
        {button}
      </button>
      {failure && <FailureNote failure={failure} tone="bad" />}
    </div>
  );
}
