import { useView } from '../page/background.ts';
import { FailureNote } from '../page/failure-note.tsx';
import { BindingRow } from './binding-row.tsx';

/** The options: who may write where, and what the administrator fixed. */
export function Options() {
  const view = useView();
  if (view === undefined) return null;
  const { bindings, policy, hostFailure } = view;
  return (
    <>
      <h1>Roleferry options</h1>
      {policy.failure && <FailureNote failure={policy.failure} tone="bad" />}
      {hostFailure && <FailureNote failure={hostFailure} tone="calm" />}
      <section class="card" aria-labelledby="bindings">
        <h2 id="bindings">Which login is written where</h2>
        <p>
          A login with exactly this role, provider and issuer is written to its profile by itself. Any other
          login is only shown.
        </p>
        {bindings.length === 0 && <p class="hint">None yet: save a login to a profile in the popup.</p>}
        {bindings.map((binding) => (
          <BindingRow
            key={`${binding.issuer} ${binding.roleArn} ${binding.providerArn} ${binding.profile}`}
            binding={binding}
          />
        ))}
      </section>
      {policy.notes.length > 0 && (
        <section class="card" aria-labelledby="policy">
          <h2 id="policy">Fixed by your administrator</h2>
          <ul>
            {policy.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
